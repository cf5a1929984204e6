"""`time_weighted_sum`: a running total, weighted by the seconds it stood.

::

    +10            -4
     |--------------|---------------)     10 x whole + -4 x half = 8
    start                          end
"""

from datetime import datetime
from fractions import Fraction
from typing import ClassVar, Literal

from planql.aggregations.base import (
    NumericAggregation,
    Reading,
    Readings,
    exact_product,
    exact_sum,
)
from planql.aggregations.days import MICROSECOND, DayQuantity, Days
from planql.aggregations.values import Number


class TimeWeightedSum(NumericAggregation):
    """Each value counts for the share of the full period from its time to the period's end."""

    weighs_time: ClassVar[bool] = True

    type: Literal["time_weighted_sum"]
    carry_over: bool = False
    """Whether events before the period set the running total at its opening."""

    def carries_over(self) -> bool:
        """Whether events before the period set the running total at its opening."""
        return self.carry_over

    def quantity(self, readings: Readings) -> Fraction:
        """The values, each times its remaining time, over the length of the full period.

        Exact to the microsecond; an opening value stands from the period's start. A full period
        without length gives 0.
        """
        if not readings.full:
            return Fraction(0)
        standing = [
            _weighted(reading, readings.start, readings.end) for reading in readings.opening
        ]
        moving = [_weighted(reading, reading.time, readings.end) for reading in readings.inside]
        return exact_sum(standing + moving) / (readings.full // MICROSECOND)

    def of_days(self, days: Days) -> DayQuantity:
        """Each day's value stands for the seconds of the day in the period, over the full one's.

        What events gave is weighted already.
        """
        return days.weighted() + (days.measured or 0)


def _weighted(reading: Reading, since: datetime, end: datetime) -> Number:
    return exact_product(reading.value, (end - since) // MICROSECOND)
