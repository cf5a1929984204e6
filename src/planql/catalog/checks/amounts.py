"""The rule about amounts that are invoiced as they are written.

Source: INTERFACES, `rate -`: "a cap or minimum finer than the currency's digits".
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planql.catalog.rate_plans import Charge, RatePlan
from planql.discounts import Discount, FixedAmountDiscount
from planql.money import currency_digits
from planql.problems import Mistake, escape_pointer


def check_charge_amounts(charge: Charge, currency: str) -> Iterator[Mistake]:
    """A charge's cap and minimum have no more digits than their currency."""
    yield from _check_digits("/cap", charge.cap, currency)
    yield from _check_digits("/minimum", charge.minimum, currency)


def check_commitment(plan: RatePlan) -> Iterator[Mistake]:
    """A plan's minimum commitment has no more digits than its currency."""
    yield from _check_digits("/minimum_commitment", plan.minimum_commitment, plan.currency)


def check_discount_amounts(discount: Discount) -> Iterator[Mistake]:
    """The amounts of a fixed discount have no more digits than their currencies."""
    if isinstance(discount, FixedAmountDiscount):
        for currency, amount in discount.amounts.items():
            yield from _check_digits(escape_pointer("amounts", currency), amount, currency)


def _check_digits(pointer: str, amount: Decimal | None, currency: str) -> Iterator[Mistake]:
    digits = currency_digits(currency)
    if amount is not None and (Fraction(amount) * 10**digits).denominator != 1:
        yield Mistake(
            "amount-too-fine",
            f'"{amount:f}" is finer than {currency}, which has {digits} decimals',
            pointer,
            f"write at most {digits} decimals",
        )
