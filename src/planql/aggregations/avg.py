"""`avg`: the mean of a property over the events."""

from fractions import Fraction
from typing import Literal

from planql.aggregations.base import NumericAggregation, Readings, exact_sum
from planql.aggregations.days import DayQuantity, Days


class Avg(NumericAggregation):
    """The mean of a property over the events that have it; no value of no events."""

    type: Literal["avg"]

    def quantity(self, readings: Readings) -> Fraction | None:
        """The exact mean, each event weighing the same; None of nothing."""
        count = len(readings.inside)
        return exact_sum([reading.value for reading in readings.inside]) / count if count else None

    def of_days(self, days: Days) -> DayQuantity:
        """The mean of the days, each weighing the same."""
        return Fraction(sum(days.values), len(days.values))
