"""The days that `planql simulate` covers."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import click

from planql.entity import parse_date
from planql.errors import InvalidInput
from planql.periods import Interval, IntervalUnit, Period, local_day

_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_ONE_MONTH: Final = Interval(IntervalUnit.MONTH)
_MONTHS: Final = 12
"""Months of a range whose end nobody says."""


def chosen_range(
    first: str | None, end: str | None, month: str | None, as_of: datetime, time_zone: ZoneInfo
) -> Period:
    """The days from `first` (inclusive) to `end` (exclusive), or those of a month.

    Without a first day the range begins with the month of `as_of`; without an end it has 12 months.

    Raises:
        InvalidInput: `not-a-date`, `not-a-month` or `empty-range`.
    """
    if month is not None:
        if first or end:
            raise click.UsageError("--month is a range by itself, without --from and --to")
        return _month(month)
    start = local_day(as_of, time_zone).replace(day=1) if first is None else _day(first)
    days = Period(start, _ONE_MONTH.after(start, _MONTHS) if end is None else _day(end))
    if days.days < 1:
        raise InvalidInput(
            "empty-range",
            f'the range ends on "{days.end}", not after its first day, "{days.start}"',
            hint="--to is the day after the last one",
        )
    return days


def whole_months(first: date, last: date) -> Period:
    """The months from that of `first` to that of `last`, both whole."""
    return Period(first.replace(day=1), _ONE_MONTH.after(last.replace(day=1), 1))


def _month(text: str) -> Period:
    start = parse_date(f"{text}-01") if _MONTH.fullmatch(text) else None
    if start is None:
        raise InvalidInput("not-a-month", f'"{text}" is not a month', hint="write 2026-10")
    return Period(start, _ONE_MONTH.after(start, 1))


def _day(text: str) -> date:
    day = parse_date(text)
    if day is None:
        raise InvalidInput(
            "not-a-date", f'"{text}" is not a date', hint="write year-month-day: 2026-03-01"
        )
    return day
