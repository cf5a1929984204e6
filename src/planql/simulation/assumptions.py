"""Assumed usage, spread over days.

::

    month   |        March         |        April         |
    total   |  500 for all of it   |  515: 3 % more       |
    days             [ 13 | 19 | ... range ...       )

A monthly total is spread over the whole calendar month by cumulative rounding: day by day, what
is reached is the month's total times the weights so far over all weights, rounded. So days keep
the decimals that the total is written with (whole tickets stay whole), they sum to it exactly, and
no day is negative. Days outside the range are left out.

Growth compounds from the calendar month that holds the range's first day and is rounded to the
same decimals. Nothing else depends on the range.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from planql.billing.known_usage import KnownUsage
from planql.catalog.scenarios import AssumedUsage, DailySeries, Level, MonthlyTotal
from planql.charge_models.scales import scaled_bound
from planql.metering.usage import DailyTotals
from planql.money import DECIMALS, nearest_multiple
from planql.periods import Interval, IntervalUnit, Period, day_start, one_day_later

_MONTH: Final = Interval(IntervalUnit.MONTH)


def known_usage(totals: Sequence[DailyTotals], time_zone: ZoneInfo) -> KnownUsage:
    """Assumed usage as the billing engine takes it: each day is known when it begins."""
    return KnownUsage((), totals, time_zone)


def assumed_totals(
    usage: Sequence[AssumedUsage], days: Period, time_zone: ZoneInfo
) -> tuple[DailyTotals, ...]:
    """What is assumed of every day of a range, a column for each usage.

    Args:
        usage: That keeps the rules of `planql.catalog.checks.scenarios.check_assumed_usage`.
        days: Local days, half-open.
        time_zone: Whose days they are; a day that the zone skipped as a whole has no usage.

    Raises:
        InvalidInput: `date-out-of-range`, when the month after the range leaves the calendar.
    """
    months = _months(days, time_zone)
    wanted = tuple(day for month in months for day in month.days[month.inside])
    return tuple(_totals(each, wanted, months) for each in usage)


@dataclass(frozen=True, slots=True)
class _Month:
    """A calendar month that has days in the range.

    Attributes:
        number: How many months of the range come before it.
        days: All its days.
        weekdays: Of each of them, from 0 for Monday.
        inside: Which of them lie in the range.
    """

    number: int
    days: tuple[date, ...]
    weekdays: tuple[int, ...]
    inside: slice


@lru_cache(maxsize=16)
def _months(days: Period, time_zone: ZoneInfo) -> tuple[_Month, ...]:
    """The months of a range, which scenario after scenario is spread over."""
    return tuple(_months_from(days.start.replace(day=1), days, time_zone))


def _months_from(first: date, days: Period, time_zone: ZoneInfo) -> Iterator[_Month]:
    number = 0
    while first < days.end:
        following = _MONTH.after(first, 1)
        whole = tuple(_days_of(Period(first, following), time_zone))
        weekdays = tuple(day.weekday() for day in whole)
        inside = slice(bisect_left(whole, days.start), bisect_left(whole, days.end))
        yield _Month(number, whole, weekdays, inside)
        first, number = following, number + 1


def _days_of(month: Period, time_zone: ZoneInfo) -> Iterator[date]:
    """The local days of a month; a zone that moved over the date line skipped one."""
    for day in (month.start + timedelta(days=number) for number in range(month.days)):
        if day_start(day, time_zone) < day_start(one_day_later(day), time_zone):
            yield day


def _totals(
    assumed: AssumedUsage, wanted: tuple[date, ...], months: Sequence[_Month]
) -> DailyTotals:
    """A usage on the days of the range; a series may end before them, or go on after them."""
    quantities = tuple(_quantities(assumed, months))[: len(wanted)]
    size = assumed.event_value
    return DailyTotals(
        meter=assumed.meter,
        days=wanted[: len(quantities)],
        quantities=quantities,
        data=assumed.properties,
        event_value=None if size is None else Fraction(size),
        is_assumed=True,
    )


def _quantities(assumed: AssumedUsage, months: Sequence[_Month]) -> Iterable[int]:
    """What is used on the days of the range, in units of 10**-12."""
    match assumed.quantity:
        case MonthlyTotal() as total:
            return chain.from_iterable(_spread(total, months))
        case Level() as level:
            return chain.from_iterable(_standing(level, months))
        case DailySeries(quantities=quantities):
            return map(scaled_bound, quantities)
        case _:
            assert_never(assumed.quantity)


def _standing(level: Level, months: Sequence[_Month]) -> Iterator[list[int]]:
    unit = _last_decimal(level.quantity)
    grown = _grown(level.quantity, level.growth_percentage, months)
    for month, units in zip(months, grown, strict=True):
        yield [units * unit] * len(month.days[month.inside])


def _spread(total: MonthlyTotal, months: Sequence[_Month]) -> Iterator[list[int]]:
    unit, week = _last_decimal(total.total), _week(total)
    grown = _grown(total.total, total.growth_percentage, months)
    for month, units in zip(months, grown, strict=True):
        shares = _shares(units, [week[day] for day in month.weekdays])
        yield [share * unit for share in shares[month.inside]]


def _week(total: MonthlyTotal) -> list[int]:
    """What Monday to Sunday weigh, as whole numbers: those given, or the same for every day."""
    return [scaled_bound(weight) for weight in total.weekdays or ()] or [1] * 7


def _shares(units: int, weights: Sequence[int]) -> list[int]:
    """`units`, split by what each weight reaches; the parts sum to it, none is negative.

    What is reached is rounded half up, which is away from zero, as nothing is below it.
    """
    whole = sum(weights)
    reached = [(2 * units * weight + whole) // (2 * whole) for weight in accumulate(weights)]
    return list(map(sub, reached, [0, *reached]))


def _grown(start: Decimal, growth_percentage: Decimal, months: Sequence[_Month]) -> list[int]:
    """`start` after the growth of each month, in units of its last decimal, rounded half up."""
    units = scaled_bound(start) // _last_decimal(start)
    after, before = (1 + Fraction(growth_percentage) / 100).as_integer_ratio()
    return [nearest_multiple(units * after**month.number, before**month.number) for month in months]


def _last_decimal(number: Decimal) -> int:
    """A unit of the last decimal that a number is written with, in units of 10**-12."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "files hold finite numbers"  # noqa: S101
    unit: int = 10 ** (DECIMALS + min(exponent, 0))
    return unit
