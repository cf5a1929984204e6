"""Time: local days of a zone, half-open periods, billing periods that tile.

::

    anchor      +1           +2           +3
      |------------|------------|------------|----->
      [  period 0  )[  period 1 )[  period 2 )

Owns: `Interval`, `Period`, anchors, the billing period that holds a day, instants of local days.
Does not own: which periods are billed, and when.

Cycle n is `anchor + n x interval`, clamped to the month's length and never chained:
31 January, 28 February, 31 March. All periods are half-open `[start, end)`.

Source: RULES 2 (docs/rules/time.md).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from planql.errors import InvalidInput


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


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local days from `start` (inclusive) to `end` (exclusive)."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many local days the period holds; daylight saving does not change it."""
        return (self.end - self.start).days


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
    """The first instant of the local day: midnight, or what follows a skipped midnight."""
    raise NotImplementedError


def one_day_later(day: date) -> date:
    """The day after `day`."""
    return day + timedelta(days=1)
