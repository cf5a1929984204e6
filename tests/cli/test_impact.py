"""`planql impact`, as a user runs it in a repository with branches and a database.

Two customers of `small` make 310 calls a month: 2 x (31.00 + 210 x 0.50) = 272.00 before, and
2 x (31.00 + 210 x 0.60) = 314.00 after; the calls cost 2 x 31.00.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.tiny_prices import DOCUMENTS, write, write_catalog
from tests.sources.building import commit, git

from planql.cli.main import main
from planql.metering.events import parse_event
from planql.stores.customers import NewSubscription, create_customer, create_subscription
from planql.stores.database import open_database
from planql.stores.usage import record_events

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "impact.schema.json"
NOW = datetime(2026, 10, 15, tzinfo=UTC)
PAGE = 200
"""Customers that are read together."""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch `dearer` publishes version 2 of `basic`."""
    root = tmp_path / "repository"
    catalog = write_catalog(root)
    commit(root, "The first prices")
    git(root, "branch", "-M", "main")
    git(root, "checkout", "-q", "-b", "dearer")
    path = "rate-plans/basic/v2.json"
    write(catalog / path, {**DOCUMENTS[path], "status": "published"})
    commit(root, "Publish version 2")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    return root


def impact(*options: str, exits: int = 0) -> None:
    """Run the command against `main`."""
    assert main(["impact", "main", "--as-of", NOW.isoformat(), *options]) == exits


