"""`sum`: adds up a property of the events."""

from fractions import Fraction
from typing import ClassVar, Literal

from planql.aggregations.base import NumericAggregation, Readings, exact_sum
from planql.aggregations.days import DayQuantity, Days


class Sum(NumericAggregation):
    """Adds up a property of the events; 0 of none."""

    additive: ClassVar[bool] = True

    type: Literal["sum"]

    def quantity(self, readings: Readings) -> Fraction:
        """The exact total; negative values take away."""
        return exact_sum([reading.value for reading in readings.inside])

    def of_days(self, days: Days) -> DayQuantity:
        """The days' sums add up."""
        return sum(days.values)
