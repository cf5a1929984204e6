"""How large a request may be, as the options and the environment say."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from planql.cli.limit_options import NAMES, limit_options, read_rules
from planql.cli.main import main
from planql.errors import InvalidInput
from planql.gateway.document_ids import document_id
from planql.gateway.limits import Limits
from planql.gateway.operations import Operation
from planql.gateway.settings import Rules
from planql.gateway.statuses import Statuses

DOCS = Path(__file__).resolve().parents[2] / "docs" / "limits.md"
BUILT_IN = Operation("a", "A", "", "{ __typename }", "")


def read(*arguments: str, **environment: str) -> Rules:
    """What a server would be told."""
    found: list[Rules] = []

    @click.command()
    @limit_options
    def command(**options: Any) -> None:  # noqa: ANN401 - those of the group
        found.append(read_rules((BUILT_IN,), options))
        assert not options

    CliRunner().invoke(command, arguments, env=environment, catch_exceptions=False)
    [rules] = found
    return rules


def test_defaults_are_those_of_the_gateway() -> None:
    """Without options a server has the limits that the documentation names."""
    rules = read()
    assert rules.limits == Limits()
    assert rules.statuses is Statuses.AUDITS
    assert list(rules.documents.texts) == [document_id(BUILT_IN.document)]
    assert not rules.documents.is_exclusive


def test_each_limit_can_be_changed() -> None:
    """On the command line, and in the environment parted by blanks."""
    assert read("--limit", "depth=15", "--limit", "body-bytes=7").limits == Limits(
        depth=15, body_bytes=7
    )
    assert read(PLANQL_LIMITS="depth=15 cost=1").limits == Limits(depth=15, cost=1)


def test_documents_of_folders_are_held(tmp_path: Path) -> None:
    """They come besides those that every server holds; a server may execute nothing else."""
    (tmp_path / "b.graphql").write_text("{ b }", encoding="utf-8")
    rules = read("--documents", str(tmp_path), "--trusted-documents")
    assert set(rules.documents.texts.values()) == {BUILT_IN.document, "{ b }"}
    assert rules.documents.is_exclusive
    assert read(PLANQL_TRUSTED_DOCUMENTS="1").documents.is_exclusive


def test_the_edition_of_statuses_is_chosen() -> None:
    """One setting for the newer edition."""
    assert read("--status-codes", "september-2026").statuses is Statuses.SEPTEMBER_2026


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("dept=3", "unknown-limit", '"dept" is no limit', 'did you mean "depth"?'),
        ("zzzzzzzz=3", "unknown-limit", '"zzzzzzzz" is no limit', "there are body-bytes"),
        ("depth", "not-a-limit", 'the limit depth is ""', "--limit depth=1000"),
        ("depth=0", "not-a-limit", 'the limit depth is "0"', "--limit depth=1000"),
        ("depth=-1", "not-a-limit", 'is "-1"', "--limit depth=1000"),
        ("depth=1e3", "not-a-limit", 'is "1e3"', "--limit depth=1000"),
        ("depth=" + "9" * 5000, "not-a-limit", 'is "' + "9" * 50 + '"', "--limit depth=1000"),
    ],
)
def test_what_is_no_limit_is_refused(text: str, code: str, message: str, hint: str) -> None:
    """The message quotes what was given, the hint says what would do."""
    with pytest.raises(InvalidInput) as refused:
        read("--limit", text)
    assert refused.value.code == code
    assert message in refused.value.message
    assert hint in refused.value.hint


def test_every_limit_is_documented() -> None:
    """docs/limits.md and the help of the command name each with its default."""
    text = DOCS.read_text(encoding="utf-8")
    for name in NAMES:
        assert f"| `{name}` | {getattr(Limits(), name.replace('-', '_')):,} |" in text


def test_documents_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """By identifier and name; as JSON the texts by identifier."""
    (tmp_path / "mine.graphql").write_text("{ __typename }", encoding="utf-8")
    identifier = document_id("{ __typename }")
    assert main(["documents", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{identifier}  mine\n"
    assert main(["documents", str(tmp_path), "--format", "json"]) == 0
    assert capsys.readouterr().out == f'{{\n  "{identifier}": "{{ __typename }}"\n}}\n'
    assert main(["documents"]) == 0
    listed = capsys.readouterr().out
    assert "01-pricing-page" in listed
    assert "  portal\n" in listed, "the pages are not built: make web/dist/.built"
