"""The documents of discounts."""

import pytest
from pydantic import TypeAdapter, ValidationError

from planql.discounts import Discount, FixedAmountDiscount, FreeUnitsDiscount, PercentageDiscount

DISCOUNT: TypeAdapter[Discount] = TypeAdapter(Discount)


def discount(**members: object) -> Discount:
    """A discount with the least members."""
    return DISCOUNT.validate_python({"key": "launch", **members})


def test_each_type_is_its_own_class() -> None:
    """`type` tells percentage, fixed amount and free units apart."""
    assert isinstance(discount(type="percentage", percentage="15"), PercentageDiscount)
    assert isinstance(discount(type="fixed_amount", amounts={"USD": "5"}), FixedAmountDiscount)
    assert isinstance(discount(type="free_units", units="5"), FreeUnitsDiscount)


def test_defaults_are_the_whole_invoice_for_ever() -> None:
    """Without scope and duration a discount acts on every invoice as a whole."""
    found = discount(type="percentage", percentage="15")
    assert (found.scope, found.duration.type) == ("invoice", "forever")


@pytest.mark.parametrize("percentage", ["0", "-1", "100.01", "1e1"])
def test_a_percentage_is_a_share(percentage: str) -> None:
    """A percentage is above 0 and at most 100."""
    with pytest.raises(ValidationError):
        discount(type="percentage", percentage=percentage)


def test_the_whole_is_a_share() -> None:
    """100 % is allowed."""
    assert discount(type="percentage", percentage="100").key == "launch"


def test_a_repeating_discount_says_how_often() -> None:
    """A repeating discount acts in a number of billing periods, at least one."""
    with pytest.raises(ValidationError):
        discount(type="free_units", units="5", duration={"type": "repeating", "cycles": 0})
