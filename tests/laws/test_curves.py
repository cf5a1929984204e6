"""Laws of price curves: they are what rating answers, and their crossings are exact."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.strategies.charges import models
from tests.rating.building import Doc, usage_charge

from planql.catalog.rate_plans import UsageCharge
from planql.charge_models import PercentageModel
from planql.money import round_amount
from planql.rating.pipeline import rate_quantity
from planql.rating.totals import settle
from planql.simulation.crossings import CrossingKind, Order, Stretch, compare
from planql.simulation.curves import PriceCurve, charge_curve, sum_of

TOP = Fraction(90)
moderate = settings(max_examples=100)

limits = st.none() | st.integers(0, 3000).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
included = st.none() | st.integers(0, 400).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
quantities = st.fractions(0, TOP, max_denominator=1000)


def _charge(model: Doc, least: str | None, most: str | None, units: str | None) -> UsageCharge:
    charge = usage_charge(model, minimum=least, cap=most, included_units=units)
    return charge if _is_ordered(charge) else usage_charge(model, cap=most, included_units=units)


def _is_ordered(charge: UsageCharge) -> bool:
    return charge.minimum is None or charge.cap is None or charge.minimum <= charge.cap


def _has_curve(charge: UsageCharge) -> bool:
    return not (isinstance(charge.model, PercentageModel) and charge.model.is_per_event)


charges = st.builds(_charge, models, limits, limits, included).filter(_has_curve)
curves = charges.map(lambda charge: charge_curve(charge, "USD", TOP))


@moderate
@given(charges, quantities)
def test_a_curve_is_what_rating_answers(charge: UsageCharge, quantity: Fraction) -> None:
    """Rounded to the currency, the curve is the charge's total at every quantity."""
    rated = settle(charge, "USD", rate_quantity(charge, "USD", quantity))
    curve = charge_curve(charge, "USD", TOP)
    assert round_amount(curve.amount(quantity), "USD") == rated.total


@moderate
@given(charges)
def test_a_curve_is_straight_between_bounds(charge: UsageCharge) -> None:
    """Everywhere between two bounds the line is the unrounded price, capped and topped up."""
    curve = charge_curve(charge, "USD", TOP)
    for start, end in zip(curve.bounds, curve.bounds[1:], strict=False):
        for part in (Fraction(1, 7), Fraction(1, 2), Fraction(9, 10)):
            quantity = start + part * (end - start)
            assert curve.amount(quantity) == _price(charge, quantity)


def _price(charge: UsageCharge, quantity: Fraction) -> Fraction:
    amount = rate_quantity(charge, "USD", quantity).unrounded_amount
    capped = amount if charge.cap is None else min(amount, Fraction(charge.cap))
    return max(capped, Fraction(charge.minimum or 0))


@moderate
@given(curves, curves, quantities)
def test_the_order_is_that_of_the_amounts(
    one: PriceCurve, other: PriceCurve, quantity: Fraction
) -> None:
    """Exactly one stretch holds a quantity, and its order is that of the two amounts."""
    found = [each for each in compare(one, other).stretches if _holds(each, quantity)]
    difference = one.amount(quantity) - other.amount(quantity)
    assert [stretch.order for stretch in found] == [_order(difference)]


@moderate
@given(curves, curves)
def test_curves_are_equal_where_they_meet(one: PriceCurve, other: PriceCurve) -> None:
    """At every crossing but a jump both cost exactly the same."""
    for crossing in compare(one, other).crossings:
        middle = (crossing.start + crossing.end) / 2
        is_equal = one.amount(middle) == other.amount(middle)
        assert is_equal or crossing.kind is CrossingKind.JUMP


@moderate
@given(curves, curves)
def test_comparing_the_other_way_round(one: PriceCurve, other: PriceCurve) -> None:
    """The other way round, all stretches are the same with their orders turned."""
    turned = {Order.LOWER: Order.HIGHER, Order.HIGHER: Order.LOWER, Order.EQUAL: Order.EQUAL}
    back = [turned[stretch.order] for stretch in compare(other, one).stretches]
    assert [stretch.order for stretch in compare(one, other).stretches] == back


@moderate
@given(curves, curves, quantities)
def test_sums_add_up(one: PriceCurve, other: PriceCurve, quantity: Fraction) -> None:
    """A sum of curves is the sum of their amounts everywhere."""
    whole = sum_of([one, other], "both").amount(quantity)
    assert whole == one.amount(quantity) + other.amount(quantity)


def _holds(stretch: Stretch, quantity: Fraction) -> bool:
    above = quantity > stretch.start or (stretch.includes_start and quantity == stretch.start)
    below = quantity < stretch.end or (stretch.includes_end and quantity == stretch.end)
    return above and below


def _order(difference: Fraction) -> Order:
    if difference == 0:
        return Order.EQUAL
    return Order.LOWER if difference < 0 else Order.HIGHER
