"""From a simulation to what one side of a comparison pays and costs, month by month.

Source: RULES 9.4 (docs/rules/impact.md).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from planql.catalog.rate_plans import RatePlan
from planql.errors import PlanqlError
from planql.impact.results import Outcome
from planql.periods import Interval, IntervalUnit, Period
from planql.simulation.results import Simulation
from planql.simulation.totals import Totals, in_all

_MONTH: Final = Interval(IntervalUnit.MONTH)


def months_from(first: date, count: int) -> tuple[Period, ...]:
    """`count` calendar months, one after another.

    Args:
        first: The first day of a month.
        count: How many, at least 1.
    """
    starts = [_MONTH.after(first, number) for number in range(count + 1)]
    return tuple(Period(start, end) for start, end in pairwise(starts))


def whole(months: Sequence[Period]) -> Period:
    """The days of all months."""
    return Period(months[0].start, months[-1].end)


def outcome(
    plan: RatePlan,
    months: Sequence[Period],
    simulated: Callable[[], Simulation],
    missing: tuple[str, ...] = (),
) -> Outcome:
    """What a plan earns and costs in each month; unknown, with the error's text, if it fails.

    Args:
        plan: The version on this side.
        months: Of the simulation, which starts with the first.
        simulated: The simulation.
        missing: Why costs are not known, beside what the simulation says.
    """
    try:
        simulation = simulated()
    except PlanqlError as error:
        return Outcome(plan.version, unknown=f"it cannot be simulated: {error.message}")
    sums = tuple(_months(simulation, plan.currency, months, missing))
    return Outcome(plan.version, sums, notices=simulation.notices)


def _months(
    simulation: Simulation, currency: str, months: Sequence[Period], missing: tuple[str, ...]
) -> Iterator[Totals]:
    """The sums of each month in the plan's currency; a month without rows earns nothing."""
    nothing = Totals(currency, Fraction(0), None, missing)
    rows = [row for row in simulation.rows if row.currency == currency]
    origin = months[0].start
    for month in months:
        first, end = (month.start - origin).days, (month.end - origin).days
        (total,) = in_all([nothing, *(row.totals(first, end) for row in rows)])
        yield total
