"""`planql comment`, as a pull request's workflow runs it."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from tests.cli.comment_cases import AS_OF, BASE, NAMES, comment_case, laid_out
from tests.goldens import Goldens
from tests.sources.building import commit, git

from planql.cli.main import main
from planql.cli.reporters.comment_layout import LIMIT, MARKER
from planql.metering.events import parse_event
from planql.stores.customers import NewSubscription, create_customer, create_subscription
from planql.stores.database import open_database
from planql.stores.usage import record_events

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "comment.schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_comment(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    goldens: Goldens,
) -> None:
    """A change is answered with the comment and the exit code of its case."""
    laid_out(name, tmp_path, monkeypatch)
    case = comment_case(name)
    assert case.run() == case.document["exit_code"]
    goldens.expect(case.golden, capsys.readouterr().out.encode())


@pytest.mark.parametrize(
    "name", ["breaking", "new-plan", "nothing", "real-usage", "two-currencies"]
)
def test_json(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """JSON has the published schema, the same headline and the same exit code."""
    laid_out(name, tmp_path, monkeypatch)
    case = comment_case(name)
    assert case.run("--format", "json") == case.document["exit_code"]
    document = json.loads(capsys.readouterr().out)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert case.expected.splitlines()[1] == document["headline"]


@pytest.mark.parametrize("name", ["rise", "breaking", "thin-margin"])
def test_output_is_always_written(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file has what would be printed, whatever the exit code, and its folder is made."""
    laid_out(name, tmp_path, monkeypatch)
    case = comment_case(name)
    assert case.run("--output", "answer/comment.md") == case.document["exit_code"]
    assert Path("answer/comment.md").read_text(encoding="utf-8") == case.expected
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_what_cannot_be_read_is_told_in_the_file(
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A ref that is not there: exit code 2, and a file that says so, too."""
    shutil.copytree(BASE, tmp_path / "catalog")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["comment", "absent...", "--output", "out", "--format", form]) == 2
    text = Path("out").read_text(encoding="utf-8")
    assert "absent" in text
    assert "could not be compared" in text
    assert 'there is no commit "absent"' in capsys.readouterr().err


def test_a_base_with_errors_blocks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When only the base has errors they are listed, and the exit code is 0."""
    laid_out("rise", tmp_path, monkeypatch)
    Path("base/meters/calls.json").write_text("{}", encoding="utf-8")
    assert comment_case("rise").run() == 0
    out = capsys.readouterr().out
    assert "The catalog of this pull request is valid" in out
    assert "base/meters/calls.json:1" in out


def test_a_head_that_cannot_be_parsed_has_no_differences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A syntax error is listed with its line, without a table of what changes."""
    laid_out("rise", tmp_path, monkeypatch)
    Path("catalog/meters/calls.json").write_text("{", encoding="utf-8")
    assert comment_case("rise").run() == 1
    out = capsys.readouterr().out
    assert "catalog/meters/calls.json:1" in out
    assert "What changes" not in out


def test_refs_are_compared_from_where_they_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`main...` is what changed since the branch left main; how to check it is told."""
    shutil.copytree(BASE, tmp_path / "catalog")
    commit(tmp_path)
    git(tmp_path, "switch", "-q", "-c", "prices")
    comment_case("rise").lay_out(tmp_path / "other")
    shutil.copytree(tmp_path / "other" / "catalog", tmp_path / "catalog", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(["comment", "main...", "--as-of", AS_OF]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1] == comment_case("rise").expected.splitlines()[1]
    assert f"planql validate catalog --base main --as-of {AS_OF[:-1]}+00:00" in out


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` has a line for each exit code."""
    assert main(["comment", "--help"]) == 0
    out = capsys.readouterr().out
    for line in ("  0  the guardrails", "  1  the catalog", "  2  wrong use", "  3  a guardrail"):
        assert line in out


def many_plans(directory: Path, count: int) -> None:
    """New versions of many plans, whose names are long and need escapes."""
    plan: dict[str, Any] = json.loads((BASE / "rate-plans/pro/v1.json").read_text("utf-8"))
    for number in range(count):
        key = f"plan-{number:04}"
        for version, fee in ((1, "100.00"), (2, "130.00")):
            document = {**plan, "key": key, "version": version, "name": "<&|`*" * 20}
            document["effective_from"] = f"2026-0{version}-01"
            document["charges"] = [
                {**plan["charges"][0], "key": f"fee-{n}", "model": {"type": "flat", "amount": fee}}
                for n in range(3)
            ]
            side = "base" if version == 1 else "catalog"
            for each in {directory / side, directory / "catalog"}:
                target = each / "rate-plans" / key / f"v{version}.json"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(json.dumps(document), encoding="utf-8")
    for side in ("base", "catalog"):
        path = directory / side / "scenarios" / "typical.json"
        scenario = json.loads(path.read_text("utf-8"))
        del scenario["rate_plans"]
        path.write_text(json.dumps(scenario), encoding="utf-8")


def test_a_change_of_many_plans_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """200 plans: under the limit, with a notice, every table and fold whole."""
    laid_out("nothing", tmp_path, monkeypatch)
    many_plans(tmp_path, 200)
    assert comment_case("nothing").run() == 3
    out = capsys.readouterr().out
    assert out.startswith(f"{MARKER}\n**200 plans** together")
    assert len(out) <= LIMIT
    assert "Cut to the length that GitHub accepts" in out
    assert out.count("<details>") == out.count("</details>") > 1
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(out)
    assert sum(token.type == "table_open" for token in tokens) >= 3
    assert "planql comment base" in out


STORE = "sqlite:///customers.sqlite3"
START = datetime(2026, 1, 1, tzinfo=UTC)


def stored_customer(key: str, calls: str = "") -> None:
    """Store a customer on version 1 of "pro" since January, with calls in each month until May."""
    key_of_it = f"{key}-1"
    subscription = {"rate_plan": "pro", "version": 1, "started_at": "2026-01-01T00:00:00Z"}
    document = json.dumps({"key": key_of_it, **subscription})
    event = {"type": "call", "source": "test", "subject": key, "data": {"count": calls}}
    times = [f"2026-{month:02}-10T12:00:00Z" for month in range(1, 6)] if calls else []
    texts = [json.dumps({"id": f"{key}-{time}", "time": time, **event}) for time in times]
    database = open_database(STORE)
    create_customer(database, key, json.dumps({"key": key}), START)
    create_subscription(database, NewSubscription(key, key_of_it, document), START)
    record_events(database, [parse_event(text.encode()) for text in texts], START)
    database.close()


def test_customers_who_are_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """500 calls: 150 and 110 + 55 = 165 a month, and the day on which each is moved."""
    laid_out("migration", tmp_path, monkeypatch)
    stored_customer("acme", "500")
    stored_customer("bolt", "500")
    assert comment_case("migration").run("--store", STORE) == 0
    out = capsys.readouterr().out
    assert "; 2 customers would pay more, 0 less; a migration moves 2 subscriptions on" in out
    assert "| $150.00 | $165.00 | +$15.00 (+10.0\N{NO-BREAK SPACE}%) | on 2026-07-01 to v2 |" in out
    assert comment_case("migration").run("--public", "--store", STORE) == 0
    assert "acme" not in capsys.readouterr().out
    assert comment_case("migration").run("--format", "json", "--store", STORE) == 0
    (currency,) = json.loads(capsys.readouterr().out)["customers"]
    assert [each["moved_on"] for each in currency["up"]] == ["2026-07-01", "2026-07-01"]


def test_customers_without_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has no usage has no figure, and is counted with the reason, but for the public."""
    laid_out("rise", tmp_path, monkeypatch)
    stored_customer("acme", "500")
    stored_customer("idle")
    assert comment_case("rise").run("--store", STORE) == 0
    assert "| 1 subscription of real customers | no usage was recorded" in capsys.readouterr().out
    assert comment_case("rise").run("--public", "--store", STORE) == 0
    assert "the reasons are not shown in public" in capsys.readouterr().out


def test_a_database_without_customers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asking a database is told in the command, but not which; nobody in it would pay more."""
    laid_out("rise", tmp_path, monkeypatch)
    open_database(STORE).close()
    assert comment_case("rise").run("--store", STORE) == 0
    out = capsys.readouterr().out
    assert "neither a database nor exported usage" not in out
    assert '--store "$PLANQL_STORE"' in out
    assert "customers.sqlite3" not in out


def test_a_catalog_elsewhere_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands name the catalog's directory where it is not the usual one."""
    laid_out("rise", tmp_path, monkeypatch)
    Path("catalog").rename("prices & more")
    assert comment_case("rise").run("--catalog", "prices & more") == 0
    assert "planql diff base --catalog 'prices & more' --as-of" in capsys.readouterr().out
