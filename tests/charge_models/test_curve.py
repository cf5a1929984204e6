"""The two shapes of charge models, at their bounds and their static scales."""

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.rating.building import prepared_model, tiered

from planql.charge_models import Curve
from planql.charge_models.curve import Segment
from planql.charge_models.curve import tiered as curve_of
from planql.charge_models.scales import (
    AMOUNT_SCALE,
    scaled_amount,
    scaled_bound,
    scaled_percentage,
    scaled_price,
    scaled_quantity,
)

UNIT = 10**12


def test_scales_are_exact() -> None:
    """Prices stand at 14 decimals, quantities at 12, amounts at 26."""
    assert scaled_price(Decimal("0.000000000001")) == 100
    assert scaled_percentage(Decimal("0.000000000001")) == 1
    assert scaled_bound(Decimal("0.000000000001")) == 1
    assert scaled_amount(Decimal("0.000000000001")) == 10**14


def test_a_missing_price_is_nothing() -> None:
    """A tier without a unit amount, or without a flat amount, adds 0 for it."""
    assert scaled_price(None) == 0
    assert scaled_amount(None) == 0


@pytest.mark.parametrize("quantity", [7, Decimal(7), Fraction(7), Decimal("7.000")])
def test_a_quantity_of_any_kind_is_scaled(quantity: int | Decimal | Fraction) -> None:
    """Integers, decimals and fractions of one value are one integer at the static scale."""
    assert scaled_quantity(quantity) == 7 * UNIT


def test_a_quantity_of_more_decimals_is_a_fraction() -> None:
    """What does not fit 12 decimals keeps its exact value."""
    assert scaled_quantity(Fraction(1, 3)) == Fraction(UNIT, 3)


def test_graduated_keeps_prefix_sums() -> None:
    """The second segment's intercept holds the first in full, less its own slope up to there."""
    first = Segment(up_to=10 * UNIT, slope=10, flat=2)
    curve = curve_of([first, Segment(None, 5, 3)], fills=True, flat_at_zero=False)
    assert curve.intercepts == (2, 2 + 10 * 10 * UNIT + 3 - 5 * 10 * UNIT)


def test_volume_keeps_flat_amounts() -> None:
    """In a volume each segment stands for itself."""
    curve = curve_of([Segment(UNIT, 10, 2), Segment(None, 5, 3)], fills=False, flat_at_zero=True)
    assert (curve.intercepts, curve.at_zero) == ((2, 3), 2)


def test_the_unit_above_a_bound_enters_the_next_tier() -> None:
    """A bound is inclusive, to the last decimal."""
    curve = prepared_model(tiered("stairstep", ("10", None, "1"), (None, None, "2")))
    assert curve.amount(10 * UNIT) == 1 * AMOUNT_SCALE
    assert curve.amount(10 * UNIT + 1) == 2 * AMOUNT_SCALE
    assert curve.amount(Fraction(10**13 * 10**30 + 1, 10**30)) == 2 * AMOUNT_SCALE


def test_a_percentage_curve_says_so() -> None:
    """Slopes that are shares of an amount are shown as percentages."""
    shares = prepared_model(tiered("graduated_percentage", (None, "2", None)))
    prices = prepared_model(tiered("graduated", (None, "2", None)))
    assert isinstance(shares, Curve)
    assert isinstance(prices, Curve)
    assert (shares.shares, prices.shares) == (True, False)
