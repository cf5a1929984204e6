"""`latest`: the value of the event with the greatest time."""

from fractions import Fraction
from typing import Literal

from planql.aggregations.base import NumericAggregation, Readings
from planql.aggregations.days import DayQuantity, Days


class Latest(NumericAggregation):
    """The value of the event with the greatest time; no value of no events."""

    type: Literal["latest"]

    def quantity(self, readings: Readings) -> Fraction | None:
        """The last value; of several at one instant the one that came in last."""
        return Fraction(readings.inside[-1].value) if readings.inside else None

    def of_days(self, days: Days) -> DayQuantity:
        """The last day's; of several for one day, the one that was given last."""
        return days.values[-1]
