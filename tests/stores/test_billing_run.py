"""The billing run issues every due invoice exactly once, whatever happens to it."""

import json
import multiprocessing
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.stores.billing_company import (
    START,
    populate,
    read_catalog,
    run_in_a_process,
    write_catalog,
)

from planql.catalog.snapshot import Catalog
from planql.metering.events import UsageEvent
from planql.stores.billing_run import BilledGroup, bill
from planql.stores.customers import (
    NewSubscription,
    TimelineEntry,
    append_entry,
    create_customer,
    create_subscription,
    list_customers,
    read_customer,
)
from planql.stores.database import Database
from planql.stores.invoices import Issuance, IssuedInvoice, list_invoices
from planql.stores.usage import record_events

CUSTOMERS = 12
KILLS = 50
AS_OF = datetime(2026, 4, 20, tzinfo=UTC)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The company's catalog."""
    return read_catalog(write_catalog(tmp_path / "catalog"))


def run(database: Database, catalog: Catalog, as_of: datetime = AS_OF) -> list[BilledGroup]:
    """A whole billing run."""
    return list(bill(database, catalog, Issuance("INV", as_of, None), as_of))


def stored(database: Database) -> list[IssuedInvoice]:
    """Every invoice of every customer."""
    return list_invoices(database, list_customers(database))


def documents(database: Database, customer: str) -> list[dict[str, Any]]:
    """The documents of one customer's invoices, in the order of issue."""
    return [json.loads(each.document) for each in list_invoices(database, [customer])]


def test_every_due_invoice_is_issued(database: Database, catalog: Catalog) -> None:
    """15 January to 20 April: four invoices each; the second bills n % 4 calls at $0.50."""
    populate(database, CUSTOMERS)
    [group] = run(database, catalog)
    assert (group.customers, len(group.invoices), group.unbilled) == (CUSTOMERS, 48, ())
    totals = [document["total"] for document in documents(database, "c003")]
    assert totals == ["10.00", "11.50", "10.00", "10.00"]


def test_a_document_says_what_it_was_made_of(database: Database, catalog: Catalog) -> None:
    """The number, the customer and the catalog stand in the stored document."""
    populate(database, 1)
    run(database, catalog)
    first = documents(database, "c000")[0]
    assert first["number"] == "INV-000001"
    assert first["catalog"] == {"commit": None, "digest": catalog.digest}


def test_running_again_issues_nothing(database: Database, catalog: Catalog) -> None:
    """The second run finds nothing; a month later there is one more invoice each."""
    populate(database, CUSTOMERS)
    run(database, catalog)
    assert [group.invoices for group in run(database, catalog)] == [()]
    later = run(database, catalog, AS_OF + timedelta(days=30))
    assert len(later[0].invoices) == CUSTOMERS


def test_a_dry_run_stores_nothing(database: Database, catalog: Catalog) -> None:
    """What a dry run shows is what the run then issues."""
    populate(database, CUSTOMERS)
    issuance = Issuance("INV", AS_OF, None)
    [shown] = bill(database, catalog, issuance, AS_OF, dry_run=True)
    assert stored(database) == []
    [issued] = run(database, catalog)
    assert [each.document for each in shown.invoices] == [each.document for each in issued.invoices]


def test_one_customer_s_mistake_costs_no_other(database: Database, catalog: Catalog) -> None:
    """A subscription to a plan that is gone is named, and everybody else is billed."""
    populate(database, 2)
    create_customer(database, "broken", '{"key": "broken"}', START)
    gone = {"key": "main", "rate_plan": "gone", "version": 1, "started_at": START.isoformat()}
    create_subscription(database, NewSubscription("broken", "main", json.dumps(gone)), START)
    [group] = run(database, catalog)
    assert [(each.customer, each.error.code) for each in group.unbilled] == [
        ("broken", "unknown-reference")
    ]
    assert len(group.invoices) == 8


