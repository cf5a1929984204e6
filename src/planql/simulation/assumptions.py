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
from itertools import accumulate, chain, pairwise
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from planql.billing.known_usage import KnownUsage
from planql.catalog.scenarios import AssumedUsage, DailySeries, Level, MonthlyTotal
from planql.metering.usage import DailyTotal
from planql.money import DECIMALS, nearest_multiple
from planql.periods import Interval, IntervalUnit, Period, day_start, one_day_later

_MONTH: Final = Interval(IntervalUnit.MONTH)


def known_usage(totals: Sequence[DailyTotal], time_zone: ZoneInfo) -> KnownUsage:
    """Assumed usage as the billing engine takes it: each day is known when it begins."""
    return KnownUsage((), totals, time_zone)


def assumed_totals(
    usage: Sequence[AssumedUsage], days: Period, time_zone: ZoneInfo
) -> tuple[DailyTotal, ...]:
    """What is assumed of every day of a range, one usage after the other, each by day.

    Args:
        usage: That keeps the rules of `planql.catalog.checks.scenarios.check_assumed_usage`.
        days: Local days, half-open.
        time_zone: Whose days they are; a day that the zone skipped as a whole has no usage.

    Raises:
        InvalidInput: `date-out-of-range`, when the month after the range leaves the calendar.
    """
    months = tuple(_months(days, time_zone))
    wanted = [day for month in months for day in month.days[month.inside]]
    return tuple(total for each in usage for total in _totals(each, wanted, months))


@dataclass(frozen=True, slots=True)
class _Month:
    """A calendar month that has days in the range.

    Attributes:
        number: How many months of the range come before it.
        days: All its days.
        inside: Which of them lie in the range.
    """

    number: int
    days: tuple[date, ...]
    inside: slice


def _months(days: Period, time_zone: ZoneInfo) -> Iterator[_Month]:
    first, number = days.start.replace(day=1), 0
    while first < days.end:
        following = _MONTH.after(first, 1)
        whole = tuple(_days_of(Period(first, following), time_zone))
        inside = slice(bisect_left(whole, days.start), bisect_left(whole, days.end))
        yield _Month(number, whole, inside)
        first, number = following, number + 1


def _days_of(month: Period, time_zone: ZoneInfo) -> Iterator[date]:
    """The local days of a month; a zone that moved over the date line skipped one."""
    for day in (month.start + timedelta(days=number) for number in range(month.days)):
        if day_start(day, time_zone) < day_start(one_day_later(day), time_zone):
            yield day


def _totals(
    assumed: AssumedUsage, wanted: Sequence[date], months: Sequence[_Month]
) -> Iterator[DailyTotal]:
    meter, data, size = assumed.meter, assumed.properties, assumed.event_value
    event_value = None if size is None else Fraction(size)
    for day, quantity in zip(wanted, _quantities(assumed, months), strict=False):
        yield DailyTotal(meter, day, quantity, None, data, event_value, is_assumed=True)


def _quantities(assumed: AssumedUsage, months: Sequence[_Month]) -> Iterable[Fraction]:
    """What is used on the days of the range, one by one; nothing after the end of a series."""
    match assumed.quantity:
        case MonthlyTotal() as total:
            week = _week(total)
            return chain.from_iterable(_spread(total, week, month) for month in months)
        case Level() as level:
            return chain.from_iterable(_standing(level, month) for month in months)
        case DailySeries(quantities=quantities):
            return map(Fraction, quantities)
        case _:
            assert_never(assumed.quantity)


def _standing(level: Level, month: _Month) -> list[Fraction]:
    units = _grown(level.quantity, level.growth_percentage, month.number)
    return [Fraction(units, 10 ** _decimals(level.quantity))] * len(month.days[month.inside])


def _spread(total: MonthlyTotal, week: Sequence[int], month: _Month) -> list[Fraction]:
    units = _grown(total.total, total.growth_percentage, month.number)
    scale = 10 ** _decimals(total.total)
    shares = _shares(units, [week[day.weekday()] for day in month.days])
    exact = {share: Fraction(share, scale) for share in set(shares)}
    return [exact[share] for share in shares[month.inside]]


def _week(total: MonthlyTotal) -> list[int]:
    """What Monday to Sunday weigh, as whole numbers: those given, or the same for every day."""
    weights = total.weekdays or [Decimal(1)] * 7
    return [int(Fraction(weight) * 10**DECIMALS) for weight in weights]


def _shares(units: int, weights: Sequence[int]) -> list[int]:
    """`units`, split by what each weight reaches; the parts sum to it, none is negative."""
    whole = sum(weights)
    reached = [nearest_multiple(units * weight, whole) for weight in accumulate(weights)]
    return [after - before for before, after in pairwise([0, *reached])]


def _grown(start: Decimal, growth_percentage: Decimal, months: int) -> int:
    """`start` after `months` of growth, in units of its last decimal, rounded half up."""
    units = int(Fraction(start) * 10 ** _decimals(start))
    after, before = (1 + Fraction(growth_percentage) / 100).as_integer_ratio()
    return nearest_multiple(units * after**months, before**months)


def _decimals(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "files hold finite numbers"  # noqa: S101
    return max(-exponent, 0)
