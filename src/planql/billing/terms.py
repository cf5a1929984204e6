"""What a subscription has agreed to at one time: a plan's version, quantities, own prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from planql.billing.changes import PriceOverride
from planql.catalog.documents import Document
from planql.catalog.rate_plans import (
    Charge,
    OneTimeCharge,
    ProrateAllowances,
    RatePlan,
    RecurringCharge,
    UsageCharge,
)
from planql.errors import InvalidInput
from planql.periods import Interval
from planql.rating.prepared import PreparedCharge, prepare

Basis = Literal["day", "second", "none"]
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A discount that the subscription uses.

    Attributes:
        discount: Its key.
        at: When it was redeemed; invoices issued before are not reduced.
    """

    discount: str
    at: datetime


class SetByPlan:
    """Something that a version of a rate plan sets, in its currency and by its basis.

    Attributes:
        plan: The version, and where it is written.
    """

    __slots__ = ()
    plan: Document[RatePlan]

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.plan.entity.currency

    @property
    def basis(self) -> Basis:
        """How a part of a period counts."""
        return self.plan.entity.proration.basis


@dataclass(frozen=True)  # without slots: the prepared charge is made on first use
class Offer(SetByPlan):
    """A charge at the price that one subscription has for it.

    Attributes:
        charge: With the subscription's own price, where it has one.
        plan: The version of the plan that sets the price, and where it is written.
        index: Place of the charge in the plan, from 0.
        quantity: What the subscription declares, 1 where the charge declares none, None for usage.
    """

    charge: Charge
    plan: Document[RatePlan]
    index: int
    quantity: Fraction | None

    @property
    def charge_key(self) -> str:
        """What its lines are called."""
        return self.charge.key

    @property
    def pointer(self) -> str:
        """JSON pointer to the charge in its plan."""
        return f"/charges/{self.index}"

    @property
    def own_discounts(self) -> tuple[str, ...]:
        """Keys of the discounts that the charge itself lists."""
        return self.charge.discounts

    @cached_property
    def prepared(self) -> PreparedCharge:
        """The charge made ready to rate whole periods, as most are."""
        return prepare(self.charge, self.currency)

    def prepared_for(self, allowance: Fraction, free_units: Fraction) -> PreparedCharge:
        """The charge made ready to rate a part of a period, or with units that discounts give.

        Args:
            allowance: What included units and cap are multiplied by.
            free_units: Before `allowance`.
        """
        if allowance == ONE and not free_units:
            return self.prepared
        return prepare(self.charge, self.currency, allowance=allowance, free_units=free_units)

    @property
    def interval(self) -> Interval:
        """Length of a billing period of the charge."""
        return (self.charge.billing_cycle or self.plan.entity.billing_cycle).as_interval()

    @property
    def allowances(self) -> ProrateAllowances:
        """When included units, cap and minimum shrink with the period."""
        return self.charge.prorate_allowances or self.plan.entity.prorate_allowances

    @property
    def content(self) -> tuple[object, ...]:
        """What makes the price; two offers with the same content charge the same.

        Names and descriptions do not matter.

        Source: INTERFACES, "a charge with the same key and content in the new plan is unchanged".
        """
        what = _content(self.charge)
        how = (self.currency, self.basis, self.interval, self.allowances)
        return (what, self.quantity, *how)


@dataclass(frozen=True)
class UsageOffer(Offer):
    """The offer of a charge for usage, which is measured and not declared."""

    charge: UsageCharge


def _content(charge: Charge) -> Charge:
    """The charge without what people read, and without what `Offer` compares by itself."""
    silent: dict[str, object] = {
        "name": None,
        "description": None,
        "metadata": {},
        "billing_cycle": None,
        "prorate_allowances": None,
    }
    return charge.model_copy(update=silent)


@dataclass(frozen=True, slots=True)
class Terms(SetByPlan):
    """What holds from one change to the next.

    Attributes:
        plan: The version of the rate plan.
        quantities: By the names that charges declare.
        overrides: Prices of this subscription alone.
        redeemed: Discounts in use, in the order listed.
        is_paused: Whether recurring charges stand still.
    """

    plan: Document[RatePlan]
    quantities: Mapping[str, Decimal]
    overrides: tuple[PriceOverride, ...] = ()
    redeemed: tuple[Redeemed, ...] = ()
    is_paused: bool = False

    def offers(self) -> tuple[Offer, ...]:
        """Every charge of the plan at this subscription's price, in the plan's order.

        Raises:
            InvalidInput: `missing-quantity` or `quantity-out-of-bounds`.
        """
        charges = enumerate(self.plan.entity.charges)
        return tuple(self._offer(index, charge) for index, charge in charges)

    def _offer(self, index: int, charge: Charge) -> Offer:
        own = next((each.model for each in self.overrides if each.charge == charge.key), None)
        priced = charge if own is None else charge.model_copy(update={"model": own})
        if isinstance(priced, UsageCharge):
            return UsageOffer(priced, self.plan, index, None)
        return Offer(priced, self.plan, index, self._quantity(priced))

    def _quantity(self, charge: OneTimeCharge | RecurringCharge) -> Fraction:
        declared = charge.quantity
        if declared is None:
            return ONE
        if declared.name not in self.quantities:
            raise InvalidInput(
                "missing-quantity",
                f'charge "{charge.key}" needs the quantity "{declared.name}"',
                pointer="/quantities",
                hint=f'add "{declared.name}" to "quantities"',
            )
        quantity = self.quantities[declared.name]
        _check_bounds(quantity, declared.name, declared.minimum, declared.maximum)
        return Fraction(quantity)


def _check_bounds(
    quantity: Decimal, name: str, minimum: Decimal | None, maximum: Decimal | None
) -> None:
    low = minimum is not None and quantity < minimum
    if low or (maximum is not None and quantity > maximum):
        limit = f"at least {minimum:f}" if low else f"at most {maximum:f}"
        raise InvalidInput(
            "quantity-out-of-bounds",
            f'{quantity:f} is out of bounds for "{name}": it must be {limit}',
            pointer=f"/quantities/{name}",
        )
