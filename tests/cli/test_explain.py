"""`planql explain`, as a user runs it."""

import json

import pytest

from planql.catalog.problem_codes import PROBLEM_CODES
from planql.cli.main import main


def test_a_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """The rule, why it is one, an example, and how to mend it."""
    assert main(["explain", "tier-order"]) == 0
    told = PROBLEM_CODES["tier-order"]
    out = capsys.readouterr().out
    assert out.startswith(f"tier-order: {told.title}\n\n{told.why}\n")
    assert out.endswith(f"{told.mend}\n")


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`planql explain` alone is the table of contents."""
    assert main(["explain"]) == 0
    out = capsys.readouterr().out
    assert all(code in out for code in PROBLEM_CODES)


@pytest.mark.parametrize(
    ("code", "hint"), [("tier-oder", 'did you mean "tier-order"?'), ("xyz", "lists them all")]
)
def test_an_unknown_code_gets_a_hint(
    code: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip is corrected; what is like no code is pointed to the list."""
    assert main(["explain", code]) == 2
    assert hint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "codes"), [(["tier-order"], ["tier-order"]), ([], list(PROBLEM_CODES))]
)
def test_programs_get_json(
    arguments: list[str], codes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One code, or all of them in the order of the list, with all that is said about each."""
    assert main(["explain", *arguments, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["codes"]
    assert [each["code"] for each in told] == codes
    assert told[0].keys() == {"code", "title", "why", "wrong", "right", "mend"}