def lines(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The lines printed, blanks made single."""
    impact(*options)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def document(capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """What the command answers as JSON, which keeps its schema."""
    impact(*options, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(found)
    return found


def call(number: int, customer: str, day: str, count: int) -> str:
    """An event of calls, as a line of an export."""
    event = {
        "id": str(number),
        "type": "call",
        "subject": customer,
        "time": f"{day}T12:00:00Z",
        "data": {"n": count},
    }
    return json.dumps(event)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A database: ann is on `basic`, bob on `team`; ann made 200 calls in September."""
    url = f"sqlite:///{tmp_path / 'customers.sqlite3'}"
    database = open_database(url)
    for key, plan in (("ann", "basic"), ("bob", "team")):
        create_customer(database, key, json.dumps({"key": key}), NOW)
        subscription = {
            "key": "main",
            "rate_plan": plan,
            "version": 1,
            "started_at": "2026-09-01T00:00:00Z",
            "quantities": {"seats": "2"},
        }
        new = NewSubscription(key, "main", json.dumps(subscription))
        create_subscription(database, new, NOW)
    record_events(database, [parse_event(call(1, "ann", "2026-09-10", 200).encode())], NOW)
    database.close()
    return url


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The total, the plan, revenue, cost and margin before and after, and a chart of bars."""
    shown = lines(capsys)
    assert shown[0] == (
        "2 customers of the scenarios: revenue 272.00 → 314.00 USD a month (+42.00, +15.4 %), "
        "margin 210.00 → 252.00"
    )
    assert "basic v1 published v2 published version 2 is published" in shown
    assert "basic, the average month of 2026-11 to 2027-10" in shown
    assert "small revenue USD 272.00 314.00 +42.00 +15.4" in shown
    assert "2 customers cost 62.00 62.00 0.00" in shown
    assert "margin 210.00 252.00 +42.00" in shown
    assert "margin % 77.2 80.3 +3.0" in shown
    assert f"basic small before {'█' * 19} 272.00 USD" in shown
    assert f"after {'█' * 22} 314.00 USD" in shown
    assert "Without a figure" not in shown


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure is a plain decimal, and the answer keeps its published schema."""
    found = document(capsys, "--from", "2027-01", "--months", "3")
    assert found["months"] == {"first_day": "2027-01-01", "last_day": "2027-03-31", "count": 3}
    (scenario,) = found["scenarios"]
    assert scenario["per_month"]["revenue"] == "42"
    totals = scenario["comparison"]["after"]["totals"]
    assert (totals["revenue"], totals["cost"], totals["margin"]) == ("471", "93", "378")
    assert found["headlines"][0]["per_month"]["margin_percentage_points"] == "3.048894717123"
    assert found["customers"] is None


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """What the catalog says is text, and tables are tables."""
    impact("--format", "markdown")
    shown = capsys.readouterr().out
    assert "| small | revenue USD | 272.00 | 314.00 | +42.00 | +15.4 |" in shown
    assert "| --- | --- | --: | --: | --: | --: |" in shown
    assert shown.startswith("**2 customers of the scenarios: revenue 272.00")


@pytest.mark.parametrize(
    ("name", "magic"), [("impact.svg", b"<?xml"), ("impact.png", b"\x89PNG"), ("impact.md", b"**2")]
)
def test_a_file_by_its_ending(name: str, magic: bytes, repository: Path) -> None:
    """The form follows from the name of the output file."""
    impact("--output", name)
    assert (repository / name).read_bytes().startswith(magic)


def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing sets another price, it says so, and there is nothing to draw."""
    git(Path.cwd(), "checkout", "-q", "main")
    assert lines(capsys) == [
        "There is no total: nothing could be compared.",
        "",
        "Notes",
        "nothing that sets a price or a cost changed",
    ]
    impact("--format", "markdown")
    assert capsys.readouterr().out.startswith("**There is no total")
    impact("--format", "svg", exits=2)
    assert "no revenue is known" in capsys.readouterr().err


def test_stored_customers(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ann would pay 31.00 + 100 x 0.60 = 91.00 instead of 81.00; bob's plan is not touched."""
    shown = lines(capsys, "--store", store)
    assert "Customers, the average month of 2025-10 to 2026-09" in shown
    assert "USD 1 0 0 0 81.00 91.00 +10.00" in shown
    assert "ann basic 81.00 91.00 +10.00 +12.3 no" in shown
    assert f"+10 to +20 % 1 {'█' * 30}" in shown
    assert f"+1 to +10 1 {'█' * 30}" in shown
    assert "No migration moves them, so the change reaches nobody until they move." in shown
    found = document(capsys, "--store", store)
    assert [line["customer"] for line in found["customers"]["lines"]] == ["ann"]
    assert found["customers"]["lines"][0]["comparison"]["months"]["count"] == 1
    assert found["headlines"][1]["of"] == "customers"


def test_a_migration_moves_customers(
    store: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A migration of the head says when a customer moves."""
    migration = {
        "key": "2026-10-01-basic",
        "rate_plan": "basic",
        "from": 1,
        "to": 2,
        "announced_on": "2026-10-01",
        "at": "2027-01-15",
    }
    write(repository / "catalog/migrations/2026-10-01-basic.json", migration)
    shown = lines(capsys, "--store", store)
    assert "A migration moves 1 subscription on 2027-01-15." in shown
    assert "ann basic 81.00 91.00 +10.00 +12.3 on 2027-01-15 to v2" in shown
    moves = document(capsys, "--store", store)["customers"]["movements"][0]["movers_up"][0]["moves"]
    assert moves == {"on": "2027-01-15", "to_version": 2}


def test_customers_without_usage(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Usage that was not recorded is not taken for none: the reason is counted."""
    database = open_database(store)
    create_customer(database, "eve", '{"key": "eve"}', NOW)
    subscription = {
        "key": "main",
        "rate_plan": "team",
        "version": 1,
        "started_at": "2026-01-01T00:00:00Z",
        "quantities": {"seats": "2"},
        "changes": [],
    }
    new = NewSubscription("eve", "main", json.dumps({**subscription, "rate_plan": "basic"}))
    create_subscription(database, new, NOW)
    database.close()
    shown = lines(capsys, "--store", store, "--months", "2")
    reason = "no usage was recorded from 2026-08-01 to 2026-10-01"
    assert f"1 subscription without a figure: {reason}" in shown


def test_many_customers(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Customers are read in pages, and none is lost between two."""
    database = open_database(store)
    for number in range(PAGE + 5):
        create_customer(database, f"c-{number:03}", json.dumps({"key": f"c-{number:03}"}), NOW)
    subscription = {
        "key": "main",
        "rate_plan": "basic",
        "version": 1,
        "started_at": "2026-09-01T00:00:00Z",
    }
    last = f"c-{PAGE + 4:03}"
    create_subscription(database, NewSubscription(last, "main", json.dumps(subscription)), NOW)
    record_events(database, [parse_event(call(9, last, "2026-09-10", 10).encode())], NOW)
    database.close()
    found = document(capsys, "--store", store)["customers"]
    assert [line["customer"] for line in found["lines"]] == ["ann", last]


def test_exported_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each subject is a customer; lines that are no events, and events of no meter, are counted."""
    export = tmp_path / "events.jsonl"
    other = '{"id": "9", "type": "login", "subject": "zoe", "time": "2026-09-03T00:00:00Z"}'
    text = [call(1, "ann", "2026-09-10", 200), call(2, "bob", "2026-09-11", 50), other, "{"]
    export.write_text("\n".join(text), "utf-8")
    shown = lines(capsys, "--usage", str(export))
    assert "USD 1 0 1 0 112.00 122.00 +10.00" in shown
    assert "1 line of the file could not be read as events" in shown
    assert "no meter of a touched plan reads the events of 1 customer" in shown


def test_only_one_scenario_and_plan(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named plans and scenarios are the only ones; a plan that nothing touches is a gap."""
    path = "scenarios/tiny.json"
    write(
        repository / "catalog" / path,
        {**DOCUMENTS["scenarios/small.json"], "key": "tiny", "name": "Tiny"},
    )
    found = document(capsys, "--scenario", "tiny", "--plan", "basic", "--plan", "team")
    assert [each["scenario"] for each in found["scenarios"]] == ["tiny"]
    assert found["scenarios"][0]["notes"] == [
        'scenario "tiny" is new; both sides are computed with it'
    ]
    assert found["gaps"] == [
        {"what": 'rate plan "team"', "reason": "nothing that sets its price or its cost changed"}
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scenario", "smal"], 'did you mean "small"?'),
        (["--plan", "basics"], 'did you mean "basic"?'),
        (["--from", "2026-13"], '"2026-13" is not a month'),
        (["--from", "2026-10-02"], '"2026-10-02" is not a month'),
        (["--months", "0"], "0 is not in the range"),
        (["--quantity", "seats"], "is not of the form NAME=VALUE"),
        (["--quantity", "seats=many"], '"many" is not a plain decimal number'),
        (["--store", "mysql://x"], "sqlite"),
        (["--store", "sqlite:///x", "--usage", "catalog/catalog.json"], "name one"),
        (["--usage", "nowhere.jsonl"], "does not exist"),
    ],
)
def test_wrong_use(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input ends with exit code 2, and says what is wrong with it."""
    impact(*options, exits=2)
    assert message in capsys.readouterr().err


def test_months_may_be_written_as_days(capsys: pytest.CaptureFixture[str]) -> None:
    """The first day of a month is a month, too."""
    found = document(capsys, "--from", "2027-02-01", "--months", "1")
    assert found["months"]["last_day"] == "2027-02-28"


def test_figures_that_are_not_there_are_dashes(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is new has no before; what has no cost has no margin; both say why, with no 0."""
    catalog = repository / "catalog"
    (catalog / "costs/calls.json").unlink()
    fresh = {**DOCUMENTS["rate-plans/basic/v1.json"], "key": "fresh", "name": "Fresh"}
    write(catalog / "rate-plans/fresh/v1.json", fresh)
    small = DOCUMENTS["scenarios/small.json"]
    write(catalog / "scenarios/small.json", {**small, "rate_plans": ["basic", "fresh"]})
    shown = lines(capsys, "--months", "1")
    dash = "\N{EN DASH}"
    assert shown[0].endswith("(+42.00, +15.4 %), margin unknown")
    assert f"small revenue USD {dash} 272.00 {dash} {dash}" in shown
    assert f"2 customers cost {dash} {dash} {dash}" in shown
    assert f"2 customers cost 62.00 {dash} {dash}" in shown
    assert f'cost {dash}: meter "calls" has no cost' in shown
    assert f"fresh {dash} v1 published version 1 is new; the plan is new" in shown
    assert 'scenario "small" on "fresh": the plan is new' in shown
    assert "basic, the average month of 2026-11" in shown
    found = document(capsys, "--plan", "fresh")
    assert found["plans"][0]["before"] is None
    assert found["scenarios"][0]["comparison"]["before"]["totals"] is None


def test_free_plans_have_no_percentage(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bars and percentages are left out where all is 0."""
    plan = DOCUMENTS["rate-plans/basic/v1.json"]
    fee = {**plan["charges"][0], "model": {"type": "flat", "amount": "0.00"}}
    free = {**plan, "key": "free", "name": "Free", "charges": [fee]}
    scenario = {"key": "idle", "name": "Idle", "rate_plans": ["free"]}
    write(repository / "catalog/rate-plans/free/v1.json", free)
    write(repository / "catalog/scenarios/idle.json", scenario)
    commit(repository, "A free plan")
    git(repository, "branch", "-f", "main")
    write(
        repository / "catalog/rate-plans/free/v2.json",
        {**free, "version": 2, "effective_from": "2026-02-01", "trial": {"days": 7}},
    )
    shown = lines(capsys)
    assert shown[0].startswith(
        "1 customer of the scenarios: revenue 0.00 → 0.00 USD a month (0.00),"
    )
    assert "free idle before 0.00 USD" in shown


def test_large_falls(tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Falls come before rises, the outer bucket has one bound, and movers are listed."""
    path = repository / "catalog/rate-plans/basic/v2.json"
    cheap = DOCUMENTS["rate-plans/basic/v1.json"]
    refund = {**cheap["charges"][0], "model": {"type": "flat", "amount": "1.00"}}
    write(path, {**json.loads(path.read_text("utf-8")), "charges": [refund]})
    export = tmp_path / "events.jsonl"
    export.write_text(
        call(1, "ann", "2026-09-10", 50_000) + "\n" + call(2, "bob", "2026-09-10", 500), "utf-8"
    )
    shown = lines(capsys, "--usage", str(export), "--plan", "basic")
    assert "ann basic 24,981.00 1.00 -24,980.00 -100.0 no" in shown
    assert f"under -10,000 1 {'█' * 30}" in shown
    assert f"-100 to -50 % 2 {'█' * 30}" in shown


def test_large_rises(tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last bucket has one bound, too: 31.00 becomes 20,031.00."""
    path = repository / "catalog/rate-plans/basic/v2.json"
    second = json.loads(path.read_text("utf-8"))
    fee = {**second["charges"][0], "model": {"type": "flat", "amount": "20031.00"}}
    write(path, {**second, "charges": [fee, second["charges"][1]]})
    export = tmp_path / "events.jsonl"
    export.write_text(call(1, "ann", "2026-09-10", 1), "utf-8")
    shown = lines(capsys, "--usage", str(export), "--plan", "basic")
    assert f"over +10,000 1 {'█' * 30}" in shown
    assert f"over +100 % 1 {'█' * 30}" in shown


def test_a_plan_that_is_gone(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what it earned, and nothing after; the scenario lists no plans and fits it."""
    catalog = repository / "catalog"
    anyone = {**DOCUMENTS["scenarios/small.json"], "key": "anyone", "rate_plans": []}
    write(catalog / "scenarios/anyone.json", anyone)
    (catalog / "scenarios/big.json").unlink()
    (catalog / "rate-plans/euro/v1.json").unlink()
    shown = lines(capsys, "--plan", "euro")
    assert "euro v1 published \N{EN DASH} version 1 is gone; the plan is gone" in shown
    assert "euro anyone before ██████████████████████ 272.00 EUR" in shown
    assert "after" not in " ".join(shown[shown.index("Revenue before and after") + 1 :])


def test_an_export_of_other_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events outside of the months asked about make no figure, and that is said."""
    export = tmp_path / "events.jsonl"
    export.write_text(call(1, "ann", "2020-09-10", 5), "utf-8")
    shown = lines(capsys, "--usage", str(export))
    assert "Customers" in shown
    reason = "the export has no usage of the months asked about"
    assert f"1 subscription without a figure: {reason}" in shown
    assert document(capsys, "--usage", str(export))["customers"]["months"] is None
