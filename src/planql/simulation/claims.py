"""Who carries the cost of which usage: every volume costs once.

::

    calls in the EU     charge a (filter EU)   charge b (all)     neither
    what carries it     a                      b: what is not EU  a row of its own

Usage belongs to the first piece that bills it: subscriptions in their order, charges in the order
of their plan. What no piece bills (a plan without such a charge, a free trial) belongs to the
billing period of the first subscription that runs.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from planql.catalog.filters import Filter
from planql.catalog.meters import Meter
from planql.charge_models.scales import Scaled
from planql.metering.events import UsageEvent
from planql.metering.matching import Matches, all_of, compile_filter
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.simulation.entries import RowKey


class Claim(Struct, frozen=True, gc=False):
    """A stretch of time in which a row carries the cost of a meter's usage.

    Attributes:
        row: The row.
        name: Of the row, for people.
        meter: What measures the usage.
        span: In which the usage lies.
        full: The full period, for meters that weigh time.
        filter: What the usage must match; None is all of it.
        running: What all of it was measured up to the end of each local day, when that is known.
    """

    row: RowKey
    name: str
    meter: Meter
    span: Span
    full: Span
    filter: Filter | None = None
    running: list[Scaled] | None = None

    def overlaps(self, other: "Claim") -> bool:
        """Whether both lie in some instant."""
        return self.span.start < other.span.end and other.span.start < self.span.end

    def matches(self) -> Matches:
        """The filter at work."""
        return all_of() if self.filter is None else compile_filter(self.filter)


def is_taken(claim: Claim, earlier: Sequence[Claim]) -> bool:
    """Whether earlier claims without a filter leave nothing of this one's span."""
    reached = claim.span.start
    for other in sorted(earlier, key=lambda each: each.span.start):
        if other.filter is None and other.span.start <= reached:
            reached = max(reached, other.span.end)
    return reached >= claim.span.end


def own_usage(claim: Claim, earlier: Sequence[Claim], usage: Usage) -> Usage:
    """The usage that belongs to `claim` and to none of `earlier`; `usage` itself if all does.

    What a meter carries over from before the span belongs to whoever has the span's beginning.
    """
    rivals = [other for other in earlier if claim.overlaps(other)]
    if claim.filter is None and not rivals:
        return usage
    owns = _Ownership(claim, rivals)
    events = [event for event in _events(claim, usage) if owns.has(event.time, event.data)]
    totals = [
        placed.totals.only([owns.has(day.start, placed.totals.data) for day in placed.days])
        for placed in usage.totals_of(claim.meter.key).overlapping(claim.span)
    ]
    return Usage(events, totals, usage.time_zone)


def _events(claim: Claim, usage: Usage) -> list[UsageEvent]:
    inside = usage.inside(claim.meter.event, claim.span)
    if not claim.meter.aggregation.carries_over():
        return list(inside)
    return [*usage.before(claim.meter.event, claim.span), *inside]


class _Ownership:
    """Whether usage belongs to a claim, and not to one of its rivals."""

    def __init__(self, claim: Claim, rivals: Sequence[Claim]) -> None:
        self._start = claim.span.start
        self._matches = claim.matches()
        self._rivals = [(rival.span, rival.matches()) for rival in rivals]

    def has(self, instant: datetime, data: Mapping[str, object] | None) -> bool:
        """Ask of usage at an instant; without data, every filter counts as passed."""
        at = max(instant, self._start)
        running = [matches for span, matches in self._rivals if span.holds(at)]
        if data is None:
            return not running
        return self._matches(data) and not any(matches(data) for matches in running)
