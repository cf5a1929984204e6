"""`min`: the least value of a property."""

from fractions import Fraction
from typing import Literal

from planql.aggregations.base import NumericAggregation, Readings
from planql.aggregations.days import DayQuantity, Days


class Min(NumericAggregation):
    """The least value of a property; no value of no events."""

    type: Literal["min"]

    def quantity(self, readings: Readings) -> Fraction | None:
        """The least value, None of nothing."""
        values = [reading.value for reading in readings.inside]
        return Fraction(min(values)) if values else None

    def of_days(self, days: Days) -> DayQuantity:
        """The least of the days."""
        return min(days.values)
