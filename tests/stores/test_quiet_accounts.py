"""Accounts of which nothing is due are left out of billing runs, and nothing is lost by it."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.stores.billing_company import FILES, START, populate, read_catalog, write_catalog

from planql.catalog.snapshot import Catalog
from planql.metering.events import UsageEvent
from planql.stores.billing_run import bill
from planql.stores.customers import (
    EntryKind,
    NewSubscription,
    TimelineEntry,
    append_entry,
    create_customer,
    create_subscription,
    list_customers,
    read_customer,
)
from planql.stores.database import Database, open_database
from planql.stores.invoices import Issuance, list_invoices
from planql.stores.quiet_accounts import list_quiet
from planql.stores.usage import record_events

AS_OF = datetime(2026, 2, 20, tzinfo=UTC)
LATER = AS_OF + timedelta(days=3)
BOUNDARY = datetime(2026, 3, 15, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The company's catalog: $10 a month and $0.50 a call."""
    return read_catalog(write_catalog(tmp_path / "catalog"))


@pytest.fixture
def billed(database: Database, catalog: Catalog) -> Database:
    """Two customers since 15 January, billed on 20 February."""
    populate(database, 2)
    run(database, catalog, AS_OF)
    return database


def run(database: Database, catalog: Catalog, as_of: datetime) -> list[dict[str, Any]]:
    """The documents that a billing run issues."""
    groups = list(bill(database, catalog, Issuance("INV", as_of, None), as_of))
    return [json.loads(each.document) for group in groups for each in group.invoices]


def quiet(database: Database, catalog: Catalog, as_of: datetime = LATER) -> set[str]:
    """Who is left out of a run."""
    return list_quiet(database, catalog, list_customers(database), as_of)


def record(
    database: Database, time: datetime, recorded_at: datetime, customer: str = "c000"
) -> None:
    """A call that became known some time after it was made."""
    record_events(database, [UsageEvent(f"{time}", "call", time, subject=customer)], recorded_at)


def append(database: Database, kind: EntryKind, at: datetime, **document: object) -> None:
    """Something that happens to the subscription of the first customer."""
    [main] = read_customer(database, "c000").subscriptions
    entry = TimelineEntry(kind, at, json.dumps({"at": at.isoformat(), **document}))
    append_entry(database, "c000", main, entry, at)


def test_who_is_quiet_is_left_out_until_the_next_boundary(
    billed: Database, catalog: Catalog
) -> None:
    """From the run to 15 March, exclusive, there is nothing to compute for anybody."""
    everybody = {"c000", "c001"}
    assert quiet(billed, catalog, AS_OF - MICROSECOND) == set()
    for as_of in (AS_OF, LATER, BOUNDARY - MICROSECOND):
        assert quiet(billed, catalog, as_of) == everybody
        assert run(billed, catalog, as_of) == []
    assert quiet(billed, catalog, BOUNDARY) == set()
    assert len(run(billed, catalog, BOUNDARY)) == 2


def test_grace_belongs_to_the_quiet_time(database: Database, tmp_path: Path) -> None:
    """With a grace of six hours the boundary's invoice, and so the end, comes at 06:00."""
    folder = write_catalog(tmp_path / "catalog")
    settings = {**FILES["catalog.json"], "invoice_grace_hours": 6}
    (folder / "catalog.json").write_text(json.dumps(settings))
    patient = read_catalog(folder)
    populate(database, 1)
    run(database, patient, AS_OF)
    end = BOUNDARY + timedelta(hours=6)
    assert quiet(database, patient, end - MICROSECOND) == {"c000"}
    assert quiet(database, patient, end) == set()
    run(database, patient, BOUNDARY + timedelta(hours=1))
    assert quiet(database, patient, BOUNDARY + timedelta(hours=2)) == {"c000"}
    assert len(run(database, patient, end)) == 1


