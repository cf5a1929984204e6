"""Unit costs on the days of a range: the row in force on each day, in one currency.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planql.catalog.costs import Cost, CostRow
from planql.charge_models.scales import scaled_bound
from planql.simulation.day_ranges import DayRange

_NEVER: Final = 1 << 31


@dataclass(frozen=True, slots=True)
class Unknown:
    """Days on which a unit cost is not known.

    Attributes:
        start: Place of the first of them in the range.
        end: Place after the last one; the same as `start` when none of them is in the range.
        reason: Why, in words.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """What one unit costs on each day of the range.

    Attributes:
        amounts: In units of 10**-12 major units; 0 where it is not known.
        unknown: Where that is, by day.
    """

    amounts: list[int]
    unknown: list[Unknown]


def unit_costs(cost: Cost, currency: str, days: DayRange) -> UnitCosts:
    """What one unit costs on each day of the range: what the row in force says."""
    starts = [row.effective_from.toordinal() for row in cost.rows]
    found = UnitCosts([0] * days.count, [Unknown(*days.places(0, starts[0]), _before(cost))])
    for row, (first, end) in zip(cost.rows, pairwise([*starts, _NEVER]), strict=True):
        start, stop = days.places(first, end - first)
        if currency in row.unit_costs:
            found.amounts[start:stop] = [scaled_bound(row.unit_costs[currency])] * (stop - start)
        else:
            found.unknown.append(Unknown(start, stop, _without(cost, row, currency)))
    return found


def _before(cost: Cost) -> str:
    first = cost.rows[0].effective_from
    return f'cost "{cost.key}" is not known before "{first}"'


def _without(cost: Cost, row: CostRow, currency: str) -> str:
    since = row.effective_from
    return f'cost "{cost.key}" has no unit cost in "{currency}" from "{since}" on'
