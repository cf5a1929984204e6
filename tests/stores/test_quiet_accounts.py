"""Accounts of which nothing is due are left out of billing runs, and nothing is lost by it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.stores.billing_company import (
    FILES,
    START,
    append,
    call,
    issued,
    populate,
    price,
    read_catalog,
    write_catalog,
)

from planql.catalog.snapshot import Catalog
from planql.stores.billing_run import bill
from planql.stores.customers import (
    NewSubscription,
    create_customer,
    create_subscription,
    list_customers,
)
from planql.stores.database import Database
from planql.stores.invoices import Issuance
from planql.stores.quiet_accounts import list_quiet

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
    issued(database, catalog, AS_OF)
    return database


def quiet(database: Database, catalog: Catalog, as_of: datetime = LATER) -> set[str]:
    """Who is left out of a run."""
    return list_quiet(database, catalog, list_customers(database), as_of)


def test_who_is_quiet_is_left_out_until_the_next_boundary(
    billed: Database, catalog: Catalog
) -> None:
    """From the run to 15 March, exclusive, there is nothing to compute for anybody."""
    everybody = {"c000", "c001"}
    assert quiet(billed, catalog, AS_OF - MICROSECOND) == set()
    for as_of in (AS_OF, LATER, BOUNDARY - MICROSECOND):
        assert quiet(billed, catalog, as_of) == everybody
        assert issued(billed, catalog, as_of) == []
    assert quiet(billed, catalog, BOUNDARY) == set()
    assert len(issued(billed, catalog, BOUNDARY)) == 2


def test_grace_belongs_to_the_quiet_time(database: Database, tmp_path: Path) -> None:
    """With a grace of six hours the boundary's invoice, and so the end, comes at 06:00."""
    folder = write_catalog(tmp_path / "catalog")
    settings = {**FILES["catalog.json"], "invoice_grace_hours": 6}
    (folder / "catalog.json").write_text(json.dumps(settings))
    patient = read_catalog(folder)
    populate(database, 1)
    issued(database, patient, AS_OF)
    end = BOUNDARY + timedelta(hours=6)
    assert quiet(database, patient, end - MICROSECOND) == {"c000"}
    assert quiet(database, patient, end) == set()
    issued(database, patient, BOUNDARY + timedelta(hours=1))
    assert quiet(database, patient, BOUNDARY + timedelta(hours=2)) == {"c000"}
    assert len(issued(database, patient, end)) == 1


def test_late_usage_comes_out_on_the_next_invoice(billed: Database, catalog: Catalog) -> None:
    """It wakes nobody, for it waits for the boundary; there it is billed: $10.00 and $0.50."""
    call(billed, START + timedelta(days=1), LATER)
    assert quiet(billed, catalog) == {"c000", "c001"}
    assert issued(billed, catalog, LATER) == []
    [first, _] = issued(billed, catalog, BOUNDARY)
    assert [line["kind"] for line in first["lines"] if line["amount"] == "0.50"] == ["late_usage"]
    assert first["total"] == "10.50"


def test_late_usage_after_the_end_comes_out_at_once(billed: Database, catalog: Catalog) -> None:
    """An ended subscription has no next invoice to wait for: a supplementary one of $0.50."""
    append(billed, LATER, {"cancel": "now"})
    issued(billed, catalog, LATER)
    assert quiet(billed, catalog, BOUNDARY + timedelta(days=400)) == {"c000"}
    call(billed, START + timedelta(days=1), LATER + timedelta(days=9))
    assert quiet(billed, catalog, LATER + timedelta(days=9)) == {"c001"}
    [supplement] = issued(billed, catalog, LATER + timedelta(days=9))
    assert supplement["total"] == "0.50"
    assert quiet(billed, catalog, BOUNDARY + timedelta(days=400)) == {"c000"}


def test_late_usage_on_the_day_of_the_end_comes_out_the_day_after(
    billed: Database, catalog: Catalog
) -> None:
    """It is known before the mark is made, but due only on the day after the final invoice."""
    append(billed, LATER, {"cancel": "now"})
    issued(billed, catalog, LATER)
    call(billed, START + timedelta(days=1), LATER + timedelta(hours=1))
    assert issued(billed, catalog, LATER + timedelta(hours=2)) == []
    midnight = LATER + timedelta(days=1)
    assert "c000" in quiet(billed, catalog, midnight - MICROSECOND)
    [supplement] = issued(billed, catalog, midnight)
    assert supplement["total"] == "0.50"


def test_usage_that_the_run_should_have_known_wakes(billed: Database, catalog: Catalog) -> None:
    """An event that says it was recorded before the run, but was stored after it, corrects it."""
    call(billed, START + timedelta(days=1), AS_OF - timedelta(days=10))
    assert quiet(billed, catalog) == {"c001"}
    [correction] = issued(billed, catalog, LATER)
    assert correction["total"] == "0.50"


