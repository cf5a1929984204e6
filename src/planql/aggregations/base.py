"""What every aggregation is: it reads one value of each event, then makes them one quantity."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, localcontext
from fractions import Fraction
from typing import ClassVar, Final

from msgspec import Struct

from planql.aggregations.days import DayQuantity, Days
from planql.aggregations.values import Number, Unreadable, number_at
from planql.entity import Entity, Text

_EXACT: Final = Context(prec=400, traps=[Inexact, InvalidOperation, Overflow])
"""Wide enough for any sum of weighted values, and it refuses to round."""


class Reading(Struct, frozen=True, gc=False):
    """What an aggregation reads of one event.

    Attributes:
        time: When it happened.
        value: The number that is aggregated; 1 where the aggregation reads none.
        key: What is counted once; only `unique_count` has it.
    """

    time: datetime
    value: Number
    key: str = ""


class Readings(Struct, frozen=True, gc=False):
    """The readings of one group, in the order of their times, ties in input order.

    ::

        opening         inside
        x   x  x   [  x    x   x   )
                 start            end

    Attributes:
        inside: Of events in the period.
        opening: Of events before it; only for an aggregation that carries over.
        start: The period's first instant, inclusive, UTC.
        end: The period's end, exclusive, UTC.
        full: Length of the full period, the denominator of `time_weighted_sum`.
    """

    inside: Sequence[Reading]
    opening: Sequence[Reading]
    start: datetime
    end: datetime
    full: timedelta


class AggregationBase(Entity):
    """What `planql.metering` asks of every aggregation."""

    additive: ClassVar[bool] = False
    """Whether quantities of sub-periods may be added up; true for count and sum only."""

    weighs_time: ClassVar[bool] = False
    """Whether an assumed day counts for the part of it that lies in the period."""

    type: str

    def carries_over(self) -> bool:
        """Whether events before the period set the opening state."""
        return False

    @abstractmethod
    def read(self, time: datetime, data: Mapping[str, object]) -> Reading | Unreadable:
        """What counts of an event with this time and data, or why it cannot count."""

    @abstractmethod
    def quantity(self, readings: Readings) -> Fraction | None:
        """The exact, unrounded quantity; None where nothing was read and there is no value."""

    @abstractmethod
    def of_days(self, days: Days) -> DayQuantity:
        """The exact, unrounded quantity that days with assumed ones make of a period.

        It is in the unit of the days' quantities, and grows with them: twice as much of twice as
        much.
        """


class NumericAggregation(AggregationBase):
    """An aggregation of the numbers at one property."""

    property: Text
    """Dotted path into the event's data."""

    def read(self, time: datetime, data: Mapping[str, object]) -> Reading | Unreadable:
        """The number at the property."""
        number = number_at(data, self.property)
        return number if isinstance(number, Unreadable) else Reading(time, number)


def exact_sum(numbers: Sequence[Number]) -> Fraction:
    """The sum of exact numbers, of any size, never rounded; 0 of nothing."""
    if not numbers:
        return Fraction(0)
    with localcontext(_EXACT):
        return Fraction(sum(numbers))


def exact_product(number: Number, factor: int) -> Number:
    """A number times a whole one, never rounded."""
    return number * factor if isinstance(number, int) else _EXACT.multiply(number, Decimal(factor))
