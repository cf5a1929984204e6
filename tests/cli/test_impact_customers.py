"""The real customers of `planql impact`: of a database, and of exported usage."""

import json
from pathlib import Path

import pytest
from tests.cli.impact_runs import NOW, call, document, lines
from tests.cli.tiny_prices import DOCUMENTS, write

from planql.metering.events import parse_event
from planql.stores.customers import NewSubscription, create_customer, create_subscription
from planql.stores.database import open_database
from planql.stores.usage import record_events

pytestmark = pytest.mark.usefixtures("dearer_branch")

PAGE = 200
"""Customers that are read together."""


@pytest.fixture
def store(database_url: str) -> str:
    """Either database: ann is on `basic`, bob on `team`; ann made 200 calls in September."""
    database = open_database(database_url)
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
    return database_url


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
    store: str, dearer_branch: Path, capsys: pytest.CaptureFixture[str]
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
    write(dearer_branch / "catalog/migrations/2026-10-01-basic.json", migration)
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


@pytest.mark.parametrize("workers", ["1", "2"])
def test_many_customers(store: str, workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Customers are read in pages, and none is lost between two, in however many processes."""
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
    found = document(capsys, "--store", store, "--workers", workers)["customers"]
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


def test_an_export_of_other_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events outside of the months asked about make no figure, and that is said."""
    export = tmp_path / "events.jsonl"
    export.write_text(call(1, "ann", "2020-09-10", 5), "utf-8")
    shown = lines(capsys, "--usage", str(export))
    assert "Customers" in shown
    reason = "the export has no usage of the months asked about"
    assert f"1 subscription without a figure: {reason}" in shown
    assert document(capsys, "--usage", str(export))["customers"]["months"] is None


def test_large_falls(
    tmp_path: Path, dearer_branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Falls come before rises, the outer bucket has one bound, and movers are listed."""
    path = dearer_branch / "catalog/rate-plans/basic/v2.json"
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


def test_large_rises(
    tmp_path: Path, dearer_branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last bucket has one bound, too: 31.00 becomes 20,031.00."""
    path = dearer_branch / "catalog/rate-plans/basic/v2.json"
    second = json.loads(path.read_text("utf-8"))
    fee = {**second["charges"][0], "model": {"type": "flat", "amount": "20031.00"}}
    write(path, {**second, "charges": [fee, second["charges"][1]]})
    export = tmp_path / "events.jsonl"
    export.write_text(call(1, "ann", "2026-09-10", 1), "utf-8")
    shown = lines(capsys, "--usage", str(export), "--plan", "basic")
    assert f"over +10,000 1 {'█' * 30}" in shown
    assert f"over +100 % 1 {'█' * 30}" in shown
