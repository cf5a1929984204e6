"""Laws of rating: the prepared charge, its steps, rounding, cap, included units."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.strategies.charges import DIGITS, currencies, models, usage_charges
from tests.oracle.models import amount_of
from tests.oracle.numerals import round_money
from tests.rating.building import Doc, usage_charge

from planql.catalog.rate_plans import UsageCharge
from planql.entity import read_entity
from planql.money import nearest_multiple, round_amount, round_half_away
from planql.rating.lines import RatedLine, capped
from planql.rating.minimums import top_up
from planql.rating.pipeline import rate_quantity
from planql.rating.prepared import prepare
from planql.rating.totals import settle

ZERO = Fraction(0)
ONE = Fraction(1)
moderate = settings(max_examples=150)

quantities = (
    st.integers(0, 90).map(Fraction)
    | st.integers(-(10**12), 90 * 10**12).map(lambda units: Fraction(units, 10**12))
    | st.fractions(-9, 90, max_denominator=1000)
)
parts = st.fractions(0, 1, max_denominator=366)
amounts = st.integers(0, 10**6).map(lambda cents: Fraction(cents, 100))


@st.composite
def charges(draw: st.DrawFn) -> tuple[UsageCharge, str]:
    """A metered charge and its currency."""
    currency = draw(currencies)
    return read_entity(UsageCharge, draw(usage_charges(currency))), currency


PER_SEED = 10_000
TIERS = ("graduated", "volume", "stairstep", "graduated_percentage")
SIMPLE = ("flat", "per_unit", "package", "percentage")


def _decimal(chance: random.Random, most: int) -> str:
    """A decimal string under `most`, with up to 12 decimals."""
    decimals = chance.choice((0, 0, 1, 2, 6, 12))
    scaled = chance.randrange(most * 10**decimals)
    return (
        f"{scaled // 10**decimals}.{scaled % 10**decimals:0{decimals}d}"
        if decimals
        else str(scaled)
    )


def _random_model(chance: random.Random) -> Doc:
    kind = chance.choice(TIERS + SIMPLE)
    if kind in TIERS:
        return _random_tiers(chance, kind)
    members = {
        "flat": {"amount": _decimal(chance, 1000)},
        "per_unit": {"unit_amount": _decimal(chance, 100)},
        "percentage": {"percentage": _decimal(chance, 100)},
        "package": {
            "amount": _decimal(chance, 100),
            "package_size": str(chance.randrange(1, 100)) + chance.choice(("", ".000000000001")),
            "rounding": chance.choice(("up", "down")),
        },
    }
    return {"type": kind, **members[kind]}


def _random_tiers(chance: random.Random, kind: str) -> Doc:
    price = {"graduated_percentage": "percentage", "stairstep": "flat_amount"}
    bounds = sorted(chance.sample(range(1, 1000), chance.randrange(5)))
    rows = [
        {"up_to": up_to, price.get(kind, "unit_amount"): _decimal(chance, 100), **_flat(chance)}
        for up_to in [*(f"{bound}.5" for bound in bounds), None]
    ]
    return {"type": kind, "tiers": rows, "flat_amount_at_zero": chance.random() < 0.5}


def _flat(chance: random.Random) -> Doc:
    return {"flat_amount": _decimal(chance, 100)} if chance.random() < 0.5 else {}


def _random_quantity(chance: random.Random) -> Fraction:
    if chance.random() < 0.2:
        return Fraction(chance.randrange(1, 10**6), chance.randrange(1, 999))
    return Fraction(_decimal(chance, chance.choice((2, 100, 1000, 10**20))))


@pytest.mark.parametrize("seed", range(10))
def test_prepared_is_the_plain_evaluation(seed: int) -> None:
    """100,000 random charges and quantities: minor and unrounded amounts are exactly equal."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible draw, not a secret
    for _ in range(PER_SEED // 10):
        model, currency = _random_model(chance), chance.choice(sorted(DIGITS))
        prepared = prepare(usage_charge(model), currency)
        for _ in range(10):
            quantity = _random_quantity(chance)
            plain = amount_of(model, quantity, (), ZERO).amount
            minor = round_money(plain, currency) * 10 ** DIGITS[currency]
            assert prepared.rate(quantity) == minor, (model, quantity)
            assert prepared.line(quantity).unrounded_amount == plain, (model, quantity)


@moderate
@given(charges(), quantities)
def test_with_and_without_steps_agree(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """The fast path in minor units and the line with its steps come to the same, cap included."""
    rated = rate_quantity(*charge, quantity)
    assert prepare(*charge).rate(quantity) == rated.amount * 10 ** DIGITS[charge[1]]


@moderate
@given(charges(), quantities, parts)
def test_steps_add_up_to_the_line(
    charge: tuple[UsageCharge, str], quantity: Fraction, part: Fraction
) -> None:
    """Tiers, proration, rounding and cap sum to the amount, exactly."""
    for line in rate_quantity(*charge, quantity, proration=part, allowance=part).lines:
        assert sum((step.amount for step in line.steps), ZERO) == line.amount


@moderate
@given(charges(), quantities)
def test_steps_multiply(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """Quantity x price + flat amount is the amount of every step that has a price."""
    for step in rate_quantity(*charge, quantity).lines[0].steps:
        if step.unit_amount is not None and step.quantity is not None:
            assert step.quantity * step.unit_amount + (step.flat_amount or 0) == step.amount
        if step.percentage is not None and step.quantity is not None:
            priced = step.quantity * step.percentage / 100
            assert priced + (step.flat_amount or 0) == step.amount


@moderate
@given(charges(), quantities)
def test_tiers_hold_what_is_billed(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """Tiers and included units hold the whole quantity, when it is not negative."""
    steps = rate_quantity(*charge, quantity).lines[0].steps
    counted = [step for step in steps if step.kind in ("included_units", "tier", "unit")]
    if charge[0].model.type in ("per_unit", "graduated", "volume", "stairstep"):
        held = sum((step.quantity or ZERO for step in counted), ZERO)
        assert held == max(quantity, ZERO)


@moderate
@given(charges(), quantities)
def test_a_line_is_rounded_once(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """Before the cap the amount is the unrounded one, rounded; never further than half a unit."""
    uncapped = charge[0].model_copy(update={"cap": None})
    rated = rate_quantity(uncapped, charge[1], quantity)
    assert rated.amount == round_amount(rated.unrounded_amount, charge[1])
    assert abs(rated.amount - rated.unrounded_amount) * 2 <= Fraction(1, 10 ** DIGITS[charge[1]])


@moderate
@given(charges(), quantities)
def test_the_cap_is_never_passed(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """The amount is the lesser of the rounded line and the cap."""
    uncapped = rate_quantity(charge[0].model_copy(update={"cap": None}), charge[1], quantity).amount
    cap = charge[0].cap
    assert rate_quantity(*charge, quantity).amount == (
        uncapped if cap is None else min(uncapped, cap)
    )


def _line(amount: Fraction) -> RatedLine:
    return RatedLine(amount, amount, amount, ())


@moderate
@given(st.lists(amounts, min_size=1, max_size=6), amounts)
def test_capping_twice_changes_nothing(values: list[Fraction], cap: Fraction) -> None:
    """The cap is idempotent, and loses no cent when it is shared over groups."""
    once = capped([_line(value) for value in values], cap, 2)
    assert capped(once, cap, 2) == once
    assert sum((line.amount for line in once), ZERO) == min(sum(values, ZERO), cap)
    assert all(line.amount <= value for line, value in zip(once, values, strict=True))


@moderate
@given(charges(), quantities)
def test_included_units_come_off_first(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """With n included units a quantity costs what the quantity less n costs without them."""
    bare = charge[0].model_copy(update={"included_units": None})
    rest = quantity - Fraction(charge[0].included_units or 0)
    assert rate_quantity(*charge, quantity).amount == rate_quantity(bare, charge[1], rest).amount


@moderate
@given(charges(), quantities, quantities.filter(lambda units: units > 0))
def test_free_units_are_included_units(
    charge: tuple[UsageCharge, str], quantity: Fraction, units: Fraction
) -> None:
    """Free units of a discount and a smaller quantity come to the same."""
    rated = rate_quantity(*charge, quantity, free_units=units)
    assert rated.amount == rate_quantity(*charge, quantity - units).amount


@moderate
@given(charges(), quantities, st.lists(parts, max_size=4))
def test_parts_of_a_period_sum_to_the_whole(
    charge: tuple[UsageCharge, str], quantity: Fraction, shares: list[Fraction]
) -> None:
    """Unrounded, the amounts of parts that make up a period are the amount of the period."""
    total = sum(shares, ZERO)
    whole = rate_quantity(*charge, quantity, proration=total).unrounded_amount
    split = [rate_quantity(*charge, quantity, proration=share).unrounded_amount for share in shares]
    assert sum(split, ZERO) == whole


@moderate
@given(charges(), quantities, parts)
def test_allowances_shrink_with_the_part(
    charge: tuple[UsageCharge, str], quantity: Fraction, part: Fraction
) -> None:
    """A part of the allowances never makes usage cheaper, but for volume and falling steps."""
    if charge[0].model.type in ("volume", "stairstep") or charge[0].cap is not None:
        return
    partly = rate_quantity(*charge, quantity, allowance=part).amount
    assert partly >= rate_quantity(*charge, quantity).amount


@moderate
@given(amounts, amounts)
def test_a_minimum_is_reached(minimum: Fraction, net: Fraction) -> None:
    """Net and top-up are the greater of net and minimum; nothing is topped up twice."""
    missing = top_up(minimum, net)
    assert net + missing == max(net, minimum)
    assert top_up(minimum, net + missing) == 0


@moderate
@given(charges(), quantities)
def test_the_total_is_its_steps(charge: tuple[UsageCharge, str], quantity: Fraction) -> None:
    """The lines and the closing steps sum to the total, which reaches the minimum."""
    rated = settle(*charge, rate_quantity(*charge, quantity))
    closing = sum((step.amount for step in rated.closing_steps), ZERO)
    assert rated.rating.amount + closing == rated.total >= Fraction(charge[0].minimum or 0)


@moderate
@given(models, quantities)
def test_only_a_negative_quantity_is_remarked(model: Doc, quantity: Fraction) -> None:
    """A line says that its quantity was rated as 0 exactly when it is negative."""
    line = prepare(usage_charge(model), "USD").line(quantity)
    assert bool(line.note) == (quantity < 0)


@moderate
@given(st.integers(-(10**30), 10**30), st.integers(1, 10**26))
def test_whole_units_are_rounded_as_amounts_are(value: int, unit: int) -> None:
    """Rounding at a static scale is the one rounding of money, half away from zero."""
    assert nearest_multiple(value, unit) == round_half_away(Fraction(value, unit), 0)
