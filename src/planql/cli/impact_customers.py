"""Real customers for `planql impact`: those of a database, or the subjects of exported events."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from planql.billing.customers import Customer
from planql.cli.customer_workers import compared, workers_for
from planql.cli.progress_bars import bars
from planql.cli.reporters.nouns import counted
from planql.cli.store_options import existing
from planql.entity import parse_json, read_entity
from planql.impact.customer_results import CustomerImpact, CustomersImpact
from planql.impact.customers import CustomerComparing, KnownCustomer, Question
from planql.impact.exports import ExportComparing, covered_months, subjects_of
from planql.impact.measuring import customers_impact
from planql.metering.events import parse_lines, sort_out
from planql.stores.accounts import subscription_of
from planql.stores.customers import (
    StoredCustomer,
    count_customers,
    list_customers,
    read_customers,
)
from planql.stores.database import Database
from planql.stores.usage import read_events

_AT_A_TIME: Final = 200
"""Customers whose usage is held in memory together."""

_ANY_ZONE: Final = timedelta(days=1)
"""No zone's days begin further from those of UTC."""


def stored_customers(store: str, question: Question, workers: int | None) -> CustomersImpact:
    """The customers of a database on touched plans, compared.

    Args:
        store: The database.
        question: What is asked.
        workers: Processes that compare; None for as many as are worth it.

    Raises:
        SourceError: the database cannot be opened.
    """
    with existing(store) as database:
        total = count_customers(database)
        known = _known(database, question)
        comparing = CustomerComparing(question)
        lines = compared(known, comparing, total, workers_for(total, workers))
    return customers_impact(lines, question.months)


def exported_usage(file: Path, question: Question, workers: int | None) -> CustomersImpact:
    """The subjects of a file of events on the plans that they may be on, compared.

    Args:
        file: A JSON document per line.
        question: What is asked.
        workers: As `stored_customers`.
    """
    with bars() as progress, progress.open(file, "rb", description="Reading") as text:
        parsed = sort_out(parse_lines(text))
    subjects = subjects_of(parsed.events)
    total, months = len(subjects), covered_months(question, subjects)
    comparing = ExportComparing(question, months)
    lines = compared(subjects, comparing, total, workers_for(total, workers))
    return customers_impact(lines, months, [*_unread(len(parsed.bad)), *_unfed(total, lines)])


def _unread(lines: int) -> Iterator[str]:
    if lines:
        yield f"{counted(lines, 'line')} of the file could not be read as events"


def _unfed(subjects: int, lines: Iterable[CustomerImpact]) -> Iterator[str]:
    """That nobody can be on a touched plan whose events no meter of one reads."""
    others = subjects - len({line.customer for line in lines})
    if others:
        yield f"no meter of a touched plan reads the events of {counted(others, 'customer')}"


def _known(database: Database, question: Question) -> Iterator[KnownCustomer]:
    """Every customer of a database; usage only of those who may be on a touched plan."""
    after = ""
    while keys := list_customers(database, after, _AT_A_TIME):
        found = read_customers(database, keys)
        known = [_without_usage(found[key]) for key in keys if key in found]
        touched = [each.customer.key for each in known if _may_be_touched(each, question.pairs)]
        usage = read_events(database, touched, *_wanted(question))
        for each in known:
            events = usage.get(each.customer.key, ())
            yield KnownCustomer(each.customer, each.subscriptions, events)
        after = keys[-1]


def _without_usage(stored: StoredCustomer) -> KnownCustomer:
    customer = read_entity(Customer, parse_json(stored.document))
    return KnownCustomer(customer, tuple(map(subscription_of, stored.subscriptions)), ())


def _may_be_touched(known: KnownCustomer, touched: Collection[str]) -> bool:
    """Whether a subscription of the customer ever was on a touched plan."""
    return any(
        subscription.rate_plan in touched
        or any(getattr(change, "rate_plan", None) in touched for change in subscription.changes)
        for subscription in known.subscriptions
    )


def _wanted(question: Question) -> tuple[set[str], datetime, datetime | None]:
    """Types of the events that meters read, until when, and since when."""
    meters = [
        document.entity
        for catalog in (question.base, question.head)
        for document in catalog.meters.values()
    ]
    first, last = question.months[0].start, question.months[-1].end
    carries = any(meter.aggregation.carries_over() for meter in meters)
    since = None if carries else _midnight(first) - _ANY_ZONE
    return {meter.event for meter in meters}, _midnight(last) + _ANY_ZONE, since


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
