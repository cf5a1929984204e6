"""Simulating: the billing engine run over a range, its lines spread over days, costs beside them.

::

    due_invoices -> entries --- accrual or billed ---> revenue
                       |
                       '-- usage day by day --> quantities --> claims --> costs

Owns: that order, and the order of rows.
Does not own: what is due (`planql.billing`), posting and costing.

Source: RULES 9 (docs/rules/simulation.md).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from planql.billing.customers import Customer
from planql.billing.due import due_invoices, zone_of
from planql.billing.known_usage import KnownUsage
from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.catalog.snapshot import Catalog
from planql.periods import Period
from planql.simulation.costing import Costing
from planql.simulation.day_ranges import DayRange, day_range, touched
from planql.simulation.entries import RowKey
from planql.simulation.horizon import billed_until, periods_of
from planql.simulation.ledger import Ledger
from planql.simulation.posting import Posting
from planql.simulation.premises import Premises
from planql.simulation.results import BillingPeriod, Notice, Recognition, Simulation
from planql.simulation.subscription_days import charge_subscription_days

_GROUPS: Final = {
    "one_time": 0,
    "recurring": 0,
    "usage": 0,
    "minimum_commitment": 1,
    "adjustment": 2,
    "unbilled_usage": 3,
    "subscription_days": 4,
}


def simulate(  # noqa: PLR0913, PLR0917 - what billing takes, a range, and how revenue is recognised
    catalog: Catalog,
    customer: Customer,
    subscriptions: Sequence[Subscription],
    usage: KnownUsage,
    days: Period,
    recognition: Recognition = "accrual",
) -> Simulation:
    """What subscriptions earn and cost on every local day of a range.

    Accrued days sum to the invoice lines whose service period they are; billed days sum to the
    invoices issued in the range. A longer or shorter range changes no day.

    Args:
        catalog: Where plans, meters, discounts, migrations and costs are looked up.
        customer: Whose subscriptions these are; their zone's days are counted.
        subscriptions: All of the customer's; what happened outside the range counts, too.
        usage: All of the customer's, in the customer's zone.
        days: The range, half-open.
        recognition: `accrual`: revenue stands on the days it is for; `billed`: on the day of its
            invoice. Quantities and costs stand on the days of the usage either way.

    Raises:
        InvalidInput: `empty-range`, `range-too-long`, or a subscription that cannot be billed,
            with its pointer.
        UnknownReference: a plan, version, meter or discount that does not exist.
    """
    grid = day_range(days, zone_of(customer, catalog))
    until = billed_until(catalog, subscriptions, usage, grid)
    due = due_invoices(catalog, customer, subscriptions, usage, until)
    premises, ledger = Premises(catalog, usage, until, grid), Ledger(grid)
    posting = Posting(premises, recognition, ledger)
    for invoice, drafts in zip(due.invoices, due.drafts, strict=True):
        posting.post(invoice, drafts)
    order = _Order(due.timelines)
    Costing(premises, ledger).charge(posting.claims, due.timelines, order.rank)
    charge_subscription_days(catalog, due.timelines, grid, ledger)
    return Simulation(
        days=grid.days,
        recognition=recognition,
        rows=ledger.rows(order.rank),
        periods=tuple(_periods(due.timelines, grid)),
        notices=tuple(Notice("migration-overtaken", notice) for notice in due.notices),
    )


def _periods(timelines: Sequence[Timeline], days: DayRange) -> Iterator[BillingPeriod]:
    for timeline in timelines:
        for span in periods_of(timeline, days.span):
            first, count = touched(span, days.time_zone)
            period = Period(date.fromordinal(first), date.fromordinal(first + count))
            yield BillingPeriod(timeline.subscription, period, *days.places(first, count))


class _Order:
    """The order of rows: subscriptions as given, charges as their plans list them."""

    def __init__(self, timelines: Sequence[Timeline]) -> None:
        self._subscriptions = {each.subscription: place for place, each in enumerate(timelines)}
        keys = [
            charge.key
            for timeline in timelines
            for epoch in timeline.epochs
            for segment in epoch.segments
            for charge in segment.terms.plan.entity.charges
        ]
        self._charges = {key: place for place, key in enumerate(dict.fromkeys(keys))}

    def rank(self, key: RowKey) -> tuple[int, ...]:
        """Where a row stands."""
        subscription = self._subscriptions[key.subscription]
        return subscription, _GROUPS[key.kind], self._charges.get(key.charge or "", 0)
