"""How much is simulated at once; every bound is checked before the work that it bounds."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from planql.errors import InvalidInput
from planql.gateway.queries.simulated_usage import Asked
from planql.periods import Period
from planql.simulation.day_ranges import day_range

MOST_CELLS: Final = 50_000
"""Most days x charges, of all plans and scenarios together."""


def require_range(first: date, end: date) -> Period:
    """The days from `first` (inclusive) to `end` (exclusive).

    Raises:
        InvalidInput: `empty-range` or `range-too-long`.
    """
    days = Period(first, end)
    try:
        day_range(days, ZoneInfo("UTC"))
    except InvalidInput as error:
        error.pointer = "/to"
        error.hint = "`to` is the day after the last one"
        raise
    return days


def require_bounded(days: Period, asked: Sequence[Asked]) -> None:
    """Refuse what would take long.

    Raises:
        InvalidInput: `simulation-too-large`, with the product and how to get under the limit.
    """
    charges = sum(each.width for each in asked)
    cells = days.days * charges
    if cells > MOST_CELLS:
        raise InvalidInput(
            "simulation-too-large",
            f"{days.days} days x {charges} charges, in {len(asked)} runs, are {cells}; at most "
            f"{MOST_CELLS} are simulated at once",
            hint=f"of all of them, {MOST_CELLS // charges} days can be simulated; or ask for fewer "
            "plans, charges or scenarios",
        )
