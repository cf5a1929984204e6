"""Local days in a row: the range of a simulation, and the days that a span of time touches.

::

    span        [ 14:00 ------------------ 09:00 )
    days     |   1 June   |   2 June   |   3 June   |
    seconds        36000        86400       32400

Days are counted by their ordinals, so that a place in a column is a difference of two.

Source: RULES 9.3 (docs/rules/simulation.md).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from planql.errors import InvalidInput
from planql.metering.spans import Span
from planql.periods import Period, day_start, local_day

MOST_DAYS: Final = 3_660
"""Most days of one simulation: ten years."""

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Local days one after another, with a number for each.

    Attributes:
        first: Ordinal of the first day.
        values: One for each day, at least one.
    """

    first: int
    values: list[int]


@dataclass(frozen=True, slots=True)
class DayRange:
    """The local days of a simulation.

    Attributes:
        first: Ordinal of the first day.
        count: How many days; at least 1.
        time_zone: Whose days they are.
    """

    first: int
    count: int
    time_zone: ZoneInfo

    @property
    def days(self) -> tuple[date, ...]:
        """The days, in order."""
        ordinals = range(self.first, self.first + self.count)
        return tuple(date.fromordinal(ordinal) for ordinal in ordinals)

    @property
    def span(self) -> Span:
        """From the first instant of the first day to the end of the last one."""
        first, end = date.fromordinal(self.first), date.fromordinal(self.first + self.count)
        return Span(day_start(first, self.time_zone), day_start(end, self.time_zone))

    @property
    def last_instant(self) -> datetime:
        """The last microsecond of the range."""
        return self.span.end - _MICROSECOND

    def overlaps(self, span: Span) -> bool:
        """Whether a day of the range is touched by the span."""
        start, end = self.places(*touched(span, self.time_zone))
        return start < end

    def places(self, first: int, count: int) -> tuple[int, int]:
        """Where days lie in a column: first place and end; both are the same when they do not.

        Args:
            first: Ordinal of the first of them.
            count: How many.
        """
        start = max(first - self.first, 0)
        return start, max(start, min(first + count - self.first, self.count))


def day_range(days: Period, time_zone: ZoneInfo) -> DayRange:
    """The range from `days.start` (inclusive) to `days.end` (exclusive).

    Raises:
        InvalidInput: `empty-range` or `range-too-long`.
    """
    if days.days < 1:
        raise InvalidInput(
            "empty-range", f'the range from "{days.start}" to "{days.end}" holds no day'
        )
    if days.days > MOST_DAYS:
        raise InvalidInput(
            "range-too-long",
            f"the range holds {days.days} days; at most {MOST_DAYS} are simulated at once",
        )
    return DayRange(days.start.toordinal(), days.days, time_zone)


@lru_cache(maxsize=1 << 10)
def touched(span: Span, time_zone: ZoneInfo) -> tuple[int, int]:
    """Ordinal of the first local day with a part in the span, and how many have one; at least 1.

    Kept, as the same periods are asked for charge after charge.
    """
    first = local_day(span.start, time_zone).toordinal()
    last = local_day(max(span.start, span.end - _MICROSECOND), time_zone).toordinal()
    return first, last - first + 1


@lru_cache(maxsize=1 << 10)
def day_ends(span: Span, time_zone: ZoneInfo) -> tuple[datetime, ...]:
    """Where each day that the span touches ends, the last one where the span does."""
    first, count = touched(span, time_zone)
    following = range(first + 1, first + count)
    ends = [day_start(date.fromordinal(ordinal), time_zone) for ordinal in following]
    return (*ends, span.end)


def day_weights(span: Span, time_zone: ZoneInfo, *, in_days: bool) -> Stretch:
    """What each day of the span weighs: 1, or its microseconds inside; 1 in a span of no length."""
    first, count = touched(span, time_zone)
    if in_days or not span.length:
        return Stretch(first, [1] * count)
    ends = day_ends(span, time_zone)
    starts = [span.start, *ends[:-1]]
    lengths = [(end - start) // _MICROSECOND for start, end in zip(starts, ends, strict=True)]
    return Stretch(first, lengths)
