"""How plans and their versions are named on the command line."""

import click
import pytest

from planql.cli.main import main
from planql.cli.plan_names import named_version

pytestmark = pytest.mark.usefixtures("folder")


def test_a_version_stands_behind_the_key() -> None:
    """`basic@2` is version 2; a bare key names none."""
    assert named_version("basic") == ("basic", None)
    assert named_version("basic@2") == ("basic", 2)


@pytest.mark.parametrize("number", ["", "x", "-1", "1.0", "\u0661", "9" * 5_000])
def test_what_is_no_version_is_refused(number: str) -> None:
    """A sign, another script's digits, or more digits than a version has, are no version."""
    with pytest.raises(click.UsageError, match="write KEY@2"):
        named_version(f"basic@{number}")


def test_every_command_takes_the_same_names(capsys: pytest.CaptureFixture[str]) -> None:
    """`show`, `rate` and `simulate` know a version by the same name; each says what is missing."""
    rate = ["rate", "--charge", "calls", "--quantity", "101", "--plan"]
    assert main([*rate, "basic@2"]) == 0
    assert capsys.readouterr().out == "USD 0.60\n"
    assert main(["show", "basic@2"]) == 0
    assert "version 2" in capsys.readouterr().out
    for command in (["show", "basic@9"], [*rate, "basic@9"], ["simulate", "--plan", "basic@9"]):
        assert main(command) == 2
        assert 'rate plan "basic" has no version 9' in capsys.readouterr().err


@pytest.mark.parametrize("side", ["/nowhere", "./nowhere", "../nowhere"])
def test_a_path_is_no_ref(side: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written as no ref can be is a directory, and that it is not there is said."""
    assert main(["diff", side]) == 2
    assert f'there is no directory "{side}"' in capsys.readouterr().err
