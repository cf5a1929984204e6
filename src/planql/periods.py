"""Time: local days of a zone, half-open periods, billing periods that tile.

::

    anchor      +1           +2           +3
      |------------|------------|------------|----->
      [  period 0  )[  period 1 )[  period 2 )
            ^ a start here makes a stub: the rest of period 0

Owns: `Interval`, `Period`, anchors, the billing period that holds a day, instants of local days.
Does not own: which periods are billed, and when.

Cycle n is `anchor + n x interval`, for every integer n, clamped to the month's length and never
chained: 31 January, 28 February, 31 March. All periods are half-open `[start, end)`.

Source: RULES 2 (docs/rules/time.md).
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo

from planql.errors import InvalidInput

Anchor = Literal["subscription", "calendar"] | date
"""Where cycles are counted from: the day of the start, the calendar, or a date."""

MOST_PERIODS: Final = 10_000
"""Most periods that are listed at once: 27 years of days."""

_MONTHS_OF_YEAR: Final = 12
_DAYS_OF_WEEK: Final = 7
_DAYS_OF_EVERY_MONTH: Final = 28


class IntervalUnit(StrEnum):
    """What an interval counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Interval:
    """A length of calendar time: `count` whole units; `count` is at least 1."""

    unit: IntervalUnit
    count: int = 1

    def after(self, anchor: date, cycles: int) -> date:
        """`anchor + cycles x interval`, clamped to the length of the month it falls in.

        Raises:
            InvalidInput: `date-out-of-range`, outside the years 1 to 9999.
        """
        try:
            if self.unit in (IntervalUnit.DAY, IntervalUnit.WEEK):
                return anchor + timedelta(days=self._days * cycles)
            return _months_later(anchor, self._months * cycles)
        except (OverflowError, ValueError):
            raise InvalidInput(
                "date-out-of-range",
                f'{cycles} cycles of {self.count} {self.unit.value} from "{anchor}" leave the '
                "years 1 to 9999",
            ) from None

    def cycles_between(self, anchor: date, day: date) -> int:
        """The greatest n for which cycle n of `anchor` starts on or before `day`."""
        if self.unit in (IntervalUnit.DAY, IntervalUnit.WEEK):
            return (day - anchor).days // self._days
        guess = _months_between(anchor, day) // self._months
        return guess if self.after(anchor, guess) <= day else guess - 1

    @property
    def _days(self) -> int:
        return self.count * (_DAYS_OF_WEEK if self.unit is IntervalUnit.WEEK else 1)

    @property
    def _months(self) -> int:
        return self.count * (_MONTHS_OF_YEAR if self.unit is IntervalUnit.YEAR else 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local days from `start` (inclusive) to `end` (exclusive)."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many local days the period holds; daylight saving does not change it."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Grid:
    """The billing periods of an interval, counted from the day `origin` in both directions."""

    origin: date
    interval: Interval

    def period_of(self, day: date) -> Period:
        """The full period that holds `day`."""
        cycle = self.interval.cycles_between(self.origin, day)
        return Period(
            self.interval.after(self.origin, cycle), self.interval.after(self.origin, cycle + 1)
        )

    def starts_on(self, day: date) -> bool:
        """Whether a period starts on `day`."""
        return self.period_of(day).start == day

    def from_day(self, day: date) -> Iterator[Period]:
        """The full periods from the one that holds `day` on, without end."""
        cycle = self.interval.cycles_between(self.origin, day)
        start = self.interval.after(self.origin, cycle)
        while True:
            cycle += 1
            end = self.interval.after(self.origin, cycle)
            yield Period(start, end)
            start = end

    def rest_from(self, day: date) -> Iterator[Period]:
        """The periods from `day` on: what is left of the one that holds it, then full ones."""
        periods = self.from_day(day)
        yield replace(next(periods), start=day)
        yield from periods


def grid(start: date, interval: Interval, anchor: Anchor) -> Grid:
    """The billing periods of something that starts on the local day `start`.

    A calendar's months are grouped from January of the start's year, its weeks start on Monday,
    its days with the midnight after the start.

    Raises:
        InvalidInput: `calendar-interval`, for a calendar anchor and several weeks or years.
    """
    if anchor == "subscription":
        return Grid(start, interval)
    if isinstance(anchor, date):
        return Grid(anchor, interval)
    return Grid(_calendar_origin(start, interval), interval)


def _calendar_origin(start: date, interval: Interval) -> date:
    if interval.unit is IntervalUnit.DAY:
        return start + timedelta(days=1)
    if interval.unit is not IntervalUnit.MONTH and interval.count > 1:
        raise InvalidInput(
            "calendar-interval",
            f"several {interval.unit.value}s ({interval.count}) do not start at a place of the "
            "calendar",
            hint='anchor the cycle to "subscription" or to a date',
        )
    if interval.unit is IntervalUnit.WEEK:
        return start - timedelta(days=start.weekday())
    return start.replace(month=1, day=1)


def list_periods(
    start: date, cycles: Grid, *, count: int | None = None, until: date | None = None
) -> tuple[Period, ...]:
    """The periods from `start` on: `count` of them, or those that begin before `until`.

    Raises:
        InvalidInput: `too-many-periods`, above 10,000; `date-out-of-range`, after the year 9999.
    """
    if count is not None and count > MOST_PERIODS:
        raise _too_many("/count")
    wanted = takewhile(
        lambda period: until is None or period.start < until, cycles.rest_from(start)
    )
    found = tuple(islice(wanted, MOST_PERIODS if count is None else count))
    if count is None and next(wanted, None) is not None:
        raise _too_many("/until")
    return found


def _too_many(pointer: str) -> InvalidInput:
    return InvalidInput(
        "too-many-periods", f"at most {MOST_PERIODS} periods are listed at once", pointer=pointer
    )


def _months_later(anchor: date, months: int) -> date:
    """The day `months` after `anchor`, or the last of the month where that has fewer days."""
    years, month = divmod(anchor.year * _MONTHS_OF_YEAR + anchor.month - 1 + months, 12)
    if not 1 <= years <= date.max.year:
        raise OverflowError
    if anchor.day <= _DAYS_OF_EVERY_MONTH:
        return date(years, month + 1, anchor.day)
    return date(years, month + 1, min(anchor.day, monthrange(years, month + 1)[1]))


def _months_between(anchor: date, day: date) -> int:
    """Months from the month of `anchor` to the month of `day`."""
    return (day.year - anchor.year) * _MONTHS_OF_YEAR + day.month - anchor.month


def zone(name: str) -> ZoneInfo:
    """The IANA time zone `name`.

    Raises:
        InvalidInput: `unknown-time-zone`.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidInput(
            "unknown-time-zone",
            f'"{name}" is not an IANA time zone',
            hint='write a name such as "UTC" or "Europe/Berlin"',
        ) from None


def local_day(instant: datetime, time_zone: ZoneInfo) -> date:
    """The local day on which `instant` falls."""
    return instant.astimezone(time_zone).date()


def day_start(day: date, time_zone: ZoneInfo) -> datetime:
    """The first instant of the local day, in UTC: midnight, or what follows a skipped midnight.

    Where midnight comes twice, the first one counts. A day that a zone skipped whole starts with
    the day after it.
    """
    return _day_start(day, time_zone)


@lru_cache(maxsize=1 << 14)
def _day_start(day: date, time_zone: ZoneInfo) -> datetime:
    """Looked up again for every total of a day: the zone's rules are asked once."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=time_zone)
    instant = midnight.astimezone(UTC)
    if instant.astimezone(time_zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return instant
    return _first_instant(midnight.replace(fold=1).astimezone(UTC), instant, day, time_zone)


def _first_instant(before: datetime, after: datetime, day: date, time_zone: ZoneInfo) -> datetime:
    """When clocks jumped from before midnight to after it: halve until a second is left."""
    second = timedelta(seconds=1)
    while after - before > second:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if local_day(middle, time_zone) < day:
            before = middle
        else:
            after = middle
    return after


def one_day_later(day: date) -> date:
    """The day after `day`."""
    return day + timedelta(days=1)