def test_late_usage_comes_out_on_the_next_invoice(billed: Database, catalog: Catalog) -> None:
    """It wakes nobody, for it waits for the boundary; there it is billed: $10.00 and $0.50."""
    record(billed, START + timedelta(days=1), LATER)
    assert quiet(billed, catalog) == {"c000", "c001"}
    assert run(billed, catalog, LATER) == []
    [first, _] = run(billed, catalog, BOUNDARY)
    assert [line["kind"] for line in first["lines"] if line["amount"] == "0.50"] == ["late_usage"]
    assert first["total"] == "10.50"


def test_late_usage_after_the_end_comes_out_at_once(billed: Database, catalog: Catalog) -> None:
    """An ended subscription has no next invoice to wait for: a supplementary one of $0.50."""
    append(billed, "change", LATER, cancel="now")
    run(billed, catalog, LATER)
    assert quiet(billed, catalog, BOUNDARY + timedelta(days=400)) == {"c000"}
    record(billed, START + timedelta(days=1), LATER + timedelta(days=9))
    assert quiet(billed, catalog, LATER + timedelta(days=9)) == {"c001"}
    [supplement] = run(billed, catalog, LATER + timedelta(days=9))
    assert supplement["total"] == "0.50"
    assert quiet(billed, catalog, BOUNDARY + timedelta(days=400)) == {"c000"}


def test_late_usage_on_the_day_of_the_end_comes_out_the_day_after(
    billed: Database, catalog: Catalog
) -> None:
    """It is known before the mark is made, but due only on the day after the final invoice."""
    append(billed, "change", LATER, cancel="now")
    run(billed, catalog, LATER)
    record(billed, START + timedelta(days=1), LATER + timedelta(hours=1))
    assert run(billed, catalog, LATER + timedelta(hours=2)) == []
    midnight = LATER + timedelta(days=1)
    assert "c000" in quiet(billed, catalog, midnight - MICROSECOND)
    [supplement] = run(billed, catalog, midnight)
    assert supplement["total"] == "0.50"


def test_usage_that_the_run_should_have_known_wakes(billed: Database, catalog: Catalog) -> None:
    """An event that says it was recorded before the run, but was stored after it, corrects it."""
    record(billed, START + timedelta(days=1), AS_OF - timedelta(days=10))
    assert quiet(billed, catalog) == {"c001"}
    [correction] = run(billed, catalog, LATER)
    assert correction["total"] == "0.50"


def test_usage_of_the_running_period_wakes_nobody(billed: Database, catalog: Catalog) -> None:
    """Nothing is due for it before its period ends, so that daily usage costs no computation."""
    record(billed, LATER - timedelta(hours=1), LATER - timedelta(minutes=1))
    assert quiet(billed, catalog) == {"c000", "c001"}
    [first, _] = run(billed, catalog, BOUNDARY)
    assert first["total"] == "10.50"


def change(database: Database) -> None:
    """Another price from now on."""
    override = {"charge": "fee", "model": {"type": "flat", "amount": "20.00"}}
    append(database, "change", LATER, overrides=[override])


def correct_the_day_that_was_billed(database: Database) -> None:
    """A change that is written back to before the run."""
    append(database, "change", AS_OF - timedelta(days=1), cancel="now")


def adjust(database: Database) -> None:
    """A credit given by hand."""
    append(database, "adjustment", LATER, amount="-1.00", reason="an outage")


def begin_another(database: Database) -> None:
    """A second subscription."""
    begun = {"key": "second", "rate_plan": "basic", "version": 1, "started_at": LATER.isoformat()}
    create_subscription(database, NewSubscription("c000", "second", json.dumps(begun)), LATER)


@pytest.mark.parametrize("write", [change, correct_the_day_that_was_billed, adjust, begin_another])
def test_whatever_is_written_wakes(
    billed: Database, catalog: Catalog, write: Callable[[Database], None]
) -> None:
    """Every row that is added to an account ends its quiet time, whenever it takes effect."""
    write(billed)
    assert quiet(billed, catalog) == {"c001"}
    run(billed, catalog, LATER)
    assert quiet(billed, catalog) == {"c000", "c001"}


