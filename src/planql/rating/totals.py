"""A charge on its own: its rating, its discounts, its minimum, what is due.

An invoice does the same over many charges, with what was spent of fixed amounts before
(`planql.billing`); here every discount acts on this one charge, whatever its scope.

Source: RULES 5, steps 7 and 8; INTERFACES, `rate -` (docs/rules/rating.md).
"""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

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
        deductions: What each discount took, in the order they acted.
        top_up: What was missing to the charge's minimum, after discounts.
    """

    rating: Rating
    deductions: tuple[Deduction, ...]
    top_up: Fraction

    @property
    def discount(self) -> Fraction:
        """What all discounts took."""
        return added_up(deduction.amount for deduction in self.deductions)

    @property
    def total(self) -> Fraction:
        """Amount - discount + top-up."""
        return self.net + self.top_up if self.top_up else self.net

    @property
    def net(self) -> Fraction:
        """Amount - discount."""
        amount = self.rating.amount
        return amount - self.discount if self.deductions else amount

    @property
    def closing_steps(self) -> tuple[Step, ...]:
        """The steps after the lines: with the lines' amounts they sum to the total."""
        discounts = [
            Step("discount", -deduction.amount, discount=deduction.key)
            for deduction in self.deductions
        ]
        return (*discounts, Step("minimum", self.top_up)) if self.top_up else tuple(discounts)


def settle(
    charge: Charge, currency: str, rating: Rating, discounts: Sequence[Discount] = ()
) -> RatedCharge:
    """`rating` of `charge` with `discounts` and the charge's minimum.

    Free units must be in the rating already; they are passed over here.

    Raises:
        InvalidInput: `discount-currency`, when a fixed amount has none in `currency`.
    """
    rated = RatedCharge(rating, _deductions(rating, currency, discounts) if discounts else (), ZERO)
    if charge.minimum is None:
        return rated
    return replace(rated, top_up=top_up(Fraction(charge.minimum), rated.net))


def _deductions(
    rating: Rating, currency: str, discounts: Sequence[Discount]
) -> tuple[Deduction, ...]:
    reductions = [
        reduction(discount, currency)
        for discount in discounts
        if not isinstance(discount, FreeUnitsDiscount)
    ]
    return deduct([line.amount for line in rating.lines], reductions, currency)