def test_usage_of_the_running_period_wakes_nobody(billed: Database, catalog: Catalog) -> None:
    """Nothing is due for it before its period ends, so that daily usage costs no computation."""
    call(billed, LATER - timedelta(hours=1), LATER - timedelta(minutes=1))
    assert quiet(billed, catalog) == {"c000", "c001"}
    [first, _] = issued(billed, catalog, BOUNDARY)
    assert first["total"] == "10.50"


def test_usage_of_a_later_time_is_read_when_that_comes(billed: Database, catalog: Catalog) -> None:
    """A call that a fast clock dated ahead wakes at its time, and nothing is due for it then."""
    call(billed, LATER, AS_OF - timedelta(hours=1))
    assert quiet(billed, catalog, LATER - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, catalog, LATER) == {"c001"}
    assert issued(billed, catalog, LATER) == []
    assert quiet(billed, catalog, LATER) == {"c000", "c001"}


def change(database: Database) -> None:
    """Another price from now on."""
    append(database, LATER, price("20.00"))


def correct_the_day_that_was_billed(database: Database) -> None:
    """A change that is written back to before the run."""
    append(database, AS_OF - timedelta(days=1), {"cancel": "now"})


def adjust(database: Database) -> None:
    """A credit given by hand."""
    append(database, LATER, {"amount": "-1.00", "reason": "an outage"}, kind="adjustment")


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
    issued(billed, catalog, LATER)
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
    assert issued(billed, migrated, LATER) == []
    assert quiet(billed, catalog) == set()
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert quiet(billed, migrated, day - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, migrated, day) == set()
    # 14 of 28 days are left: -5.00 and 19.00
    assert [invoice["total"] for invoice in issued(billed, migrated, day)] == ["14.00", "14.00"]


def test_a_change_that_is_stored_before_it_happens_ends_the_quiet_time(
    billed: Database, catalog: Catalog
) -> None:
    """One of an afternoon corrects what is invoiced on its morning: 10.00 back, 3.00 charged."""
    afternoon = BOUNDARY + timedelta(hours=15)
    append(billed, afternoon, price("3.00"))
    issued(billed, catalog, BOUNDARY)
    assert quiet(billed, catalog, afternoon - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, catalog, afternoon) == {"c001"}
    [correction] = issued(billed, catalog, afternoon)
    assert correction["total"] == "-7.00"


def test_usage_that_is_stored_before_it_is_known_ends_the_quiet_time(
    billed: Database, catalog: Catalog
) -> None:
    """After the end it is due on the day on which it becomes known."""
    append(billed, AS_OF, {"cancel": "now"})
    known = LATER + timedelta(days=9)
    call(billed, START + timedelta(days=1), known)
    issued(billed, catalog, LATER)
    assert quiet(billed, catalog, known - MICROSECOND) == {"c000", "c001"}
    assert quiet(billed, catalog, known) == {"c001"}
    [supplement] = issued(billed, catalog, known)
    assert supplement["total"] == "0.50"


def test_a_run_ahead_of_time_ends_the_quiet_time_of_earlier_ones(
    billed: Database, catalog: Catalog
) -> None:
    """What was written before its invoices is settled after them, and not a month later."""
    ahead = BOUNDARY + timedelta(days=2)
    issued(billed, catalog, ahead)
    append(billed, LATER, {"cancel": "now"})
    for as_of in (LATER, BOUNDARY):
        assert issued(billed, catalog, as_of) == []
        assert quiet(billed, catalog, as_of) == {"c000", "c001"}
    [correction] = issued(billed, catalog, ahead)
    # The day of the cancellation is used: 19 of 28 days, and all of the next month, are given back.
    assert correction["total"] == "-16.79"


def test_a_dry_run_notes_nothing(database: Database, catalog: Catalog) -> None:
    """What is not issued is still due."""
    populate(database, 2)
    assert list(bill(database, catalog, Issuance("INV", AS_OF, None), AS_OF, dry_run=True))
    assert quiet(database, catalog) == set()
    assert len(issued(database, catalog, AS_OF)) == 4


def test_who_cannot_be_billed_is_named_by_every_run(database: Database, catalog: Catalog) -> None:
    """Neither a mistake of now nor one of a scheduled change makes an account quiet."""
    populate(database, 1)
    gone: dict[str, object] = {"rate_plan": "gone", "version": 1}
    append(database, AS_OF, {**gone, "effective": "period_end"})
    create_customer(database, "x", '{"key": "x"}', START)
    begun = {"key": "main", "started_at": START.isoformat(), **gone}
    create_subscription(database, NewSubscription("x", "main", json.dumps(begun)), START)
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
    issued(database, nameless, AS_OF)
    assert quiet(database, nameless) == set()
