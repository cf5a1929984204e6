"""Rate plans: versions of what a product costs, as a list of charges.

A published version never changes: subscribers pin it, and invoices name it.

Source: RULES 4, 7 and 10 (docs/rules/).
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from planql.catalog.fields import Cycle
from planql.catalog.filters import Filter
from planql.charge_models import ChargeModel
from planql.entity import (
    Amount,
    CurrencyCode,
    Entity,
    Items,
    Key,
    LocalDate,
    Quantity,
    SchemaReference,
    Text,
)

ProrateAllowances = Literal["changes", "always", "never"]
Status = Literal["draft", "published", "archived"]


class DeclaredQuantity(Entity):
    """A quantity that the subscription states, such as seats."""

    name: Text
    """What the subscription calls it."""
    minimum: Quantity | None = None
    """Least quantity, inclusive."""
    maximum: Quantity | None = None
    """Greatest quantity, inclusive."""


class ChargeBase(Entity):
    """What every charge has."""

    key: Key
    """Stable name, unique in the plan."""
    name: Text
    """Shown on the invoice."""
    description: Text | None = None
    """Says more, in a sentence or two."""
    model: ChargeModel
    """How the quantity becomes an amount."""
    billing_cycle: Cycle | None = None
    """The charge's own, shorter cycle; it must divide the plan's."""
    included_units: Quantity | None = None
    """Units that cost nothing, per period (and group); they come off first."""
    cap: Amount | None = None
    """Greatest amount per period, before discounts."""
    minimum: Amount | None = None
    """Least net amount per period; what is missing is topped up on its own line."""
    prorate_allowances: ProrateAllowances | None = None
    """When included units, cap and minimum shrink with the period; None: as the plan says."""
    discounts: Items[Key] = ()
    """Discounts that apply to this charge automatically."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""


class OneTimeCharge(ChargeBase):
    """Billed once, when a subscription first enters a plan with this charge."""

    type: Literal["one_time"]
    quantity: DeclaredQuantity | None = None
    """What it is multiplied by; 1, when left out."""


class RecurringCharge(ChargeBase):
    """Billed every period, before or after it."""

    type: Literal["recurring"]
    timing: Literal["in_advance", "in_arrears"] = "in_advance"
    """Whether a period is billed when it begins or when it has ended."""
    quantity: DeclaredQuantity | None = None
    """What it is multiplied by; 1, when left out."""


class UsageCharge(ChargeBase):
    """Billed after the period, by what a meter measured in it."""

    type: Literal["usage"]
    meter: Key
    """The meter that measures the quantity."""
    filter: Filter | None = None
    """Narrows the meter's own filter."""
    group_by: Items[Text] = ()
    """Properties that split the usage: one line per value, allowances afresh in each."""


Charge = Annotated[OneTimeCharge | RecurringCharge | UsageCharge, Discriminator("type")]
"""Any charge, told apart by `type`."""


class Trial(Entity):
    """Days at the start in which recurring charges are not billed."""

    days: Annotated[int, Field(ge=1, le=3650)]
    """How many local days the trial lasts."""
    bill_usage: bool = False
    """Whether usage during the trial is billed."""


class Proration(Entity):
    """How part of a billing period is charged."""

    basis: Literal["day", "second", "none"]
    """Whole local days, seconds, or not at all."""


class RatePlan(Entity):
    """One version of what a product costs."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the folder is called so."""
    version: Annotated[int, Field(ge=1)]
    """Counts from 1; the file is called `v<version>.json`."""
    status: Status
    """`draft` may change, `published` is frozen, `archived` takes no new subscriptions."""
    product: Key
    """The product that the plan sells."""
    name: Text
    """Shown to customers."""
    description: Text | None = None
    """Says more, in a sentence or two."""
    currency: CurrencyCode
    """Of every amount in the plan."""
    billing_cycle: Cycle
    """Length of a billing period."""
    effective_from: LocalDate
    """First local day on which new subscriptions get this version."""
    trial: Trial | None = None
    """A trial at the start; none, when left out."""
    proration: Proration = Proration(basis="day")
    """How part of a period is charged; by whole days, when left out."""
    charges: Items[Charge]
    """At least one; keys are unique."""
    discounts: Items[Key] = ()
    """Discounts that apply automatically to every subscription."""
    minimum_commitment: Amount | None = None
    """Least net amount of the plan's lines per period; what is missing is topped up."""
    prorate_allowances: ProrateAllowances = "changes"
    """When included units, caps and minimums shrink with the period."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""

    def charge(self, key: str) -> Charge | None:
        """The charge `key`, if the plan has it."""
        return next((charge for charge in self.charges if charge.key == key), None)
