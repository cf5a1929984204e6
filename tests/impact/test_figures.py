"""How two sides differ."""

from fractions import Fraction

import pytest

from planql.impact.figures import Difference
from planql.simulation.totals import Totals

UNKNOWN = ("no cost is known",)


def totals(revenue: int, cost: int | None, missing: tuple[str, ...] = ()) -> Totals:
    """A side in dollars."""
    return Totals("USD", Fraction(revenue), None if cost is None else Fraction(cost), missing)


@pytest.mark.parametrize(
    ("before", "after", "cost", "margin"),
    [
        pytest.param(totals(10, 4), totals(12, 5), 1, 1, id="known"),
        pytest.param(totals(10, None), totals(12, None), None, 2, id="fees"),
        pytest.param(totals(10, None), totals(12, 5), 5, -3, id="first-usage"),
        pytest.param(totals(10, 4), totals(12, None), -4, 6, id="no-usage-any-more"),
        pytest.param(totals(10, 4), totals(12, None, UNKNOWN), None, None, id="unknown"),
        pytest.param(totals(10, None, UNKNOWN), totals(12, None), None, None, id="was-unknown"),
    ],
)
def test_costs_that_there_are_differ(
    before: Totals, after: Totals, cost: int | None, margin: int | None
) -> None:
    """A cost is never 0 for want of one; where neither side has one, revenue is all margin."""
    found = Difference(before, after)
    assert (found.cost, found.margin) == (cost, margin)
