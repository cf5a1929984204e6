"""The pipeline: the order of rating, and how part of a period shrinks prices and allowances."""

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.rating.building import tiered, usage_charge

from planql.catalog.meters import Meter
from planql.entity import read_entity
from planql.errors import InvalidInput
from planql.metering.measured import Measured, MeasuredGroup
from planql.rating.lines import Step
from planql.rating.pipeline import rate_measured, rate_quantity
from planql.rating.prepared import prepare

HALF = Fraction(1, 2)
PER_UNIT = {"type": "per_unit", "unit_amount": "10"}
METER = read_entity(
    Meter,
    {
        "key": "meter",
        "event": "usage",
        "aggregation": {"type": "sum", "property": "value"},
        "unit": "unit",
    },
)


def test_proration_multiplies_the_models_amount() -> None:
    """Half a period of 99.99 is 49.995, rounded once to 50.00, with a step for each."""
    (line,) = rate_quantity(
        usage_charge({"type": "flat", "amount": "99.99"}), "USD", None, proration=HALF
    ).lines
    assert line.unrounded_amount == Fraction("49.995")
    assert line.amount == 50
    assert [step.kind for step in line.steps] == ["flat", "proration", "rounding"]
    assert line.steps[1] == Step("proration", Fraction("-49.995"))


def test_proration_comes_before_the_cap() -> None:
    """Half of 100 is 50, under the cap of 60."""
    charge = usage_charge({"type": "flat", "amount": "100"}, cap="60")
    assert rate_quantity(charge, "USD", None, proration=HALF).amount == 50


def test_allowance_scales_included_units_and_cap() -> None:
    """With half the allowances 5 of 10 units are free and the cap of 60 is 30."""
    charge = usage_charge(PER_UNIT, included_units="10", cap="60")
    rated = rate_quantity(charge, "USD", Fraction(10), allowance=HALF)
    assert (rated.unrounded_amount, rated.amount) == (50, 30)  # type: ignore[comparison-overlap]


def test_a_scaled_cap_is_rounded_to_the_currency() -> None:
    """A third of a cap of 100 is 33.33."""
    charge = usage_charge(PER_UNIT, cap="100")
    rated = rate_quantity(charge, "USD", Fraction(10), allowance=Fraction(1, 3))
    assert rated.amount == Fraction("33.33")


def test_included_units_may_be_a_repeating_fraction() -> None:
    """A third of 10 included units is 10/3: (10 - 10/3) x 10 = 66.67."""
    charge = usage_charge(PER_UNIT, included_units="10")
    rated = rate_quantity(charge, "USD", Fraction(10), allowance=Fraction(1, 3))
    assert rated.amount == Fraction("66.67")


def test_free_units_shrink_with_the_allowance() -> None:
    """Half of 4 included and 6 free units are 5."""
    charge = usage_charge(PER_UNIT, included_units="4")
    rated = rate_quantity(charge, "USD", Fraction(10), allowance=HALF, free_units=Fraction(6))
    assert rated.amount == 50


def test_no_value_is_rated_as_zero_and_says_so() -> None:
    """None is quantity 0, and the line says why."""
    (line,) = rate_quantity(usage_charge(PER_UNIT), "USD", None).lines
    assert line.quantity is None
    assert line.note == "no value was measured: rated as quantity 0"


def test_a_price_per_event_needs_events() -> None:
    """A quantity alone has no price when events are priced one by one."""
    model = {"type": "percentage", "percentage": "1", "flat_amount_per_event": "1"}
    with pytest.raises(InvalidInput) as caught:
        rate_quantity(usage_charge(model), "USD", Fraction(5))
    assert (caught.value.code, caught.value.pointer) == ("events-needed", "/quantity")


def test_a_group_without_a_value_adds_nothing() -> None:
    """Over groups of a sum meter the quantity is the sum of those that have one."""
    groups = (
        MeasuredGroup((("cloud", "a"),), None, has_usage=False),
        MeasuredGroup((("cloud", "b"),), Fraction(3), has_usage=True),
    )
    charge = usage_charge(PER_UNIT, group_by=["cloud"])
    rated = rate_measured(charge, prepare(charge, "USD"), Measured(groups), METER)
    assert (rated.quantity, rated.amount) == (Fraction(3), Fraction(30))
    assert [line.amount for line in rated.lines] == [0, 30]


@pytest.mark.parametrize("quantity", [15, Decimal(15), Fraction(15)])
def test_the_fast_path_takes_any_exact_number(quantity: int | Decimal | Fraction) -> None:
    """Integers, decimals and fractions rate alike, in minor units, included units and cap done."""
    model = tiered("graduated", ("10", "10", None), (None, "5", None))
    prepared = prepare(usage_charge(model, included_units="1", cap="115"), "USD")
    assert prepared.rate(quantity) == 11500
    assert prepared.rate(11) == 10000
