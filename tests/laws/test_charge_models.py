"""Laws of the charge models: how their amounts relate to each other and to the quantity."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.laws.strategies.charges import models, percentages, prices, tiers
from tests.oracle.models import amount_of
from tests.rating.building import Doc, prepared_model, tiered

from planql.charge_models.scales import AMOUNT_SCALE, QUANTITY_SCALE, scaled_quantity
from planql.money import plain

ZERO = Fraction(0)
moderate = settings(max_examples=150)

twelve_decimals = st.integers(0, 90 * 10**12).map(lambda units: Fraction(units, 10**12))
whole = st.integers(0, 90).map(Fraction)
repeating = st.fractions(0, 90, max_denominator=1000)
quantities = whole | twelve_decimals | repeating
any_sign = st.fractions(-90, 90, max_denominator=1000)


def amount(model: Doc, quantity: Fraction) -> Fraction:
    """What a model makes of a quantity, unrounded, in major units."""
    return Fraction(prepared_model(model).amount(scaled_quantity(quantity)), AMOUNT_SCALE)


@moderate
@given(models, quantities | any_sign)
def test_is_the_plain_evaluation(model: Doc, quantity: Fraction) -> None:
    """Integers at static scales give exactly what fractions give, tier by tier."""
    assert amount(model, quantity) == amount_of(model, quantity, (), ZERO).amount


@moderate
@given(models, any_sign)
def test_is_never_negative(model: Doc, quantity: Fraction) -> None:
    """No quantity, of either sign, costs less than nothing."""
    assert amount(model, quantity) >= 0


@moderate
@given(models, st.fractions(-90, 0))
def test_negative_is_zero(model: Doc, quantity: Fraction) -> None:
    """A negative quantity costs what quantity 0 costs."""
    assert amount(model, quantity) == amount(model, ZERO)


@moderate
@given(
    models.filter(lambda model: model["type"] not in ("volume", "stairstep")),
    quantities,
    quantities,
)
def test_more_never_costs_less(model: Doc, one: Fraction, other: Fraction) -> None:
    """The amount rises with the quantity, for every model but volume and stairstep."""
    assert amount(model, min(one, other)) <= amount(model, max(one, other))


def test_volume_may_cost_less_for_more() -> None:
    """The exception: 10 units at 50 cost 500, 11 units at 40 cost 440."""
    model = tiered("volume", ("10", "50", None), (None, "40", None))
    assert amount(model, Fraction(10)) == 500
    assert amount(model, Fraction(11)) == 440


def test_a_falling_stairstep_costs_less_for_more() -> None:
    """The other exception: 10 units cost 100, 11 units cost 80."""
    model = tiered("stairstep", ("10", None, "100"), (None, None, "80"))
    assert amount(model, Fraction(10)) == 100
    assert amount(model, Fraction(11)) == 80


@moderate
@given(tiers("stairstep"), quantities, quantities)
def test_rising_stairsteps_rise(rows: list[Doc], one: Fraction, other: Fraction) -> None:
    """Where each step costs at least the one below, more never costs less."""
    steps = sorted((row["flat_amount"] for row in rows), key=Fraction)
    rising = [{**row, "flat_amount": step} for row, step in zip(rows, steps, strict=True)]
    model = {"type": "stairstep", "tiers": rising}
    assert amount(model, min(one, other)) <= amount(model, max(one, other))


@moderate
@given(prices, quantities, st.sampled_from(["graduated", "volume"]))
def test_one_tier_is_per_unit(price: str, quantity: Fraction, kind: str) -> None:
    """A single open tier without a flat amount is the price of each unit."""
    one_tier = {"type": kind, "tiers": [{"up_to": None, "unit_amount": price}]}
    per_unit = {"type": "per_unit", "unit_amount": price}
    assert amount(one_tier, quantity) == amount(per_unit, quantity) == quantity * Fraction(price)


@moderate
@given(tiers("graduated"), quantities)
def test_graduated_is_the_sum_of_its_tiers_as_volumes(rows: list[Doc], quantity: Fraction) -> None:
    """The part of the quantity in each tier costs what it costs as a volume of its own."""
    ends = [
        quantity if row["up_to"] is None else min(quantity, Fraction(row["up_to"])) for row in rows
    ]
    parts = [end - start for start, end in pairwise([ZERO, *ends])]
    alone = [
        amount({"type": "volume", "tiers": [{**row, "up_to": None}]}, max(part, ZERO))
        for row, part in zip(rows, parts, strict=True)
    ]
    assert amount({"type": "graduated", "tiers": rows}, quantity) == sum(alone, ZERO)


@moderate
@given(tiers("graduated_percentage"), quantities)
def test_graduated_percentage_is_graduated(rows: list[Doc], quantity: Fraction) -> None:
    """A percentage is a price per unit of money: 2 % is 0.02."""
    as_prices = [
        {**{name: row[name] for name in row if name != "percentage"}, "unit_amount": _ratio(row)}
        for row in rows
    ]
    model = {"type": "graduated_percentage", "tiers": rows}
    assert amount(model, quantity) == amount({"type": "graduated", "tiers": as_prices}, quantity)


def _ratio(row: Doc) -> str:
    return plain(Fraction(row["percentage"]) / 100)


@moderate
@given(tiers("stairstep"), quantities)
def test_stairstep_is_volume_without_unit_amounts(rows: list[Doc], quantity: Fraction) -> None:
    """A volume of flat amounts only is a stairstep."""
    step, volume = ({"type": kind, "tiers": rows} for kind in ("stairstep", "volume"))
    assert amount(step, quantity) == amount(volume, quantity)


@moderate
@given(prices, st.integers(1, 20), quantities)
def test_packages_up_and_down(price: str, size: int, quantity: Fraction) -> None:
    """Rounding up costs one package more than rounding down, unless all are full."""
    up, down = (
        amount(
            {"type": "package", "amount": price, "package_size": str(size), "rounding": way},
            quantity,
        )
        for way in ("up", "down")
    )
    assert up - down == (Fraction(price) if quantity % size else 0)


@moderate
@given(prices, st.integers(0, 90))
def test_packages_of_one_are_per_unit(price: str, quantity: int) -> None:
    """For whole quantities a package of one unit is the price of each unit."""
    packages = {"type": "package", "amount": price, "package_size": "1"}
    assert amount(packages, Fraction(quantity)) == quantity * Fraction(price)


@moderate
@given(percentages, quantities, quantities)
def test_percentage_adds_up(percentage: str, one: Fraction, other: Fraction) -> None:
    """A share of a sum is the sum of the shares."""
    model = {"type": "percentage", "percentage": percentage}
    assert amount(model, one) + amount(model, other) == amount(model, one + other)


@moderate
@given(tiers("graduated") | tiers("volume"), st.data())
def test_a_bound_is_inclusive(rows: list[Doc], data: st.DataObject) -> None:
    """At its bound a tier still prices the last unit; the next tier needs more."""
    assume(len(rows) > 1)
    index = data.draw(st.integers(0, len(rows) - 2))
    bound = Fraction(rows[index]["up_to"])
    shortened = [*rows[:index], {**rows[index], "up_to": None}]
    for kind in ("graduated", "volume"):
        assert amount({"type": kind, "tiers": rows}, bound) == amount(
            {"type": kind, "tiers": shortened}, bound
        )


@moderate
@given(tiers("graduated"), quantities, st.sampled_from(["graduated", "volume"]))
def test_flat_amount_at_zero_matters_only_at_zero(
    rows: list[Doc], quantity: Fraction, kind: str
) -> None:
    """It adds the first tier's flat amount at 0, and nothing anywhere else."""
    without = {"type": kind, "tiers": rows}
    extra = amount({**without, "flat_amount_at_zero": True}, quantity) - amount(without, quantity)
    assert extra == (0 if quantity else Fraction(rows[0].get("flat_amount", "0")))


@moderate
@given(quantities | any_sign)
def test_scaling_is_exact(quantity: Fraction) -> None:
    """A quantity at the static scale and back is the same, whatever its decimals."""
    scaled = scaled_quantity(quantity)
    assert Fraction(scaled, QUANTITY_SCALE) == quantity
    assert isinstance(scaled, int) == (QUANTITY_SCALE % quantity.denominator == 0)
