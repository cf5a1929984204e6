"""`count`: how many events there are."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import ClassVar, Literal

from planql.aggregations.base import AggregationBase, Reading, Readings
from planql.aggregations.days import DayQuantity, Days


class Count(AggregationBase):
    """How many events there are; 0 of none."""

    additive: ClassVar[bool] = True

    type: Literal["count"]

    def read(self, time: datetime, data: Mapping[str, object]) -> Reading:  # noqa: ARG002
        """One event counts 1, whatever its data."""
        return Reading(time, 1)

    def quantity(self, readings: Readings) -> Fraction:
        """How many were read."""
        return Fraction(len(readings.inside))

    def of_days(self, days: Days) -> DayQuantity:
        """The days' numbers of events add up."""
        return sum(days.values)
