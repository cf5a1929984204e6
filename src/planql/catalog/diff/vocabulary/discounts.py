"""Words of discounts."""

from fractions import Fraction
from typing import Final

from planql.catalog.diff.effects import higher_costs_less
from planql.catalog.diff.telling import items, money_table
from planql.catalog.diff.terms import Term, never, unless_added
from planql.catalog.diff.vocabulary.words import (
    AMOUNT,
    COUNT,
    PERCENTAGE,
    QUANTITY,
    Rows,
    free,
)
from planql.discounts import (
    DiscountBase,
    Duration,
    FixedAmountDiscount,
    FreeUnitsDiscount,
    Once,
    PercentageDiscount,
    Repeating,
)

FOR_EVER: Final = Fraction(10**9)
"""More billing periods than anyone subscribes for."""


def cycles_of(duration: Duration) -> Fraction:
    """In how many billing periods a discount acts."""
    if isinstance(duration, Repeating):
        return Fraction(duration.cycles)
    return Fraction(1) if isinstance(duration, Once) else FOR_EVER


ROWS: Final[Rows] = {
    DiscountBase: {
        "type": Term("type of discount"),
        "charges": Term("charge", tell=items),
        "duration": Term("duration", effect=higher_costs_less, number=cycles_of),
        "code": free("code"),
        "starts_at": free("start of redemption"),
        "ends_at": free("end of redemption"),
        "max_redemptions": free("redemptions in all", COUNT),
        "max_per_customer": free("redemptions per customer", COUNT),
        "products": Term("product", frozen=never, tell=items),
        "rate_plans": Term("rate plan", frozen=never, tell=items),
    },
    PercentageDiscount: {"percentage": Term("percentage", PERCENTAGE, higher_costs_less)},
    FixedAmountDiscount: {
        "amounts": Term(
            "amount in {}", AMOUNT, higher_costs_less, frozen=unless_added, tell=money_table
        ),
    },
    FreeUnitsDiscount: {"units": Term("free units", QUANTITY, higher_costs_less)},
}
