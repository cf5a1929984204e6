"""`fixed_amount`: an amount per billing period, one for each currency."""

from typing import Literal

from planql.discounts.base import DiscountBase
from planql.entity import Amount, CurrencyCode


class FixedAmountDiscount(DiscountBase):
    """Takes an amount, never more than what is left; spent once per billing period."""

    type: Literal["fixed_amount"]
    amounts: dict[CurrencyCode, Amount]
    """What it takes off, per currency; it is not prorated."""
