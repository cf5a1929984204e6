"""Usage that comes as one quantity per local day: summed elsewhere, or assumed.

::

    starts  |  1 June  |  2 June  |  3 June  |
                 [        span        )
                          ^ begins inside
                 ^        ^ overlap

A day counts where it begins. Only what weighs time asks for the days that overlap a span.

Source: RULES 3.1, 9.1; INTERFACES, `usage_totals` (docs/rules/metering.md).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec import Struct

from planql.aggregations.days import MICROSECOND, DayValue
from planql.metering.spans import Span
from planql.periods import day_start, one_day_later


class DailyTotal(Struct, frozen=True, gc=False):
    """What a meter measured on one local day, or is assumed to measure.

    Attributes:
        meter: Key of a meter; one that counts or sums, unless the total is assumed.
        date: The local day, in the customer's zone.
        quantity: Of either sign.
        recorded_at: When it became known; None is: on its day.
        data: What the day's events would say: a charge's filter is asked about it, and its groups
            are taken from it. None: the filter has been applied where the total was made, and the
            group is that of missing values. The meter's own filter is never asked.
        event_value: Size of one event, above 0, for prices per event: the day is that many events
            of this size, the last one smaller. None: 1 for an assumed count; no events otherwise.
        is_assumed: Whether it is an assumption; then it serves every aggregation.
    """

    meter: str
    date: date
    quantity: Fraction
    recorded_at: datetime | None = None
    data: Mapping[str, object] | None = None
    event_value: Fraction | None = None
    is_assumed: bool = False


class PlacedTotal(Struct, frozen=True, gc=False):
    """A daily total and the instants of its day."""

    total: DailyTotal
    day: DayValue


class TotalsOfMeter:
    """The daily totals of one meter, in the order of their days, ties in input order."""

    def __init__(self, totals: Iterable[DailyTotal], time_zone: ZoneInfo) -> None:
        ordered = sorted(totals, key=attrgetter("date"))
        self._placed = [_placed(total, time_zone) for total in ordered]
        self._starts = [placed.day.start for placed in self._placed]

    def inside(self, span: Span) -> Sequence[PlacedTotal]:
        """Those whose day begins in the span."""
        first = bisect_left(self._starts, span.start)
        return self._placed[first : bisect_left(self._starts, span.end, lo=first)]

    def overlapping(self, span: Span) -> Sequence[PlacedTotal]:
        """Those whose day has a part in the span."""
        first = bisect_right(self._placed, span.start, key=_end)
        return self._placed[first : bisect_left(self._starts, span.end, lo=first)]


def totals_by_meter(totals: Iterable[DailyTotal], time_zone: ZoneInfo) -> dict[str, TotalsOfMeter]:
    """The totals of each meter, made ready to be asked for many times."""
    by_meter: dict[str, list[DailyTotal]] = {}
    for total in totals:
        by_meter.setdefault(total.meter, []).append(total)
    return {meter: TotalsOfMeter(same, time_zone) for meter, same in by_meter.items()}


def _placed(total: DailyTotal, time_zone: ZoneInfo) -> PlacedTotal:
    return PlacedTotal(total, DayValue(total.quantity, *_day(total.date, time_zone)))


@lru_cache(maxsize=1 << 14)
def _day(day: date, time_zone: ZoneInfo) -> tuple[datetime, datetime, int]:
    """The bounds of a day and its length in microseconds, which many totals share."""
    start = day_start(day, time_zone)
    # The last day of the calendar has none after it; a story may still name it.
    end = start if day == date.max else day_start(one_day_later(day), time_zone)
    return start, end, (end - start) // MICROSECOND


def _end(placed: PlacedTotal) -> datetime:
    return placed.day.end
