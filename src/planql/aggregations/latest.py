"""`latest`: the value of the event with the greatest time."""

from fractions import Fraction
from typing import Literal

from planql.aggregations.base import NumericAggregation, Readings


class Latest(NumericAggregation):
    """The value of the event with the greatest time; no value of no events."""

    type: Literal["latest"]

    def quantity(self, readings: Readings) -> Fraction | None:
        """The last value; of several at one instant the one that came in last."""
        return Fraction(readings.inside[-1].value) if readings.inside else None
