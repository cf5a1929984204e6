"""How far a curve is drawn when nobody says, and which quantities a table of it lists."""

from fractions import Fraction

import pytest
from tests.rating.building import tiered, usage_charge

from planql.catalog.rate_plans import RecurringCharge, UsageCharge
from planql.entity import read_entity
from planql.simulation.curve_ranges import listed_quantities, round_up, suggested_top
from planql.simulation.curves import charge_curve

PACKAGES = {"type": "package", "amount": "1", "package_size": "7"}
TIERS = tiered("graduated", ("30", "50", None), (None, "40", None))


def per_unit(amount: str, **members: object) -> UsageCharge:
    """A charge of one price."""
    return usage_charge({"type": "per_unit", "unit_amount": amount}, **members)


@pytest.mark.parametrize(
    ("because", "charge", "top"),
    [
        ("twice the last tier's end", usage_charge(TIERS), "60"),
        ("5 packages, twice", usage_charge(PACKAGES), "80"),
        ("the cap at 145, and a quarter more", usage_charge(TIERS, cap="6100"), "200"),
        ("100 dollars' worth", per_unit("0.5"), "200"),
        ("100 dollars' worth of tokens", per_unit("0.00004"), "2500000"),
        ("at least 10", per_unit("50"), "10"),
        ("a fee has no bound: 10", usage_charge({"type": "flat", "amount": "5"}), "10"),
        ("a free charge has no bound: 10", per_unit("0"), "10"),
        ("twice the included units", per_unit("2", included_units="40"), "80"),
        ("the minimum at 100, and a quarter more", per_unit("2", minimum="200"), "150"),
    ],
)
def test_suggested_top(because: str, charge: UsageCharge, top: str) -> None:
    """The range reaches beyond everything that happens on the curve, to a round number."""
    assert suggested_top([(charge, "USD")]) == Fraction(top), because


def test_a_meeting_is_in_the_range() -> None:
    """A fee of 100 and 2 per unit meet at 50; a quarter more is 62.5: 80."""
    fee = usage_charge({"type": "flat", "amount": "100"})
    assert suggested_top([(fee, "USD"), (per_unit("2"), "USD")]) == 80


def test_a_far_meeting_is_not() -> None:
    """Where prices meet 20 times beyond every bound, the bounds decide: twice 30."""
    fee = usage_charge({"type": "flat", "amount": "100000"})
    assert suggested_top([(fee, "USD"), (usage_charge(TIERS), "USD")]) == 60


def test_the_declared_maximum_is_the_limit() -> None:
    """Nobody has more than 8 seats where 8 is the maximum."""
    charge = {
        "key": "seats",
        "name": "Seats",
        "type": "recurring",
        "quantity": {"name": "seats", "maximum": "8"},
        "model": {"type": "per_unit", "unit_amount": "10"},
    }
    seats = read_entity(RecurringCharge, charge)
    assert suggested_top([(seats, "USD")]) == 8
    fee = read_entity(
        RecurringCharge,
        {
            "key": "fee",
            "name": "Fee",
            "type": "recurring",
            "model": {"type": "flat", "amount": "1"},
        },
    )
    assert suggested_top([(seats, "USD"), (fee, "USD")]) == 10


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("130", "150"), ("4200", "5000"), ("1", "1"), ("0.07", "0.08"), ("81", "100")],
)
def test_round_up(quantity: str, expected: str) -> None:
    """The next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 at its power of ten."""
    assert round_up(Fraction(quantity)) == Fraction(expected)


def test_listed_quantities() -> None:
    """Even steps of a tenth or so, every bound, and what was asked for inside of the range."""
    curve = charge_curve(usage_charge(TIERS), "USD", Fraction(100))
    found = listed_quantities([curve], [Fraction(33), Fraction(101)])
    expected = (0, 10, 20, 30, 33, 40, 50, 60, 70, 80, 90, 100)
    assert found == tuple(map(Fraction, expected))


def test_many_edges_have_no_rows() -> None:
    """Of 1,000 package edges none has a row of its own."""
    charge = usage_charge({"type": "package", "amount": "1", "package_size": "3"})
    curve = charge_curve(charge, "USD", Fraction(3000))
    assert listed_quantities([curve]) == tuple(map(Fraction, range(0, 3001, 500)))