def test_a_change_on_an_invoiced_day_corrects_it(database: Database, catalog: Catalog) -> None:
    """Cancelled in the afternoon of an invoiced 15 February: used 1 of 28 days, -$9.64 back."""
    populate(database, 1)
    morning = datetime(2026, 2, 15, 9, tzinfo=UTC)
    run(database, catalog, morning)
    [main] = read_customer(database, "c000").subscriptions
    afternoon = morning + timedelta(hours=6)
    cancel = json.dumps({"at": afternoon.isoformat(), "cancel": "now"})
    append_entry(database, "c000", main, TimelineEntry("change", afternoon, cancel), afternoon)
    run(database, catalog, afternoon)
    invoices = documents(database, "c000")
    assert [each["issued_on"] for each in invoices] == ["2026-01-15", "2026-02-15", "2026-02-15"]
    assert invoices[2]["total"] == "-9.64"
    assert invoices[2]["balance"] == "9.64"


def test_late_usage_comes_on_the_next_invoice(database: Database, catalog: Catalog) -> None:
    """A call of January that became known in March is billed in March, once."""
    populate(database, 1)
    run(database, catalog, datetime(2026, 2, 20, tzinfo=UTC))
    late = UsageEvent("late", "call", START + timedelta(days=3), subject="c000")
    record_events(database, [late], datetime(2026, 3, 1, tzinfo=UTC))
    run(database, catalog)
    totals = [document["total"] for document in documents(database, "c000")]
    assert totals == ["10.00", "10.00", "10.50", "10.00"]


def test_what_happens_at_the_instant_of_the_run_is_known(
    database: Database, catalog: Catalog
) -> None:
    """A call of the very instant at which all ends is on the final invoice: 25 of 31 days back."""
    populate(database, 1)
    end = datetime(2026, 1, 20, 12, tzinfo=UTC)
    run(database, catalog, end - timedelta(hours=1))
    [main] = read_customer(database, "c000").subscriptions
    cancel = json.dumps({"at": end.isoformat(), "cancel": "now"})
    append_entry(database, "c000", main, TimelineEntry("change", end, cancel), end)
    record_events(database, [UsageEvent("last", "call", end, subject="c000")], end)
    run(database, catalog, end)
    run(database, catalog)
    final = documents(database, "c000")[1:]
    assert [[line["amount"] for line in each["lines"]] for each in final] == [["-8.06", "0.50"]]


def test_killed_runs_leave_nothing_missing_doubled_or_half_written(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Fifty runs are killed at random points; then one finishes, and all is as if none had died."""
    catalog = write_catalog(tmp_path / "catalog")
    populate(database, 30)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.stores.billing_company"])
    chance = random.Random(4)  # noqa: S311 - moments to die, not secrets
    for kill in range(KILLS):
        ready = context.Event()
        as_of = START + kill * timedelta(days=2)
        process = context.Process(
            target=run_in_a_process, args=(database_url, str(catalog), as_of, ready)
        )
        process.start()
        assert ready.wait(60)
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.join()
    run(database, read_catalog(catalog))
    _assert_complete(stored(database), customers=30)


def test_runs_at_once_issue_each_invoice_once(database: Database, catalog: Catalog) -> None:
    """Four runs side by side: no invoice missing or doubled, no number skipped or given twice."""
    populate(database, 30)
    with ThreadPoolExecutor(4) as pool:
        groups = [
            each for done in pool.map(lambda _: run(database, catalog), range(4)) for each in done
        ]
    assert sum(len(group.invoices) for group in groups) == 120
    _assert_complete(stored(database), customers=30)


def _assert_complete(invoices: list[IssuedInvoice], customers: int) -> None:
    """Four invoices for each customer, numbered without a gap, each whole."""
    assert sorted(each.number for each in invoices) == list(range(1, 4 * customers + 1))
    assert len({each.identity for each in invoices}) == 4 * customers
    for each in invoices:
        calls = int(each.identity.customer[1:]) % 4 if each.identity.issued_on.month == 2 else 0
        assert json.loads(each.document)["total"] == f"{10 + calls / 2:.2f}"


def test_an_earlier_run_takes_nothing_back(database: Database, catalog: Catalog) -> None:
    """A run as of a time before the last one issues nothing, and the next one goes on."""
    populate(database, 2)
    run(database, catalog)
    before = stored(database)
    run(database, catalog, datetime(2026, 3, 1, tzinfo=UTC))
    assert stored(database) == before
    run(database, catalog, datetime(2026, 5, 20, tzinfo=UTC))
    assert len(stored(database)) == len(before) + 2
