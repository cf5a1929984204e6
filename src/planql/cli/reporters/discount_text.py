"""A discount in a few words: "15 % for 3 billing periods (Launch)"."""

from typing import assert_never

from planql.cli.reporters.money_text import money_text, quantity_text
from planql.discounts import (
    Discount,
    Duration,
    FixedAmountDiscount,
    Forever,
    FreeUnitsDiscount,
    Once,
    PercentageDiscount,
    Repeating,
)


def discount_text(discount: Discount) -> str:
    """What a discount takes off, for how long, and its name."""
    return f"{_amount(discount)}{_duration(discount.duration)} ({discount.name or discount.key})"


def _amount(discount: Discount) -> str:
    match discount:
        case PercentageDiscount(percentage=percentage):
            return f"{percentage:f} %"
        case FixedAmountDiscount(amounts=amounts):
            return " or ".join(money_text(amount, code) for code, amount in amounts.items())
        case FreeUnitsDiscount(units=units):
            return f"{quantity_text(units)} units"
        case other:
            assert_never(other)


def _duration(duration: Duration) -> str:
    match duration:
        case Once():
            return " for one billing period"
        case Repeating(cycles=cycles):
            return f" for {cycles} billing periods"
        case Forever():
            return ""
        case other:
            assert_never(other)
