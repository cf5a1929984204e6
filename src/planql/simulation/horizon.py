"""How far a simulation bills: to the end of all periods that run on the last day of its range.

::

    range          [ ------------- )
    periods    |----------|----------|----------|
    billed                           ^ and until usage of these periods is known and billed

Source: RULES 9.3 (docs/rules/simulation.md).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planql.billing.horizons import running_period
from planql.billing.known_usage import KnownUsage
from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.billing.walk import timeline_of
from planql.catalog.snapshot import Catalog
from planql.metering.spans import Span
from planql.simulation.day_ranges import DayRange


def billed_until(
    catalog: Catalog, subscriptions: Sequence[Subscription], usage: KnownUsage, days: DayRange
) -> datetime:
    """The time by which everything that the range's days are part of has been invoiced.

    Raises:
        PlanqlError: a subscription that cannot be billed, with its pointer.
    """
    last = days.last_instant
    end = _periods_end(catalog, subscriptions, days, last)
    known = usage.known_from(end)
    late = last if known is None or known <= end else known
    closed = end if late == last else _periods_end(catalog, subscriptions, days, late)
    return max(last, closed + timedelta(hours=catalog.settings.invoice_grace_hours))


def periods_of(timeline: Timeline, stretch: Span) -> Iterator[Span]:
    """The billing periods of a subscription that have a part in `stretch`, a trial being one."""
    moment, until = max(stretch.start, timeline.start), stretch.end
    if timeline.ending is not None:
        until = min(until, timeline.ending.at)
    while moment < until:
        period = running_period(timeline, moment)
        ends = [epoch.end for epoch in timeline.epochs if epoch.end and epoch.end > moment]
        moment = min([period.end, *ends])
        yield Span(period.start, moment)


def _periods_end(
    catalog: Catalog, subscriptions: Sequence[Subscription], days: DayRange, moment: datetime
) -> datetime:
    """Where the periods that run at `moment` end, those of subscriptions that began by then."""
    zone: ZoneInfo = days.time_zone
    timelines = [
        timeline_of(each, catalog, zone, moment, f"/subscriptions/{index}")
        for index, each in enumerate(subscriptions)
    ]
    begun = [timeline for timeline in timelines if timeline.start <= moment]
    return max([moment, *(running_period(timeline, moment).end for timeline in begun)])