def test_another_catalog_wakes_everybody(
    billed: Database, catalog: Catalog, tmp_path: Path
) -> None:
    """A migration in a new catalog is made on its day, whatever was known by the old one."""
    folder = tmp_path / "catalog"
    version = {**FILES["rate-plans/basic/v1.json"], "version": 2, "effective_from": "2025-06-01"}
    fee = {**version["charges"][0], "model": {"type": "flat", "amount": "38.00"}}
    version["charges"] = [fee, version["charges"][1]]
    (folder / "rate-plans/basic/v2.json").write_text(json.dumps(version))
    migration = {"key": "2026-03-01-dearer", "rate_plan": "basic", "from": 1, "to": 2}
    migration |= {"announced_on": "2026-02-21", "at": "2026-03-01"}
    (folder / "migrations").mkdir()
    (folder / "migrations/2026-03-01-dearer.json").write_text(json.dumps(migration))
    migrated = read_catalog(folder)
    assert quiet(billed, migrated) == set()
    assert run(billed, migrated, LATER) == []
    assert quiet(billed, catalog) == set()
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert quiet(billed, migrated, day - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, migrated, day) == set()
    # 14 of 28 days are left: -5.00 and 19.00
    assert [invoice["total"] for invoice in run(billed, migrated, day)] == ["14.00", "14.00"]


def test_a_change_that_is_stored_before_it_happens_ends_the_quiet_time(
    billed: Database, catalog: Catalog
) -> None:
    """One of an afternoon corrects what is invoiced on its morning: 10.00 back, 3.00 charged."""
    afternoon = BOUNDARY + timedelta(hours=15)
    cheaper = {"charge": "fee", "model": {"type": "flat", "amount": "3.00"}}
    append(billed, "change", afternoon, overrides=[cheaper])
    run(billed, catalog, BOUNDARY)
    assert quiet(billed, catalog, afternoon - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, catalog, afternoon) == {"c001"}
    [correction] = run(billed, catalog, afternoon)
    assert correction["total"] == "-7.00"


def test_usage_that_is_stored_before_it_is_known_ends_the_quiet_time(
    billed: Database, catalog: Catalog
) -> None:
    """After the end it is due on the day on which it becomes known."""
    append(billed, "change", AS_OF, cancel="now")
    known = LATER + timedelta(days=9)
    record(billed, START + timedelta(days=1), known)
    run(billed, catalog, LATER)
    assert quiet(billed, catalog, known - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, catalog, known) == {"c001"}
    [supplement] = run(billed, catalog, known)
    assert supplement["total"] == "0.50"


def test_a_run_ahead_of_time_ends_the_quiet_time_of_earlier_ones(
    billed: Database, catalog: Catalog
) -> None:
    """What was written before its invoices is settled after them, and not a month later."""
    ahead = BOUNDARY + timedelta(days=2)
    run(billed, catalog, ahead)
    append(billed, "change", LATER, cancel="now")
    for as_of in (LATER, BOUNDARY):
        assert run(billed, catalog, as_of) == []
        assert quiet(billed, catalog, as_of) == {"c000", "c001"}
    [correction] = run(billed, catalog, ahead)
    # The day of the cancellation is used: 19 of 28 days, and all of the next month, are given back.
    assert correction["total"] == "-16.79"


def test_a_dry_run_notes_nothing(database: Database, catalog: Catalog) -> None:
    """What is not issued is still due."""
    populate(database, 2)
    assert list(bill(database, catalog, Issuance("INV", AS_OF, None), AS_OF, dry_run=True))
    assert quiet(database, catalog) == set()
    assert len(run(database, catalog, AS_OF)) == 4


