"""What the steps of a prepared charge have in common."""

from fractions import Fraction

import pytest
from tests.rating.building import Doc, tiered, usage_charge

from planql.rating.prepared import prepare

TIERS = (("100", "0.5", "2"), (None, "0.25", "1"))


@pytest.mark.parametrize(
    "model",
    [
        {"type": "flat", "amount": "99"},
        {"type": "per_unit", "unit_amount": "0.5"},
        {"type": "package", "amount": "10", "package_size": "60"},
        tiered("graduated", *TIERS),
        tiered("volume", *TIERS),
        tiered("graduated_percentage", *TIERS),
    ],
    ids=lambda model: str(model["type"]),
)
def test_prices_of_steps_are_those_of_the_charge(model: Doc) -> None:
    """A price in a step is one of the charge's prices, the same object in every line."""
    prepared = prepare(usage_charge(model), "USD")
    known = {id(price) for price in prepared.prices}
    for quantity in (1, 150):
        for step in prepared.line(Fraction(quantity)).steps:
            prices = {id(price) for price in (step.unit_amount, step.flat_amount) if price}
            assert prices <= known
