"""`unique_count`: how many different values of a property are present at the period's end."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Literal

from planql.aggregations.base import AggregationBase, Reading, Readings
from planql.aggregations.days import DayQuantity, Days
from planql.aggregations.values import Unreadable, pointer_to, text_at
from planql.entity import Text


class UniqueCount(AggregationBase):
    """How many different values are present; an event may add its value or remove it."""

    type: Literal["unique_count"]
    property: Text
    """Dotted path to the value that is counted; null is a missing property."""
    operation_property: Text | None = None
    """Dotted path to what the event does: "remove" takes the value out, all else adds it."""
    carry_over: bool = False
    """Whether events before the period set what is present when it opens."""

    def carries_over(self) -> bool:
        """Whether events before the period set what is present when it opens."""
        return self.carry_over

    def read(self, time: datetime, data: Mapping[str, object]) -> Reading | Unreadable:
        """The value as text, with 1 to add it and 0 to remove it."""
        key = text_at(data, self.property)
        if key is None:
            return Unreadable(pointer_to(data, self.property), "is missing")
        return Reading(time, 0 if self._removes(data) else 1, key)

    def _removes(self, data: Mapping[str, object]) -> bool:
        operation = self.operation_property
        return operation is not None and text_at(data, operation) == "remove"

    def quantity(self, readings: Readings) -> Fraction:
        """How many values are present at the period's end."""
        present: dict[str, bool] = {}
        for reading in (*readings.opening, *readings.inside):
            present[reading.key] = reading.value == 1
        return Fraction(sum(present.values()))

    def of_days(self, days: Days) -> DayQuantity:
        """The days' values add up: what is assumed of a day was not there before."""
        return sum(days.values)
