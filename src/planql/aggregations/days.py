"""Days whose quantities are assumed, not measured from events: what each aggregation combines.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import lcm
from typing import Final

from msgspec import Struct

MICROSECOND: Final = timedelta(microseconds=1)


class DayValue(Struct, frozen=True, gc=False):
    """What is assumed of one local day.

    Attributes:
        value: The day's quantity, exact.
        start: The day's first instant, UTC.
        end: The first instant of the day after, UTC.
        microseconds: From one to the other.
    """

    value: Fraction
    start: datetime
    end: datetime
    microseconds: int

    def microseconds_in(self, start: datetime, end: datetime) -> int:
        """How much of the day lies between two instants; it overlaps the time between them."""
        if start <= self.start and self.end <= end:
            return self.microseconds
        return (min(self.end, end) - max(self.start, start)) // MICROSECOND


@dataclass(frozen=True, slots=True)
class Days:
    """The assumed days of a period, in their order, ties in input order.

    Attributes:
        days: At least one. They begin in the period; for an aggregation that weighs time, they
            overlap it.
        measured: What events of the period gave; None where they have no value.
        start: The period's first instant, inclusive, UTC.
        end: The period's end, exclusive, UTC.
        full: Length of the full period.
    """

    days: Sequence[DayValue]
    measured: Fraction | None
    start: datetime
    end: datetime
    full: timedelta

    @property
    def values(self) -> list[Fraction]:
        """The value of each day; what events gave comes before them, as if it were one more."""
        values = [day.value for day in self.days]
        return values if self.measured is None else [self.measured, *values]

    def weighted(self) -> Fraction:
        """The days' values, each times the part of the full period that its day has in the period.

        Exact to the microsecond; 0 of a full period without length.
        """
        if not self.full:
            return Fraction(0)
        parts = [day.microseconds_in(self.start, self.end) for day in self.days]
        return _dot([day.value for day in self.days], parts) / (self.full // MICROSECOND)


def exact_total(numbers: Sequence[Fraction]) -> Fraction:
    """The sum of fractions; 0 of nothing. Whole numbers, which most are, are only counted."""
    if all(number.denominator == 1 for number in numbers):
        return Fraction(sum(number.numerator for number in numbers))
    return _dot(numbers, [1] * len(numbers))


def _dot(numbers: Sequence[Fraction], weights: Sequence[int]) -> Fraction:
    """The sum of numbers times their weights, on one denominator: far faster than one by one."""
    ratios = [number.as_integer_ratio() for number in numbers]
    common = lcm(*{denominator for _, denominator in ratios})
    total = sum(
        numerator * (common // denominator) * weight
        for (numerator, denominator), weight in zip(ratios, weights, strict=True)
    )
    return Fraction(total, common)
