"""How much is simulated at once; every bound is checked before the work that it bounds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from planql.catalog.rate_plans import RatePlan
from planql.errors import InvalidInput
from planql.gateway.queries.simulated_usage import Asked
from planql.periods import Period
from planql.simulation.day_ranges import day_range

MOST_CELLS: Final = 50_000
"""Most days x charges, of all plans and scenarios together."""
MOST_LINES: Final = 5_000
"""Most lines of invoices: what short billing cycles make of a long range."""

_LEAST_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 28, "year": 365}


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
        raise _too_large(
            f"{days.days} days x {charges} charges, in {len(asked)} runs, are {cells}; at most "
            f"{MOST_CELLS} are simulated at once",
            f"of all of them, {MOST_CELLS // charges} days can be simulated; or ask for fewer "
            "plans, charges or scenarios",
        )
    lines = sum(_lines(each.priced.plan, days.days) for each in asked)
    if lines > MOST_LINES:
        raise _too_large(
            f"{days.days} days of these billing cycles are about {lines} lines of invoices, in "
            f"{len(asked)} runs; at most {MOST_LINES} are billed at once",
            f"ask for about {MOST_LINES * days.days // lines} days, or for fewer plans, charges "
            "or scenarios",
        )


def _lines(plan: RatePlan, days: int) -> int:
    """How many lines the charges of a plan make, at most."""
    cycles = (charge.billing_cycle or plan.billing_cycle for charge in plan.charges)
    lengths = (_LEAST_DAYS[each.interval] * each.interval_count for each in cycles)
    return sum(days // length + 1 for length in lengths)


def _too_large(message: str, hint: str) -> InvalidInput:
    return InvalidInput("simulation-too-large", message, hint=hint)
