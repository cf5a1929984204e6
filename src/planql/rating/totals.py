"""A charge on its own: its rating, its discounts, its minimum, what is due.

An invoice does the same over many charges, with what was spent of fixed amounts before
(`planql.billing`); here every discount acts on this one charge, whatever its scope.

Source: RULES 5, steps 7 and 8; INTERFACES, `rate -` (docs/rules/rating.md).
"""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from planql.catalog.rate_plans import Charge
from planql.discounts import Discount, FreeUnitsDiscount
from planql.money import added_up
from planql.rating.discounts import Deduction, deduct, reduction
from planql.rating.lines import Rating, Step
from planql.rating.minimums import top_up
from planql.rating.prepared import ZERO


class RatedCharge(Struct, frozen=True, gc=False):
    """What one charge comes to.

    Attributes:
        rating: Its lines, rounded and capped.
        total: Amount - discount + top-up.
        deductions: What each discount took, in the order they acted.
        top_up: What was missing to the charge's minimum, after discounts.
        closing_steps: The steps after the lines: with the lines' amounts they sum to the total.
    """

    rating: Rating
    total: Fraction
    deductions: tuple[Deduction, ...] = ()
    top_up: Fraction = ZERO
    closing_steps: tuple[Step, ...] = ()

    @property
    def discount(self) -> Fraction:
        """What all discounts took."""
        return added_up(deduction.amount for deduction in self.deductions)


def settle(
    charge: Charge, currency: str, rating: Rating, discounts: Sequence[Discount] = ()
) -> RatedCharge:
    """`rating` of `charge` with `discounts` and the charge's minimum.

    Free units must be in the rating already; they are passed over here.

    Raises:
        InvalidInput: `discount-currency`, when a fixed amount has none in `currency`.
    """
    if not discounts and charge.minimum is None:
        return RatedCharge(rating, rating.amount)
    deductions = _deductions(rating, currency, discounts)
    steps = [Step("discount", -each.amount, discount=each.key) for each in deductions]
    net = rating.amount - added_up(each.amount for each in deductions)
    missing = ZERO if charge.minimum is None else top_up(Fraction(charge.minimum), net)
    if missing:
        steps.append(Step("minimum", missing))
    return RatedCharge(rating, net + missing, deductions, missing, tuple(steps))


def _deductions(
    rating: Rating, currency: str, discounts: Sequence[Discount]
) -> tuple[Deduction, ...]:
    reductions = [
        reduction(discount, currency)
        for discount in discounts
        if not isinstance(discount, FreeUnitsDiscount)
    ]
    return deduct([line.amount for line in rating.lines], reductions, currency)
