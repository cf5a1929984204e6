"""The inputs of mutations: what begins, and what changes, at the present instant."""

import datetime as dt

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.subscriptions import (
    AnchorInput,
    DeclaredQuantityInput,
    EffectiveInput,
    PriceOverrideInput,
    QuantitiesInput,
)
from planql.gateway.principals import TRUSTED
from planql.gateway.types.enums import AnchorMode, InvoiceTime
from planql.gateway.visibility import visible_to


@strawberry.input(
    description="A change of the terms, asked for now; what is left out stays as it is."
)
class SubscriptionChangeInput(QuantitiesInput):
    """A change of plan, version, quantities, discounts or prices."""

    rate_plan: str | None = strawberry.field(default=UNSET, description="Key of the new rate plan.")
    version: int | None = strawberry.field(
        default=UNSET,
        description="Its version; the newest in force when the change takes effect, when left out.",
    )
    quantities: list[DeclaredQuantityInput] | None = strawberry.field(
        default=UNSET, description="Replace the quantities of these names."
    )
    discounts: list[str] | None = strawberry.field(
        default=UNSET,
        description="Keys of discounts; they replace the whole list. Those in use before stay "
        "redeemed when they were.",
    )
    overrides: list[PriceOverrideInput] | None = strawberry.field(
        default=UNSET,
        description="Prices of this subscription alone; they replace the whole list.",
        metadata=visible_to(*TRUSTED),
    )
    effective: EffectiveInput | None = strawberry.field(
        default=UNSET,
        description="When it takes effect: now (when left out), at the period's end, or on a "
        "later day.",
    )
    anchor: AnchorMode | None = strawberry.field(
        default=UNSET,
        description="Kept for the same billing cycle and reset otherwise, when left out.",
    )
    invoice: InvoiceTime | None = strawberry.field(
        default=UNSET, description="When its lines are invoiced; at once, when left out."
    )


@strawberry.input(description="A subscription that begins.")
class NewSubscriptionInput(QuantitiesInput):
    """A new subscription."""

    key: str | None = strawberry.field(
        default=UNSET,
        description="Its name, unique among the customer's; `main`, when left out.",
    )
    rate_plan: str = strawberry.field(description="Key of a rate plan of the served catalog.")
    version: int | None = strawberry.field(
        default=UNSET,
        description="A published version; the newest in force at the start, when left out.",
    )
    started_at: dt.datetime | None = strawberry.field(
        default=UNSET, description="When it starts: now (when left out), or later."
    )
    anchor: AnchorInput | None = strawberry.field(
        default=UNSET, description="Where its periods are counted from; its start, when left out."
    )
    quantities: list[DeclaredQuantityInput] | None = strawberry.field(
        default=UNSET, description="The quantities that the plan's charges declare."
    )
    discounts: list[str] | None = strawberry.field(
        default=UNSET, description="Keys of the discounts that it redeems."
    )
    overrides: list[PriceOverrideInput] | None = strawberry.field(
        default=UNSET, description="Prices of this subscription alone."
    )

    def as_document(self) -> dict[str, object]:
        """The subscription, which has a key."""
        return {"key": "main", **super().as_document()}


@strawberry.input(
    one_of=True, description="A discount: by its key, or by the code that a customer types."
)
class DiscountInput:
    """Which discount is redeemed."""

    key: str | None = strawberry.field(default=UNSET, description="Key of the discount.")
    code: str | None = strawberry.field(
        default=UNSET, description="Its code, exactly as the catalog writes it."
    )
