"""Unit costs on the days of a range: the row in force on each day, in one currency.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planql.catalog.costs import Cost, CostRow
from planql.charge_models.scales import scaled_bound
from planql.simulation.day_ranges import DayRange


@dataclass(frozen=True, slots=True)
class Unknown:
    """A unit cost that is not known.

    Attributes:
        reason: Why, in words.
    """

    reason: str


UnitCost = int | Unknown
"""What one unit costs, in units of 10**-12 major units, or why that is not known."""

_NEVER: Final = 1 << 31


def unit_costs(cost: Cost, currency: str, days: DayRange) -> list[UnitCost]:
    """What one unit costs on each day of the range."""
    found: list[UnitCost] = [_before(cost)] * days.count
    starts = [row.effective_from.toordinal() for row in cost.rows]
    for row, (first, end) in zip(cost.rows, pairwise([*starts, _NEVER]), strict=True):
        start, stop = days.places(first, end - first)
        found[start:stop] = [_of_row(cost, row, currency)] * (stop - start)
    return found


def _before(cost: Cost) -> Unknown:
    first = cost.rows[0].effective_from
    return Unknown(f'cost "{cost.key}" is not known before "{first}"')


def _of_row(cost: Cost, row: CostRow, currency: str) -> UnitCost:
    if currency in row.unit_costs:
        return scaled_bound(row.unit_costs[currency])
    since = row.effective_from
    return Unknown(f'cost "{cost.key}" has no unit cost in "{currency}" from "{since}" on')
