"""A customer's recorded usage for `planql simulate`: in a file of events, or in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from planql.billing.customers import Customer
from planql.catalog.snapshot import Catalog
from planql.cli.progress_bars import bars
from planql.cli.simulate_options import SimulateOptions
from planql.cli.simulate_ranges import whole_months
from planql.cli.store_options import existing
from planql.entity import parse_json, read_entity
from planql.errors import InvalidInput, UnknownReference
from planql.metering.events import UsageEvent, parse_lines, sort_out
from planql.periods import Period, local_day, zone
from planql.problems import did_you_mean
from planql.rating.plan_usage import by_customer
from planql.stores.accounts import ALL_TIME
from planql.stores.customers import read_customer
from planql.stores.usage import read_events


@dataclass(frozen=True, slots=True)
class RecordedUsage:
    """What one customer used.

    Attributes:
        customer: The customer's key; "" when the events name none.
        time_zone: Whose days count; None is the catalog's.
        unread: How many lines of a file are not events.
    """

    customer: str
    time_zone: str | None
    events: tuple[UsageEvent, ...]
    unread: int = 0


def recorded_usage(options: SimulateOptions, catalog: Catalog) -> RecordedUsage | None:
    """The recorded usage that the options name; None when they name none.

    Raises:
        UnknownReference: there is no such customer.
        InvalidInput: `several-customers`, when a file holds several and none is named.
    """
    if options.usage is not None:
        return _of_file(options.usage, options.customer)
    if options.customer is not None:
        return _stored(options.store, options.customer, catalog)
    return None


def recorded_days(recorded: RecordedUsage, catalog: Catalog) -> Period | None:
    """The months from the first event to the last one; None without events."""
    if not recorded.events:
        return None
    time_zone = zone(recorded.time_zone or catalog.settings.time_zone)
    days = [local_day(event.time, time_zone) for event in recorded.events]
    return whole_months(min(days), max(days))


def _of_file(file: Path, customer: str | None) -> RecordedUsage:
    with bars() as progress, progress.open(file, "rb", description="Reading") as lines:
        parsed = sort_out(parse_lines(lines))
    customers = by_customer(parsed.events)
    chosen = customer if customer is not None else _only(sorted(customers))
    if chosen not in customers and customers:
        hint = did_you_mean(chosen, customers)
        message = f'"{file}" has no events of customer "{chosen}"'
        raise UnknownReference("unknown-customer", message, hint=hint)
    return RecordedUsage(chosen, None, tuple(customers.get(chosen, ())), len(parsed.bad))


def _only(customers: Sequence[str]) -> str:
    """The one customer of a file."""
    if len(customers) > 1:
        some = ", ".join(f'"{each}"' for each in customers[:5])
        raise InvalidInput(
            "several-customers",
            f"the events are of {len(customers)} customers: {some}",
            hint="name one with --customer",
        )
    return customers[0] if customers else ""


def _stored(store: str, key: str, catalog: Catalog) -> RecordedUsage:
    types = {document.entity.event for document in catalog.meters.values()}
    with existing(store) as database:
        customer = read_customer(database, key)
        events = read_events(database, [key], types, ALL_TIME)[key]
    known = read_entity(Customer, parse_json(customer.document))
    return RecordedUsage(key, known.time_zone, tuple(events))


def refuse_mixture(options: SimulateOptions) -> None:
    """Recorded usage stands alone: it is what happened, not a scenario beside others."""
    if options.scenario:
        raise click.UsageError("--scenario is not for recorded usage")
