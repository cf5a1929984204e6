"""How discounts act on several lines at once."""

from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from planql.discounts import Discount, FixedAmountDiscount, PercentageDiscount
from planql.errors import InvalidInput
from planql.rating.discounts import Reduction, deduct, free_units, reduction

DISCOUNT: TypeAdapter[Discount] = TypeAdapter(Discount)


def amounts(*texts: str) -> list[Fraction]:
    """Amounts from their texts."""
    return [Fraction(text) for text in texts]


def percentage(key: str, share: str, *, is_redeemed: bool = False) -> Reduction:
    """A percentage of what is left."""
    return Reduction(key, percentage=Fraction(share), is_redeemed=is_redeemed)


def test_a_total_is_split_by_the_largest_remainder() -> None:
    """10 % of 100.05 is 10.005 -> 10.01: of 33.35 each, 3.34, 3.34 and 3.33."""
    (deduction,) = deduct(amounts("33.35", "33.35", "33.35"), [percentage("d", "10")], "USD")
    assert deduction.amount == Fraction("10.01")
    assert deduction.shares == tuple(amounts("3.34", "3.34", "3.33"))


def test_a_credit_is_not_discounted() -> None:
    """Of 100 and a credit of -50, 10 % is 10, all of it on the first line."""
    (deduction,) = deduct(amounts("100", "-50"), [percentage("d", "10")], "USD")
    assert deduction.shares == tuple(amounts("10", "0"))


def test_what_was_spent_before_is_not_spent_again() -> None:
    """Of 10 off, 4 are left in this billing period."""
    discount = DISCOUNT.validate_python(
        {"key": "d", "type": "fixed_amount", "amounts": {"USD": "10"}}
    )
    assert isinstance(discount, FixedAmountDiscount)
    left = reduction(discount, "USD", left=Fraction(4))
    assert deduct(amounts("100"), [left], "USD")[0].amount == 4
    assert deduct(amounts("100"), [reduction(discount, "USD")], "USD")[0].amount == 10


def test_a_discount_may_be_for_some_lines() -> None:
    """10 % of the second line alone; redeemed or not is kept."""
    discount = DISCOUNT.validate_python({"key": "d", "type": "percentage", "percentage": "10"})
    assert isinstance(discount, PercentageDiscount)
    ready = reduction(discount, "USD", lines=frozenset({1}), is_redeemed=True)
    assert ready.is_redeemed
    assert deduct(amounts("100", "50"), [ready], "USD")[0].shares == tuple(amounts("0", "5"))


def test_automatic_discounts_act_before_redeemed_ones() -> None:
    """Listed last, the automatic 50 % acts first: 5.00 of 10.00, then 3.33 of 5.00."""
    found = [percentage("redeemed", "66.6", is_redeemed=True), percentage("automatic", "50")]
    deductions = deduct(amounts("10"), found, "USD")
    assert [deduction.key for deduction in deductions] == ["automatic", "redeemed"]
    assert [deduction.amount for deduction in deductions] == amounts("5", "3.33")


def test_a_fixed_amount_needs_the_currency() -> None:
    """Nothing is converted: no amount in euros is an error that names both."""
    discount = FixedAmountDiscount(key="d", type="fixed_amount", amounts={"USD": "10"})  # type: ignore[dict-item]
    with pytest.raises(InvalidInput) as caught:
        reduction(discount, "EUR")
    assert caught.value.code == "discount-currency"
    assert '"EUR"' in caught.value.message
    assert '"USD"' in caught.value.message


def test_free_units_are_no_reduction() -> None:
    """Free units of several discounts add up; other discounts have none."""
    found = [
        DISCOUNT.validate_python({"key": "a", "type": "free_units", "units": "5"}),
        DISCOUNT.validate_python({"key": "b", "type": "percentage", "percentage": "5"}),
        DISCOUNT.validate_python({"key": "c", "type": "free_units", "units": "2.5"}),
    ]
    assert free_units(found) == Fraction("7.5")


def test_no_lines_no_deduction() -> None:
    """An empty bill is discounted by nothing."""
    assert deduct([], [percentage("d", "10")], "USD")[0].amount == 0
