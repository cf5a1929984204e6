"""Usage that comes as one quantity per local day: summed elsewhere, or assumed.

::

    starts  |  1 June  |  2 June  |  3 June  |
                 [        span        )
                          ^ begins inside
                 ^        ^ overlap

A day counts where it begins. Only what weighs time asks for the days that overlap a span.

Days are kept in columns: a year that is assumed of a meter is one record, not one for each day.

Source: RULES 3.1, 9.1; INTERFACES, `usage_totals` (docs/rules/metering.md).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from planql.aggregations.days import MICROSECOND, LocalDay
from planql.charge_models.scales import Scaled
from planql.metering.spans import Span
from planql.periods import day_start, one_day_later

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


class DailyTotals(Struct, frozen=True, gc=False):
    """What a meter measured on local days, or is assumed to measure.

    Attributes:
        meter: Key of a meter; one that counts or sums, unless the totals are assumed.
        days: The local days, in the customer's zone, ascending.
        quantities: One for each day, of either sign, in units of 10**-12.
        recorded_at: When they became known; None is: each on its day.
        data: What the days' events would say: a charge's filter is asked about it, and its groups
            are taken from it. None: the filter has been applied where the totals were made, and
            the group is that of missing values. The meter's own filter is never asked.
        event_value: Size of one event, above 0, for prices per event: a day is that many events
            of this size, the last one smaller. None: 1 for an assumed count; no events otherwise.
        is_assumed: Whether they are an assumption; then they serve every aggregation.
    """

    meter: str
    days: tuple[date, ...]
    quantities: tuple[Scaled, ...]
    recorded_at: datetime | None = None
    data: Mapping[str, object] | None = None
    event_value: Fraction | None = None
    is_assumed: bool = False

    def only(self, chosen: Sequence[bool]) -> "DailyTotals":
        """Those of the days that are chosen."""
        return replace(
            self,
            days=tuple(compress(self.days, chosen)),
            quantities=tuple(compress(self.quantities, chosen)),
        )


class PlacedTotals(Struct, frozen=True, gc=False):
    """Daily totals and the instants of their days, one after the other."""

    totals: DailyTotals
    days: Sequence[LocalDay]

    def part(self, first: int, end: int) -> "PlacedTotals":
        """Those from the place `first` to before `end`."""
        days, quantities = self.totals.days[first:end], self.totals.quantities[first:end]
        part = replace(self.totals, days=days, quantities=quantities)
        return PlacedTotals(part, self.days[first:end])


class TotalsOfMeter:
    """The daily totals of one meter, in columns; days of a column say the same of their events."""

    def __init__(self, columns: Sequence[PlacedTotals]) -> None:
        self._columns = columns

    def inside(self, span: Span) -> list[PlacedTotals]:
        """Those whose day begins in the span; no column is empty."""
        firsts = [bisect_left(column.days, span.start, key=_START) for column in self._columns]
        return self._parts(firsts, span.end)

    def overlapping(self, span: Span) -> list[PlacedTotals]:
        """Those whose day has a part in the span; no column is empty."""
        firsts = [bisect_right(column.days, span.start, key=_END) for column in self._columns]
        return self._parts(firsts, span.end)

    def _parts(self, firsts: Sequence[int], until: datetime) -> list[PlacedTotals]:
        parts = []
        for column, first in zip(self._columns, firsts, strict=True):
            end = bisect_left(column.days, until, lo=first, key=_START)
            if first < end:
                parts.append(column.part(first, end))
        return parts


def in_order(columns: Sequence[PlacedTotals]) -> tuple[Sequence[LocalDay], Sequence[Scaled]]:
    """All days of at least one column and their quantities, by day, ties in input order."""
    if len(columns) == 1:
        return columns[0].days, columns[0].totals.quantities
    pairs = [
        pair for each in columns for pair in zip(each.days, each.totals.quantities, strict=True)
    ]
    pairs.sort(key=lambda pair: pair[0].start)
    return [day for day, _ in pairs], [quantity for _, quantity in pairs]


def totals_by_meter(totals: Iterable[DailyTotals], time_zone: ZoneInfo) -> dict[str, TotalsOfMeter]:
    """The totals of each meter, made ready to be asked for many times."""
    columns: dict[str, list[PlacedTotals]] = {}
    local: dict[tuple[date, ...], list[LocalDay]] = {}
    for column in _columns(totals):
        if column.days not in local:
            local[column.days] = [_local_day(day, time_zone) for day in column.days]
        columns.setdefault(column.meter, []).append(PlacedTotals(column, local[column.days]))
    return {meter: TotalsOfMeter(same) for meter, same in columns.items()}


def _columns(totals: Iterable[DailyTotals]) -> Iterator[DailyTotals]:
    """One record for what is of one meter and says the same of its events.

    When it became known is not asked any more: usage is what was known at one time.
    """
    alike: dict[object, list[DailyTotals]] = {}
    for each in totals:
        key = (each.meter, id(each.data), each.event_value, each.is_assumed)
        alike.setdefault(key, []).append(each)
    return map(_joined, alike.values())


def _joined(alike: Sequence[DailyTotals]) -> DailyTotals:
    """All of them by day, ties in input order."""
    if len(alike) == 1:
        return alike[0]
    pairs = [pair for each in alike for pair in zip(each.days, each.quantities, strict=True)]
    pairs.sort(key=itemgetter(0))
    days, quantities = tuple(day for day, _ in pairs), tuple(quantity for _, quantity in pairs)
    return replace(alike[0], days=days, quantities=quantities)


@lru_cache(maxsize=1 << 14)
def _local_day(day: date, time_zone: ZoneInfo) -> LocalDay:
    """A day and its bounds, which many totals share."""
    start = day_start(day, time_zone)
    # The last day of the calendar has none after it; a story may still name it.
    end = start if day == date.max else day_start(one_day_later(day), time_zone)
    return LocalDay(day, start, end, (end - start) // MICROSECOND)
