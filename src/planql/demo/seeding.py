"""Putting the demo into a database, month by month, as it would have happened.

In each month customers come, change what they have and make usage; then the billing run issues
what is due. What was done before is left alone, so that a run that was interrupted goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from planql.catalog.snapshot import Catalog
from planql.demo.chronicles import Beginning, Chronicle, Entry, chronicle_of
from planql.demo.companies import demo_companies
from planql.demo.usage import usage_of
from planql.demo.years import DemoYear
from planql.errors import InvalidInput
from planql.metering.events import UsageEvent
from planql.stores.billing_run import bill
from planql.stores.customers import (
    append_entry,
    create_customer,
    create_subscription,
    list_customers,
    read_customer,
    read_customers,
)
from planql.stores.database import Database
from planql.stores.invoices import Issuance, list_invoices
from planql.stores.usage import record_events

ISSUER: Final = "INV"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a month brought.

    Attributes:
        events: Recorded; those known before are not counted.
        invoices: Issued.
    """

    events: int = 0
    invoices: int = 0

    def __add__(self, other: "Seeded") -> "Seeded":
        """Both together."""
        return Seeded(self.events + other.events, self.invoices + other.invoices)


def has_demo(database: Database) -> bool:
    """Whether the database holds all of the demo's customers, whoever joined them since.

    Raises:
        InvalidInput: `store-in-use`, it holds customers that are not the demo's, and not all of
            those.
    """
    ours = _customers()
    if len(read_customers(database, ours)) == len(ours):
        return True
    found = set(list_customers(database, limit=len(ours) + 1))
    strangers = sorted(found - set(ours))
    if strangers:
        raise InvalidInput(
            "store-in-use",
            f'the database holds customers that are not of the demo, such as "{strangers[0]}"',
            hint="give the demo a database of its own: --store sqlite:///planql-demo.sqlite3",
        )
    return False


def seed(database: Database, catalog: Catalog, as_of: datetime) -> Iterator[Seeded]:
    """Make the demo of the year up to `as_of`, with a report for every month.

    Args:
        database: Empty, or with a part of the demo.
        catalog: The example catalog.
        as_of: In UTC; nothing happens later.

    Raises:
        UnknownReference: the catalog lacks a plan or a discount that the demo uses; then nothing
            is stored.
    """
    year = DemoYear(as_of)
    chronicles = [chronicle_of(company, catalog, year) for company in demo_companies()]
    usage = [event for company in demo_companies() for event in usage_of(company, year)]
    for start, end in year.stretches():
        for chronicle in chronicles:
            _write(database, chronicle, end)
        month = [event for event in usage if start <= _known_at(event) < end]
        stored = record_events(database, month, as_of).stored
        yield Seeded(stored, _bill(database, catalog, end - timedelta(microseconds=1)))


def _customers() -> Sequence[str]:
    return [company.key for company in demo_companies()]


def _known_at(event: UsageEvent) -> datetime:
    return event.recorded_at or event.time


def _write(database: Database, chronicle: Chronicle, until: datetime) -> None:
    """Write down what became known before `until` and is not there yet."""
    for beginning in chronicle.beginnings:
        if beginning.at < until:
            _begin(database, chronicle, beginning)
    for entry in chronicle.entries:
        if entry.known_at < until:
            _append(database, chronicle.customer, entry)


def _begin(database: Database, chronicle: Chronicle, beginning: Beginning) -> None:
    stored = read_customers(database, [chronicle.customer]).get(chronicle.customer)
    if stored is None:
        create_customer(database, chronicle.customer, chronicle.document, beginning.at)
    known = () if stored is None else [each.key for each in stored.subscriptions]
    if beginning.subscription.key not in known:
        create_subscription(database, beginning.subscription, beginning.at)


def _append(database: Database, customer: str, entry: Entry) -> None:
    subscriptions = read_customer(database, customer).subscriptions
    stored = next(each for each in subscriptions if each.key == entry.subscription)
    if stored.length == entry.place:
        append_entry(database, customer, stored, entry.entry, entry.known_at)


def _bill(database: Database, catalog: Catalog, at: datetime) -> int:
    """Issue what is due at `at`, unless that was done; how many invoices came of it.

    Raises:
        PlanqlError: a customer cannot be billed.
    """
    if any(invoice.issued_at >= at for invoice in list_invoices(database, _customers())):
        return 0
    groups = list(bill(database, catalog, Issuance(ISSUER, at, catalog.commit), at))
    for group in groups:
        for unbilled in group.unbilled:
            raise unbilled.error
    return sum(len(group.invoices) for group in groups)
