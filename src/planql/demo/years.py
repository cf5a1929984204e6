"""The year that ends on the day of the demo: which day "06-16" is.

A day of the demo is written month and day. Months count from 00, the same month a year ago, so
that 11 is the month before the current one; a day that a month lacks is its last one.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final

from pydantic import Field

MONTHS: Final = 12
"""How many whole months there are before the current one."""

_OPENS: Final = time(9, tzinfo=UTC)

DemoDay = Annotated[str, Field(pattern=r"^(0\d|1[01])-(0[1-9]|[12]\d|3[01])$")]
"""A day of the demo's year: "06-16"."""


@dataclass(frozen=True, slots=True)
class DemoYear:
    """Twelve months and what has passed of the current one.

    Attributes:
        as_of: Where it ends, in UTC.
    """

    as_of: datetime

    def day(self, text: DemoDay) -> date:
        """The day that `text` stands for."""
        month, _, day = text.partition("-")
        first = self.month(int(month))
        return first.replace(day=min(int(day), monthrange(first.year, first.month)[1]))

    def instant(self, text: DemoDay) -> datetime:
        """Nine o'clock of that day, UTC."""
        return datetime.combine(self.day(text), _OPENS)

    def month(self, number: int) -> date:
        """The first day of a month; `MONTHS` is the current one."""
        months = self.as_of.year * 12 + self.as_of.month - 1 - MONTHS + number
        return date(months // 12, months % 12 + 1, 1)

    def stretches(self) -> Iterator[tuple[datetime, datetime]]:
        """The months as stretches of time, start inclusive, end exclusive.

        The last one is the current month up to `as_of`.
        """
        for number in range(MONTHS):
            yield _midnight(self.month(number)), _midnight(self.month(number + 1))
        yield _midnight(self.month(MONTHS)), self.as_of + timedelta(microseconds=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(tzinfo=UTC))
