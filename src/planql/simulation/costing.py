"""Costing: every claim is charged what its usage costs, and usage that nothing bills gets a row.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from planql.billing.timeline import Timeline
from planql.catalog.meters import Meter
from planql.metering.spans import Span
from planql.simulation.claims import Claim, is_taken, own_usage
from planql.simulation.day_ranges import touched
from planql.simulation.entries import RowKey
from planql.simulation.horizon import periods_of
from planql.simulation.ledger import Ledger
from planql.simulation.premises import Premises
from planql.simulation.usage_costs import UsageCosts

_Period = tuple[Timeline, Span]
"""A billing period of a subscription."""


class Costing:
    """Charges the usage of one simulation, meter by meter."""

    def __init__(self, premises: Premises, ledger: Ledger) -> None:
        self._premises = premises
        self._days = premises.days
        self._ledger = ledger
        self._costs = UsageCosts(premises.catalog, premises.days, ledger)

    def charge(
        self,
        claims: Iterable[Claim],
        timelines: Sequence[Timeline],
        rank: Callable[[RowKey], tuple[int, ...]],
    ) -> None:
        """Charge the usage of every claim, then what is left of meters that cost something.

        Args:
            claims: Of the pieces that were billed.
            timelines: Of all subscriptions, in their order.
            rank: Which of two rows comes first.
        """
        periods = self._periods(timelines)
        by_meter: dict[str, list[Claim]] = {key: [] for key in self._costs.meters}
        for claim in sorted(claims, key=lambda each: (rank(each.row), each.span.start)):
            by_meter.setdefault(claim.meter.key, []).append(claim)
        for key, same in by_meter.items():
            for place, claim in enumerate(same):
                if self._days.overlaps(claim.span):
                    self._costs.charge(claim, same[:place], self._premises.known(claim.span))
            if key in self._costs.meters:
                self._charge_rest(self._premises.catalog.meter(key), same, periods)

    def _periods(self, timelines: Sequence[Timeline]) -> list[_Period]:
        """The periods in the range, and before it those that a period in the range overlaps."""
        span = self._days.span
        inside = [(each, period) for each in timelines for period in periods_of(each, span)]
        start = min((period.start for _, period in inside), default=span.start)
        if start >= span.start:
            return inside
        reach = Span(start, span.end)
        return [(each, period) for each in timelines for period in periods_of(each, reach)]

    def _charge_rest(
        self, meter: Meter, billed: Sequence[Claim], periods: Sequence[_Period]
    ) -> None:
        """Charge what no charge bills, period by period, to the first subscription there is."""
        earlier = list(billed)
        for timeline, period in periods:
            claim = _unbilled(meter, timeline, period)
            if is_taken(claim, earlier):
                continue
            if not self._days.overlaps(period):
                earlier.append(claim)
                continue
            known = self._premises.known(claim.span)
            running = self._costs.measure(claim, own_usage(claim, earlier, known))
            if any(running):
                first, _ = touched(claim.span, self._days.time_zone)
                self._ledger.add_usage(claim.row, claim.name, first, running)
                self._costs.charge(replace(claim, running=running), earlier, known)
            earlier.append(claim)


def _unbilled(meter: Meter, timeline: Timeline, period: Span) -> Claim:
    """What a subscription carries in a period, if nothing else does."""
    currency = timeline.terms_at(period.start).plan.entity.currency
    row = RowKey(timeline.subscription, None, "unbilled_usage", currency, meter.key)
    return Claim(row, meter.name or meter.key, meter, period, period)
