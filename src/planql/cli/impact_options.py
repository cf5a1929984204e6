"""The options of `planql impact`, and what they say together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from planql.cli.named_values import named_values, quantity
from planql.entity import parse_date
from planql.errors import InvalidInput
from planql.impact.outcomes import months_from
from planql.money import plain
from planql.periods import Interval, IntervalUnit, Period, local_day, zone

Form = Literal["text", "json", "markdown", "svg", "png"]

FORMS: Final[tuple[Form, ...]] = ("text", "json", "markdown", "svg", "png")
MONTHS: Final = 12
"""Months compared when nobody says how many."""

_MONTH: Final = Interval(IntervalUnit.MONTH)
_FIRST: Final = re.compile(r"[0-9]{4}-[0-9]{2}(-01)?")


@dataclass(frozen=True, slots=True)
class ImpactOptions:
    """What is asked of an impact; see the help of each option of `planql impact`.

    Attributes:
        as_of: What happened later is not known.
        from_: The first month of scenarios, as written; None is the one after `as_of`.
        months: How many months are compared.
        scenario: Keys; all, when there are none.
        plan: Keys; all touched plans, when there are none.
        store: The database of real customers; None for none.
        usage: A file of exported events; None for none.
        quantity: Declared quantities, NAME=QUANTITY.
        workers: Processes that compare customers; None for as many as are worth it.
    """

    as_of: datetime
    from_: str | None = None
    months: int = MONTHS
    scenario: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    store: str | None = None
    usage: Path | None = None
    quantity: tuple[str, ...] = ()
    workers: int | None = None

    def day(self, time_zone: str) -> date:
        """The local day on which this is asked."""
        return local_day(self.as_of, zone(time_zone))

    def coming(self, time_zone: str) -> tuple[Period, ...]:
        """The months that scenarios are compared over.

        Raises:
            InvalidInput: `not-a-month`.
        """
        if self.from_ is None:
            first = _MONTH.after(self.day(time_zone).replace(day=1), 1)
        else:
            first = _first_day(self.from_)
        return months_from(first, self.months)

    def recorded(self, time_zone: str) -> tuple[Period, ...]:
        """The last full months, over which recorded usage is compared."""
        this_month = self.day(time_zone).replace(day=1)
        return months_from(_MONTH.after(this_month, -self.months), self.months)

    @property
    def quantities(self) -> Mapping[str, str]:
        """The declared quantities, by name.

        Raises:
            InvalidInput: one is no quantity.
        """
        given = named_values("--quantity", self.quantity)
        return {name: plain(quantity("--quantity", text)) for name, text in given.items()}


def _first_day(text: str) -> date:
    day = parse_date(text if len(text) > len("2026-10") else f"{text}-01")
    if day is None or not _FIRST.fullmatch(text):
        raise InvalidInput("not-a-month", f'"{text}" is not a month', hint="write 2026-10")
    return day
