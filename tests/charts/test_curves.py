"""Charts of curves: crossings are marked with their numbers, and nothing covers anything."""

from fractions import Fraction

import pytest
from tests.charts.drawn import GOLDENS, curve_chart_of, texts
from tests.goldens import Goldens
from tests.rating.building import tiered, usage_charge

from planql.charts.curves import CurveChart, curve_chart
from planql.errors import CurrencyMismatch, InvalidInput
from planql.simulation.crossings import compare
from planql.simulation.curves import charge_curve, cost_curve

ONE = tiered("graduated", ("100", "1", None), (None, "0.5", None))
OTHER = {"type": "per_unit", "unit_amount": "0.75"}
STEPS = tiered("stairstep", ("10", None, "100"), (None, None, "180"))


def test_golden(goldens: Goldens) -> None:
    """The same curves make the same SVG, byte for byte."""
    drawn = curve_chart(curve_chart_of([ONE, OTHER], 400, unit_cost="0.2"), "svg")
    goldens.expect(GOLDENS / "curves.svg", drawn)


def test_crossings_have_their_numbers() -> None:
    """50 + 0.5 q = 0.75 q at 200, which is 150; q = 10 + 0.2 q at 12.5, which is 12.50."""
    found = texts(curve_chart(curve_chart_of([ONE, OTHER], 400, unit_cost="0.2"), "svg"))
    assert {"200: $150.00", "12.5: $12.50", "v1", "v2", "cost", "Tickets"} <= set(found)
    assert {"Tickets per month", "$200", "300"} <= set(found)


def test_a_jump_is_marked_where_it_happens() -> None:
    """100 up to 10 units, 180 above, against 12 per unit: above 10 the steps cost more again."""
    per_unit = {"type": "per_unit", "unit_amount": "12"}
    found = texts(curve_chart(curve_chart_of([STEPS, per_unit], 30), "svg"))
    assert {"8.33: $100.00", "above 10", "15: $180.00"} <= set(found)


def test_two_that_jump_at_once() -> None:
    """150 up to 10 units and 120 above change places with the steps where both jump."""
    falling = tiered("stairstep", ("10", None, "150"), (None, None, "120"))
    assert "above 10" in texts(curve_chart(curve_chart_of([STEPS, falling], 30), "svg"))


def test_equal_ranges_have_their_ends() -> None:
    """Both are 1 per unit up to 100; capped at 120 they are equal from where the cheaper one is.

    100 + 0.5 (q - 100) = 120 at q = 140.
    """
    dearer = usage_charge(tiered("graduated", ("100", "1", None), (None, "0.8", None)), cap="120")
    cheaper = usage_charge(ONE, cap="120")
    one, other = (charge_curve(each, "USD", Fraction(200)) for each in (dearer, cheaper))
    chart = CurveChart("Capped", "tickets", (one, other), (), (compare(one, other),))
    assert {"equal up to 100", "equal from 140"} <= set(texts(curve_chart(chart, "svg")))


def test_free_units_in_both_are_no_crossing() -> None:
    """That two prices are free up to 50 is not worth a mark."""
    free = tiered("graduated", ("50", "0", None), (None, "2", None))
    more = tiered("graduated", ("50", "0", None), (None, "1", None))
    found = texts(curve_chart(curve_chart_of([free, more], 100), "svg"))
    assert not any("equal" in text for text in found)


def test_many_crossings_have_no_words() -> None:
    """Packages cross a price over and over: rings only."""
    package = {"type": "package", "amount": "5", "package_size": "10"}
    per_unit = {"type": "per_unit", "unit_amount": "0.6"}
    found = texts(curve_chart(curve_chart_of([package, per_unit], 1000), "svg"))
    assert not any(text.startswith("above") for text in found)


def test_everything_free() -> None:
    """A chart of prices of 0 has an axis all the same."""
    assert "$0" in texts(curve_chart(curve_chart_of([{"type": "flat", "amount": "0"}], 10), "svg"))


def test_too_many_curves() -> None:
    """There are seven colours that stay apart."""
    with pytest.raises(InvalidInput, match="7 at most"):
        curve_chart(curve_chart_of([OTHER] * 8, 10), "svg")


def test_two_currencies() -> None:
    """Dollars and euros never stand on one axis."""
    curves = tuple(
        cost_curve(currency, Fraction(9), unit_cost=Fraction(1)) for currency in ("USD", "EUR")
    )
    with pytest.raises(CurrencyMismatch):
        curve_chart(CurveChart("Both", "tickets", curves), "svg")


def test_png() -> None:
    """Curves are written as PNG as well."""
    assert curve_chart(curve_chart_of([ONE], 10), "png").startswith(b"\x89PNG")
