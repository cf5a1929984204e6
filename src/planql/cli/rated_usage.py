"""`planql rate --usage`: a file of events rated by a plan, with totals per charge."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import click
from rich.table import Table

from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.cli.progress_bars import bars
from planql.cli.screens import Screen, print_table
from planql.entity import parse_date
from planql.errors import InvalidInput
from planql.metering.events import BadEvent, UsageEvent, parse_lines, sort_out
from planql.metering.spans import Span
from planql.money import currency_digits, fixed, grouped, plain
from planql.periods import Interval, IntervalUnit, day_start, zone
from planql.rating.documents import rejected_document
from planql.rating.plan_usage import ChargeUsage, by_customer, rate_plan_usage

_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_SHOWN: Final = 5
"""How many events that do not count are named in a table."""


@dataclass(frozen=True, slots=True)
class RatedUsage:
    """What is shown: the plan, the period, totals per charge, and lines that are no events."""

    plan: RatePlan
    period: str
    charges: Sequence[ChargeUsage]
    bad: Sequence[BadEvent]

    @property
    def total(self) -> Fraction:
        """Of all charges, before discounts and minimums."""
        return sum((charge.amount for charge in self.charges), Fraction(0))


def show_rated_usage(  # noqa: PLR0913 - what the options of the command say
    plan: RatePlan, catalog: Catalog, file: Path, period: str, *, customer: str | None, form: str
) -> None:
    """Print what the events in `file` come to.

    Args:
        plan: The version that rates them.
        catalog: Where its meters and its time zone are.
        file: A JSON document per line; lines that are no events are listed.
        period: A month (`2026-10`) or two days (`2026-10-01/2026-11-01`), half-open.
        customer: Whose events count; all, each rated on their own, when None.
        form: `table` or `json`.

    Raises:
        InvalidInput: `not-a-period`.
        UnknownReference: a meter is not in the catalog.
    """
    span = _span(period, catalog.settings.time_zone)
    with bars() as progress:
        with progress.open(file, "rb", description="Reading") as lines:
            parsed = sort_out(parse_lines(lines))
        chosen = _chosen(by_customer(parsed.events), customer)
        customers = progress.track(chosen, description="Rating")
        charges = rate_plan_usage(plan, catalog.meter, customers, span)
    rated = RatedUsage(plan, period, charges, parsed.bad)
    if form == "json":
        click.echo(json.dumps(_document(rated), ensure_ascii=False, indent=2))
    else:
        _print_table(rated)


def _chosen(
    customers: dict[str, list[UsageEvent]], customer: str | None
) -> Sequence[list[UsageEvent]]:
    if customer is not None:
        return [customers.get(customer, [])]
    return list(customers.values())


def _span(period: str, time_zone: str) -> Span:
    """The instants at which the period's first day, and the day after its last, begin."""
    first, _, last = period.partition("/")
    start = _day(f"{first}-01" if _MONTH.fullmatch(period) else first, period)
    month = Interval(IntervalUnit.MONTH)
    end = _day(last, period) if last else month.after(start, 1)
    if end <= start or not (last or _MONTH.fullmatch(period)):
        raise _not_a_period(period)
    return Span(day_start(start, zone(time_zone)), day_start(end, zone(time_zone)))


def _day(text: str, period: str) -> date:
    day = parse_date(text)
    if day is None:
        raise _not_a_period(period)
    return day


def _not_a_period(period: str) -> InvalidInput:
    return InvalidInput(
        "not-a-period",
        f'"{period}" is not a period',
        hint="write a month, 2026-10, or two days, 2026-10-01/2026-11-01",
    )


def _document(rated: RatedUsage) -> dict[str, object]:
    return {
        "rate_plan": rated.plan.key,
        "version": rated.plan.version,
        "currency": rated.plan.currency,
        "period": rated.period,
        "charges": [_charge_document(charge) for charge in rated.charges],
        "total": plain(rated.total),
        "bad_events": [
            {"line": bad.position, "code": bad.code, "pointer": bad.pointer, "reason": bad.reason}
            for bad in rated.bad
        ],
    }


def _charge_document(charge: ChargeUsage) -> dict[str, object]:
    return {
        "charge": charge.charge,
        "name": charge.name,
        "customers": charge.customers,
        "quantity": plain(charge.quantity),
        "amount": plain(charge.amount),
        "rejected_events": [rejected_document(event) for event in charge.rejected_events],
    }


def _print_table(rated: RatedUsage) -> None:
    digits = currency_digits(rated.plan.currency)
    table = Table(title=f"{rated.plan.key} version {rated.plan.version}, {rated.period}")
    table.add_column("Charge")
    for heading in ("Customers", "Quantity", rated.plan.currency):
        table.add_column(heading, justify="right")
    for charge in rated.charges:
        amount = grouped(fixed(charge.amount, digits))
        quantity = grouped(plain(charge.quantity))
        table.add_row(charge.name, f"{charge.customers:,}", quantity, amount)
    table.add_section()
    table.add_row("Total", "", "", grouped(fixed(rated.total, digits)))
    print_table(Screen(), table)
    for remark in _remarks(rated):
        click.echo(remark, err=True)


def _remarks(rated: RatedUsage) -> list[str]:
    """What does not count, the first few by name."""
    unread = [f"line {bad.position} is not an event: {bad.reason}" for bad in rated.bad]
    rejected = [
        f'event "{event.id}" does not count for {charge.charge}: {event.reason}'
        for charge in rated.charges
        for event in charge.rejected_events
    ]
    remarks = unread + rejected
    more = [f"and {len(remarks) - _SHOWN} more"] if len(remarks) > _SHOWN else []
    return remarks[:_SHOWN] + more