def test_who_cannot_be_billed_is_named_by_every_run(database: Database, catalog: Catalog) -> None:
    """Neither a mistake of now nor one of a scheduled change makes an account quiet."""
    populate(database, 1)
    append(database, "change", AS_OF, rate_plan="gone", version=1, effective="period_end")
    create_customer(database, "x", '{"key": "x"}', START)
    gone = {"key": "main", "rate_plan": "gone", "version": 1, "started_at": START.isoformat()}
    create_subscription(database, NewSubscription("x", "main", json.dumps(gone)), START)
    for _ in range(2):
        [group] = bill(database, catalog, Issuance("INV", AS_OF, None), AS_OF)
        assert [each.customer for each in group.unbilled] == ["x"]
        assert quiet(database, catalog, AS_OF) == set()
    [group] = bill(database, catalog, Issuance("INV", BOUNDARY, None), BOUNDARY)
    assert [each.customer for each in group.unbilled] == ["c000", "x"]


def test_a_catalog_that_cannot_be_told_apart_leaves_nobody_out(
    database: Database, catalog: Catalog
) -> None:
    """Without a digest nothing is noted."""
    nameless = replace(catalog, digest="")
    populate(database, 1)
    run(database, nameless, AS_OF)
    assert quiet(database, nameless) == set()


@pytest.mark.parametrize("seed", range(3))
def test_leaving_quiet_accounts_out_changes_no_invoice(
    database: Database, catalog: Catalog, tmp_path: Path, seed: int
) -> None:
    """Billed at random times through a random spring, with and without, all invoices are equal."""
    plain = open_database(f"sqlite:///{tmp_path / 'plain.sqlite3'}")
    nameless = replace(catalog, digest="")
    for each in (database, plain):
        populate(each, 8)
    for each, prices in ((database, catalog), (plain, nameless)):
        live(each, prices, random.Random(seed))  # noqa: S311 - a story, not a secret
    found, expected = ([*map(without_catalog, invoices(each))] for each in (database, plain))
    assert len(expected) > 8 * 4
    assert found == expected
    plain.close()


def live(database: Database, catalog: Catalog, chance: random.Random) -> None:
    """Five months in which every customer does something now and then, and runs come between."""
    now = START
    ended: set[str] = set()
    while now < datetime(2026, 6, 20, tzinfo=UTC):
        now += timedelta(hours=chance.randrange(1, 60))
        customer = f"c{chance.randrange(8):03d}"
        match chance.randrange(6):
            case 0 | 1:
                known = now - timedelta(days=chance.choice([0, 0, 0, 20]))
                time = max(known - timedelta(hours=chance.randrange(1500)), START)
                record(database, time, known, customer)
            case 2 if customer not in ended:
                amount = str(chance.randrange(1, 40))
                fee = {"charge": "fee", "model": {"type": "flat", "amount": amount}}
                effective = chance.choice(["now", "now", "period_end"])
                happen(database, customer, now, overrides=[fee], effective=effective)
            case 3 if customer not in ended and chance.randrange(4) == 0:
                ended.add(customer)
                happen(database, customer, now, cancel=chance.choice(["now", "period_end"]))
            case _:
                run(database, catalog, now)


def happen(database: Database, customer: str, at: datetime, **document: object) -> None:
    """A change of a customer's subscription."""
    [main] = read_customer(database, customer).subscriptions
    entry = TimelineEntry("change", at, json.dumps({"at": at.isoformat(), **document}))
    append_entry(database, customer, main, entry, at)


def invoices(database: Database) -> list[dict[str, Any]]:
    """Every invoice of every customer."""
    found = list_invoices(database, list_customers(database))
    return [json.loads(each.document) for each in found]


def without_catalog(invoice: dict[str, Any]) -> dict[str, Any]:
    """An invoice without what it was priced by."""
    return {name: value for name, value in invoice.items() if name != "catalog"}
