"""Static scales: prices and quantities as integers, so that rating needs no decimal arithmetic.

A price has at most 12 decimals, and a percentage divided by 100 two more; a quantity has at most
12. So every price is an integer at 14 decimals, every quantity at 12 and every amount at 26. A
quantity that needs more decimals (an average, an event of 30 decimals) is a `Fraction` of the same
unit, and the very same arithmetic takes it: nothing is ever rounded here.

Source: RULES 1.1 (docs/rules/charge-models.md).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from planql.money import Exact

Scaled = int | Fraction
"""A number at one of the static scales; an integer unless it needs more decimals."""

QUANTITY_SCALE: Final = 10**12
PRICE_SCALE: Final = 10**14
AMOUNT_SCALE: Final = QUANTITY_SCALE * PRICE_SCALE


def scaled_quantity(quantity: Exact) -> Scaled:
    """`quantity` in units of 10**-12, exactly: an integer when it has at most 12 decimals."""
    numerator, denominator = quantity.as_integer_ratio()
    if QUANTITY_SCALE % denominator:
        return Fraction(numerator * QUANTITY_SCALE, denominator)
    return numerator * (QUANTITY_SCALE // denominator)


def scaled_bound(quantity: Decimal) -> int:
    """A quantity of at most 12 decimals, such as the end of a tier, in units of 10**-12."""
    return _at(quantity, QUANTITY_SCALE)


def scaled_price(price: Decimal | None) -> int:
    """A price in units of 10**-14; no price is 0."""
    return 0 if price is None else _at(price, PRICE_SCALE)


def scaled_percentage(percentage: Decimal) -> int:
    """The ratio that `percentage` stands for, in units of 10**-14: 2.9 is 0.029."""
    return _at(percentage, PRICE_SCALE // 100)


def scaled_amount(amount: Decimal | None) -> int:
    """An amount in units of 10**-26; no amount is 0."""
    return 0 if amount is None else _at(amount, AMOUNT_SCALE)


def _at(number: Decimal, scale: int) -> int:
    """`number` x `scale`; fields of 12 decimals at most divide every scale used here."""
    numerator, denominator = number.as_integer_ratio()
    return numerator * scale // denominator
