"""A charge made ready: what rating it takes that no quantity changes, worked out once.

Owns: what a bare quantity of a charge comes to, discounts and minimum included.
Does not own: the order of rating (`planql.rating.pipeline`), quantities that events make
(`planql.rating.requests`).

Source: RULES 5; INTERFACES, `rate -` (docs/rules/rating.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planql.catalog.checks.amounts import check_discount_amounts
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.discounts import Discount, FixedAmountDiscount
from planql.errors import InvalidInput
from planql.problems import escape_pointer
from planql.rating.discounts import fixed_amount, free_units
from planql.rating.pipeline import rate_prepared
from planql.rating.prepared import PreparedCharge, prepare
from planql.rating.quantities import declared_quantity
from planql.rating.totals import RatedCharge, settle


@dataclass(frozen=True, slots=True)
class ReadyCharge:
    """A valid charge, prepared for many quantities.

    Attributes:
        charge: As the catalog has it.
        currency: Of its amounts.
        prepared: The charge at the static scales.
    """

    charge: Charge
    currency: str
    prepared: PreparedCharge

    def rate(self, quantity: Decimal | None, discounts: Sequence[Discount] = ()) -> RatedCharge:
        """What `quantity` comes to.

        Args:
            quantity: Before included units; None is 1 for a charge without usage that declares no
                quantity.
            discounts: All of them apply to the charge.

        Raises:
            InvalidInput: the first mistake, with its pointer into a request that holds the
                arguments by their names.
        """
        prepared = self.prepared
        if discounts:
            require_amounts(discounts, self.currency)
            units = free_units(discounts)
            prepared = prepare(self.charge, self.currency, free_units=units)
        rating = rate_prepared(self.charge, prepared, _exact(self.charge, quantity))
        return settle(self.charge, self.currency, rating, discounts)


def ready(charge: Charge, currency: str) -> ReadyCharge:
    """A charge (`planql.catalog.checks.require_valid_charge`), ready to be rated."""
    return ReadyCharge(charge, currency, prepare(charge, currency))


def require_amounts(discounts: Sequence[Discount], currency: str) -> None:
    """Every fixed discount has an amount in the currency, no finer than it.

    Raises:
        InvalidInput: the first mistake, with its pointer into a request with these `discounts`.
    """
    for index, discount in enumerate(discounts):
        if isinstance(discount, FixedAmountDiscount):
            try:
                _require_amount(discount, currency)
            except InvalidInput as error:
                error.pointer = escape_pointer("discounts", index) + error.pointer
                raise


def _require_amount(discount: FixedAmountDiscount, currency: str) -> None:
    fixed_amount(discount, currency)
    for wrong in check_discount_amounts(discount):
        raise InvalidInput(wrong.code, wrong.message, pointer=wrong.pointer, hint=wrong.hint)


def _exact(charge: Charge, quantity: Decimal | None) -> Fraction:
    if not isinstance(charge, UsageCharge):
        return declared_quantity(charge.quantity, quantity, "/quantity")
    if quantity is None:
        raise InvalidInput(
            "missing-quantity",
            '"quantity" is missing, and so are "events"; one of them is to be rated',
            hint='add "quantity", or "events" with "meter" and "period"',
        )
    return Fraction(*quantity.as_integer_ratio())
