"""What subscriptions cost by being there: a unit for every local day on which one is active.

A subscription is active from the local day of its start to the local day of its end, trials and
pauses included.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from planql.billing.timeline import Timeline
from planql.catalog.costs import SubscriptionDayCost
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.charge_models.scales import QUANTITY_SCALE
from planql.metering.spans import Span
from planql.simulation.day_ranges import DayRange, touched
from planql.simulation.entries import RowKey
from planql.simulation.ledger import Ledger
from planql.simulation.unit_costs import unit_costs


def charge_subscription_days(
    catalog: Catalog, timelines: Iterable[Timeline], days: DayRange, ledger: Ledger
) -> None:
    """Charge every day cost of the catalog to a row of its own for each subscription."""
    costs = [each.entity for each in catalog.costs.values()]
    day_costs = [cost for cost in costs if isinstance(cost, SubscriptionDayCost)]
    if not day_costs:
        return
    for timeline in timelines:
        for active in _active(timeline, days):
            for cost in day_costs:
                if not cost.products or active.plan.product in cost.products:
                    _charge(cost, timeline.subscription, active, days, ledger)


@dataclass(frozen=True, slots=True)
class _Active:
    """Days in a row, `count` from the ordinal `first` on, on which a subscription has a plan."""

    first: int
    count: int
    plan: RatePlan


def _active(timeline: Timeline, days: DayRange) -> Iterator[_Active]:
    """The days of the range on which a subscription is active; the later of two plans has a day."""
    plans: list[RatePlan | None] = [None] * days.count
    for span, plan in _plans(timeline, days):
        start, end = days.places(*touched(span, days.time_zone))
        plans[start:end] = [plan] * (end - start)
    place = 0
    for same, group in groupby(plans):
        count = len(list(group))
        if same is not None:
            yield _Active(days.first + place, count, same)
        place += count


def _plans(timeline: Timeline, days: DayRange) -> Iterator[tuple[Span, RatePlan]]:
    limit = days.span.end
    for epoch in timeline.epochs:
        for segment in epoch.segments:
            end = limit if segment.end is None else segment.end
            if segment.start < end:
                yield Span(segment.start, end), segment.terms.plan.entity


def _charge(
    cost: SubscriptionDayCost, subscription: str, active: _Active, days: DayRange, ledger: Ledger
) -> None:
    """Charge days in a row."""
    currency = active.plan.currency
    key = RowKey(subscription, None, "subscription_days", currency, cost=cost.key)
    name = cost.name or cost.key
    ledger.add_quantity(key, name, active.first, [QUANTITY_SCALE] * active.count)
    running = [QUANTITY_SCALE * number for number in range(1, active.count + 1)]
    units = unit_costs(cost, currency, days)
    ledger.columns(key, name).add_costs(days, active.first, running, units)
