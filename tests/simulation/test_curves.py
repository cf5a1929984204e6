"""Curves and crossings: every case worked out by hand comes out."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.rating.building import Doc, usage_charge
from tests.simulation.curve_texts import charge_of, crossing_text, fractions, stretch_text

from planql.errors import CurrencyMismatch, InvalidInput
from planql.simulation.crossings import compare
from planql.simulation.curves import (
    CurvePoint,
    PriceCurve,
    charge_curve,
    common_currency,
    cost_curve,
    sum_of,
)

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "simulation"


def cases(file: str) -> list[Doc]:
    """The cases of a file."""
    found: list[Doc] = json.loads((FOLDER / file).read_text(encoding="utf-8"))["cases"]
    return found


CURVES = cases("curves.json")


def pair(case: Doc) -> tuple[PriceCurve, PriceCurve]:
    """The two curves of a case."""
    one, other = (
        charge_curve(charge_of(charge), "USD", Fraction(case["top"])) for charge in case["charges"]
    )
    return one, other


@pytest.mark.parametrize("case", CURVES, ids=lambda case: case["name"])
def test_bounds(case: Doc) -> None:
    """A curve knows every quantity at which it bends or jumps."""
    expected = [fractions(bounds) for bounds in case["bounds"]]
    assert [curve.bounds for curve in pair(case)] == expected, case["because"]


@pytest.mark.parametrize("case", CURVES, ids=lambda case: case["name"])
def test_amounts(case: Doc) -> None:
    """A curve is at the amounts worked out by hand."""
    one, other = pair(case)
    for quantity, *amounts in map(fractions, case["points"]):
        assert [one.amount(quantity), other.amount(quantity)] == amounts, case["because"]


@pytest.mark.parametrize("case", CURVES, ids=lambda case: case["name"])
def test_orders(case: Doc) -> None:
    """The order of two curves is known at every quantity."""
    found = compare(*pair(case)).stretches
    assert [stretch_text(stretch) for stretch in found] == case["stretches"], case["because"]


@pytest.mark.parametrize("case", CURVES, ids=lambda case: case["name"])
def test_crossings(case: Doc) -> None:
    """Curves cross where it was worked out, and nowhere else."""
    found = compare(*pair(case)).crossings
    assert [crossing_text(crossing) for crossing in found] == case["crossings"], case["because"]


@pytest.mark.parametrize("case", cases("break_even.json"), ids=lambda case: case["name"])
def test_break_even(case: Doc) -> None:
    """Price and cost meet at the break-even quantities."""
    top = Fraction(case["top"])
    price = charge_curve(charge_of(case["charge"]), "USD", top)
    unit_cost, fixed = Fraction(case["unit_cost"]), Fraction(case["fixed"])
    cost = cost_curve("USD", top, unit_cost=unit_cost, fixed=fixed)
    found = compare(price, cost).crossings
    assert [crossing_text(crossing) for crossing in found] == case["crossings"], case["because"]


def test_a_jump_has_two_limits() -> None:
    """After 5 included units 2 USD are due for entering: 0 at 5, towards 2 right above."""
    tiers = [{"up_to": None, "unit_amount": "10", "flat_amount": "2"}]
    charge = usage_charge({"type": "graduated", "tiers": tiers}, included_units="5")
    curve = charge_curve(charge, "USD", Fraction(10), "Tickets")
    assert curve.name == "Tickets"
    assert curve.at(Fraction(5)) == CurvePoint(Fraction(5), Fraction(0), Fraction(0), Fraction(2))
    for quantity, amount in [(0, 0), (10, 52)]:
        end = curve.at(Fraction(quantity))
        assert end.below == end.amount == end.above == amount


def test_the_price_of_a_unit() -> None:
    """17 units for 34 are 2 each; at quantity 0 a unit has no price."""
    curve = charge_curve(
        usage_charge({"type": "per_unit", "unit_amount": "2"}), "USD", Fraction(20)
    )
    assert curve.named("B").at(Fraction(17)).unit_price == 2
    assert curve.at(Fraction(0)).unit_price is None


@pytest.mark.parametrize("quantity", ["-1", "20.5"])
def test_outside_of_the_range(quantity: str) -> None:
    """A curve says nothing about quantities outside of its range."""
    curve = cost_curve("USD", Fraction(20), unit_cost=Fraction(2))
    with pytest.raises(InvalidInput, match="is not between 0"):
        curve.amount(Fraction(quantity))


def test_the_sum_of_curves() -> None:
    """99 + 0.5 (q - 100) is 99 at 100 and 149 at 200; the lesser top is the sum's."""
    fee = charge_curve(usage_charge({"type": "flat", "amount": "99"}), "USD", Fraction(200))
    usage = usage_charge({"type": "per_unit", "unit_amount": "0.5"}, included_units="100")
    both = sum_of([fee, charge_curve(usage, "USD", Fraction(300))], "Plan")
    assert both.bounds == fractions(["0", "100", "200"])
    assert both.amounts == fractions(["99", "99", "149"])


def test_two_currencies_are_not_compared() -> None:
    """Dollars and euros have no order."""
    dollars, euros = (
        cost_curve(currency, Fraction(9), unit_cost=Fraction(1)) for currency in ("USD", "EUR")
    )
    with pytest.raises(CurrencyMismatch):
        compare(dollars, euros)
    assert common_currency([dollars]) == "USD"


def test_too_many_packages_are_refused() -> None:
    """A million packages are no chart; the message says how far 20,000 of them reach."""
    charge = usage_charge({"type": "package", "amount": "1", "package_size": "10"})
    with pytest.raises(InvalidInput, match="1000000 packages") as caught:
        charge_curve(charge, "USD", Fraction(10_000_000))
    assert caught.value.code == "too-many-bounds"
    assert "200000" in caught.value.hint


def test_prices_per_event_have_no_curve() -> None:
    """2.9 % + 0.30 per event depends on how many events there were."""
    model = {"type": "percentage", "percentage": "2.9", "flat_amount_per_event": "0.30"}
    with pytest.raises(InvalidInput, match="prices each event"):
        charge_curve(usage_charge(model), "USD", Fraction(10))
