"""`max`: the greatest value of a property."""

from fractions import Fraction
from typing import Literal

from planql.aggregations.base import NumericAggregation, Readings
from planql.aggregations.days import DayQuantity, Days


class Max(NumericAggregation):
    """The greatest value of a property; no value of no events."""

    type: Literal["max"]

    def quantity(self, readings: Readings) -> Fraction | None:
        """The greatest value, None of nothing."""
        values = [reading.value for reading in readings.inside]
        return Fraction(max(values)) if values else None

    def of_days(self, days: Days) -> DayQuantity:
        """The greatest of the days."""
        return max(days.values)
