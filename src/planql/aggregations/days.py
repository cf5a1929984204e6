"""Days whose quantities are assumed, not measured from events: what each aggregation combines.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import mul
from typing import Final

from msgspec import Struct

MICROSECOND: Final = timedelta(microseconds=1)

DayQuantity = int | Fraction
"""What a day adds, exact, in any unit that is the same for all days."""


class LocalDay(Struct, frozen=True, gc=False):
    """One local day of a zone.

    Attributes:
        date: Which one.
        start: Its first instant, UTC.
        end: The first instant of the day after, UTC.
        microseconds: From one to the other.
    """

    date: date
    start: datetime
    end: datetime
    microseconds: int

    def microseconds_in(self, start: datetime, end: datetime) -> int:
        """How much of the day lies between two instants; it overlaps the time between them."""
        if start <= self.start and self.end <= end:
            return self.microseconds
        return (min(self.end, end) - max(self.start, start)) // MICROSECOND


class Days(Struct, frozen=True, gc=False):
    """The assumed days of a period, in their order, ties in input order.

    Attributes:
        days: At least one. They begin in the period; for an aggregation that weighs time, they
            overlap it.
        quantities: What is assumed of each.
        measured: What events of the period gave, in the same unit; None where they have no value.
        start: The period's first instant, inclusive, UTC.
        end: The period's end, exclusive, UTC.
        full: Length of the full period.
    """

    days: Sequence[LocalDay]
    quantities: Sequence[DayQuantity]
    measured: DayQuantity | None
    start: datetime
    end: datetime
    full: timedelta

    @property
    def values(self) -> Sequence[DayQuantity]:
        """The quantity of each day; what events gave comes before them, as if it were one more."""
        return self.quantities if self.measured is None else [self.measured, *self.quantities]

    def weighted(self) -> DayQuantity:
        """The days' quantities, each times the part of the full period that its day has here.

        Exact to the microsecond; 0 of a full period without length.
        """
        if not self.full:
            return 0
        parts = (day.microseconds_in(self.start, self.end) for day in self.days)
        return Fraction(sum(map(mul, self.quantities, parts)), self.full // MICROSECOND)
