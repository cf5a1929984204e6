"""The demo is a year that happened: invoices, every habit, nothing later than now."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from tests.servers.demo import demo_copy

from planql.catalog.snapshot import Catalog
from planql.demo.companies import demo_companies
from planql.demo.habits import HABITS
from planql.demo.seeding import has_demo, seed
from planql.demo.usage import usage_of
from planql.demo.years import DemoYear
from planql.errors import UnknownReference
from planql.metering.acceptance import Acceptance
from planql.sources import load
from planql.stores.billing_run import bill
from planql.stores.customers import list_customers
from planql.stores.database import Database, open_database
from planql.stores.invoices import Issuance, IssuedInvoice, list_invoices

AS_OF = datetime(2026, 11, 21, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The example catalog."""
    loaded = load(Path(__file__).resolve().parents[2] / "catalog")
    assert loaded.catalog is not None
    return loaded.catalog


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Iterator[Database]:
    """A database with the demo."""
    opened = demo_copy(catalog, tmp_path_factory, AS_OF)
    yield opened
    opened.close()


def issued(database: Database) -> list[IssuedInvoice]:
    """Every invoice there is."""
    return list_invoices(database, list_customers(database))


def test_every_meter_has_usage(catalog: Catalog) -> None:
    """Every habit is somebody's, and every meter of the example catalog sees its events."""
    used = {name for company in demo_companies() for name in company.usage}
    assert used == set(HABITS)
    events = {habit.event for habit in HABITS.values()}
    assert events == {meter.entity.event for meter in catalog.meters.values()}


def test_usage_is_acceptable_and_repeatable(catalog: Catalog) -> None:
    """Some 50,000 events, the same each time, all readable, none from the future, a few late."""
    year = DemoYear(AS_OF)
    events = [event for company in demo_companies() for event in usage_of(company, year)]
    again = [event for company in demo_companies() for event in usage_of(company, year)]
    assert events == again
    assert 45_000 < len(events) < 75_000
    acceptance = Acceptance(document.entity for document in catalog.meters.values())
    assert all(acceptance.refusal(event, 1) is None for event in events)
    known = [event.recorded_at or AS_OF for event in events]
    assert max(known) <= AS_OF
    late = [e for e, at in zip(events, known, strict=True) if at - e.time > timedelta(days=1)]
    assert 50 < len(late) < 400


def test_everything_that_can_be_invoiced_is(seeded: Database) -> None:
    """Three currencies, every kind of line, discounts, credit; numbers without gaps."""
    invoices = issued(seeded)
    documents = [json.loads(invoice.document) for invoice in invoices]
    assert sorted(invoice.number for invoice in invoices) == list(range(1, len(invoices) + 1))
    assert {document["currency"] for document in documents} == {"USD", "EUR", "JPY"}
    lines = [line for document in documents for line in document["lines"]]
    kinds = {line["kind"] for line in lines}
    assert kinds == {"charge", "credit", "minimum", "adjustment", "late_usage"}
    assert len({each["discount"] for line in lines for each in line["discounts"]}) >= 6
    assert any(document["balance_applied"] != "0.00" for document in documents)


def test_what_was_issued_is_what_is_due(seeded: Database, catalog: Catalog) -> None:
    """A billing run after the demo finds nothing left, nor anything to take back."""
    groups = list(bill(seeded, catalog, Issuance("INV", AS_OF, None), AS_OF, dry_run=True))
    assert [each for group in groups for each in (*group.invoices, *group.unbilled)] == []


@pytest.mark.no_cover  # the fixture is measured; to measure it again would take 20 seconds
def test_an_interrupted_demo_goes_on(
    database: Database, seeded: Database, catalog: Catalog
) -> None:
    """What was done stays, what is missing is added, and it comes out the same."""
    assert len(list(islice(seed(database, catalog, AS_OF), 4))) == 4
    assert not has_demo(database)
    assert issued(database)
    list(seed(database, catalog, AS_OF))
    assert has_demo(database)
    documents = [invoice.document for invoice in issued(database)]
    assert documents == [invoice.document for invoice in issued(seeded)]


@pytest.mark.no_cover
def test_it_works_before_there_were_prices(database: Database, catalog: Catalog) -> None:
    """A clock that stands before the first version of a plan gets a demo, too."""
    list(seed(database, catalog, datetime(2024, 2, 29, tzinfo=UTC)))
    assert has_demo(database)
    assert issued(database)


@pytest.mark.parametrize(("text", "day"), [("00-31", "2027-02-28"), ("11-05", "2028-01-05")])
def test_days_count_from_a_year_ago(text: str, day: str) -> None:
    """Month 00 is that of a year ago, 11 the one before this; a month's end is kept."""
    assert str(DemoYear(datetime(2028, 2, 29, tzinfo=UTC)).day(text)) == day


def test_an_unbillable_catalog_stops_the_demo(database: Database, catalog: Catalog) -> None:
    """A customer whom the catalog cannot bill is an error, not a gap."""
    meters = {key: each for key, each in catalog.meters.items() if key != "tokens"}
    with pytest.raises(UnknownReference, match="tokens"):
        list(seed(database, replace(catalog, meters=meters), AS_OF))
