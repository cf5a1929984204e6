"""The inputs of a subscription: what it starts with, and all that happens to it."""

import datetime as dt
from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.charge_models import ChargeModelInput
from planql.gateway.inputs.documents import DocumentInput, OneOfInput, document_of, given
from planql.gateway.types.enums import AnchorMode, AnchorName, EffectiveTime, InvoiceTime


@strawberry.input(description="A quantity that a charge declares, such as seats.")
class DeclaredQuantityInput(DocumentInput):
    """A name and a quantity."""

    name: str = strawberry.field(description="The name that the charge declares.")
    quantity: Decimal = strawberry.field(description="How many.")


class QuantitiesInput(DocumentInput):
    """An input with `quantities`: a list in the schema, an object by name in the document."""

    def as_document(self) -> dict[str, object]:
        """The document, with the quantities by name."""
        document = given(self)
        listed = getattr(self, "quantities", UNSET) or []
        document.pop("quantities", None)
        if listed:
            document["quantities"] = {each.name: document_of(each.quantity) for each in listed}
        return document


@strawberry.input(one_of=True, description="Where billing periods are counted from.")
class AnchorInput(OneOfInput):
    """A name or a date."""

    name: AnchorName | None = strawberry.field(
        default=UNSET, description="The subscription's start, or the calendar."
    )
    date: dt.date | None = strawberry.field(default=UNSET, description="A local day.")


@strawberry.input(one_of=True, description="When a change takes effect.")
class EffectiveInput(OneOfInput):
    """A time or a date."""

    time: EffectiveTime | None = strawberry.field(
        default=UNSET, description="At once, or at the period's end."
    )
    date: dt.date | None = strawberry.field(default=UNSET, description="A local day.")


@strawberry.input(description="A discount that the subscription uses.")
class RedemptionInput(DocumentInput):
    """A redeemed discount."""

    discount: str = strawberry.field(description="Key of the discount.")
    redeemed_at: dt.datetime | None = strawberry.field(
        default=UNSET, description="When; with what lists it, when left out."
    )


@strawberry.input(description="A price of this subscription alone.")
class PriceOverrideInput(DocumentInput):
    """A price override."""

    charge: str = strawberry.field(description="Key of the charge whose price it replaces.")
    model: ChargeModelInput = strawberry.field(description="What replaces it.")


@strawberry.input(description="A change of the terms; what is left out stays as it is.")
class TermsChangeInput(QuantitiesInput):
    """Changes plan, version, quantities, discounts or prices."""

    at: dt.datetime = strawberry.field(description="When it is asked for.")
    rate_plan: str | None = strawberry.field(default=UNSET, description="Key of the new rate plan.")
    version: int | None = strawberry.field(
        default=UNSET, description="Its version; the newest in force on that day, when left out."
    )
    quantities: list[DeclaredQuantityInput] | None = strawberry.field(
        default=UNSET, description="Replace the quantities of these names."
    )
    discounts: list[RedemptionInput] | None = strawberry.field(
        default=UNSET, description="Replace the whole list."
    )
    overrides: list[PriceOverrideInput] | None = strawberry.field(
        default=UNSET, description="Replace the whole list."
    )
    effective: EffectiveInput | None = strawberry.field(
        default=UNSET, description="When it takes effect; at once, when left out."
    )
    anchor: AnchorMode | None = strawberry.field(
        default=UNSET,
        description="Kept for the same billing cycle and reset otherwise, when left out.",
    )
    invoice: InvoiceTime | None = strawberry.field(
        default=UNSET, description="When its lines are invoiced; at once, when left out."
    )


@strawberry.input(description="The end of the subscription.")
class CancellationInput(DocumentInput):
    """A cancellation."""

    at: dt.datetime = strawberry.field(description="When it is asked for.")
    cancel: EffectiveTime = strawberry.field(
        name="effective", description="At once, or at the end of the running period."
    )


@strawberry.input(description="The moment of a change that needs no more than that.")
class MomentInput(DocumentInput):
    """A moment."""

    at: dt.datetime = strawberry.field(description="When it is asked for.")


@strawberry.input(one_of=True, description="Something that happens to a subscription.")
class ChangeInput(OneOfInput):
    """Exactly one kind of change."""

    terms: TermsChangeInput | None = strawberry.field(
        default=UNSET, description="Another plan, version, quantity, discount or price."
    )
    cancel: CancellationInput | None = strawberry.field(
        default=UNSET, description="The end of the subscription."
    )
    uncancel: MomentInput | None = strawberry.field(
        default=UNSET, description="Takes a cancellation at period end back."
    )
    pause: MomentInput | None = strawberry.field(
        default=UNSET, description="Stops recurring charges."
    )
    resume: MomentInput | None = strawberry.field(
        default=UNSET, description="Starts recurring charges again."
    )

    def as_value(self) -> object:
        """The change; a bare moment is told apart by a member of its kind's name."""
        name, change = self.chosen
        marks = {name: True} if isinstance(change, MomentInput) else {}
        document = document_of(change)
        return {**document, **marks} if isinstance(document, dict) else document


@strawberry.input(description="A credit or a debit given by hand.")
class AdjustmentInput(DocumentInput):
    """An adjustment."""

    at: dt.datetime = strawberry.field(description="When it is given.")
    amount: Decimal = strawberry.field(
        description="In the currency of the plan then in force; below 0 is a credit."
    )
    reason: str = strawberry.field(description="Why, for the invoice.")


@strawberry.input(description="A customer's use of a rate plan, from its start on.")
class SubscriptionInput(QuantitiesInput):
    """A subscription."""

    key: str | None = strawberry.field(
        default=UNSET, description="Its name, unique among them; `main`, when left out."
    )
    rate_plan: str = strawberry.field(description="Key of a rate plan of the served catalog.")
    version: int | None = strawberry.field(
        default=UNSET, description="Its version; the newest in force at the start, when left out."
    )
    started_at: dt.datetime = strawberry.field(description="When it starts.")
    anchor: AnchorInput | None = strawberry.field(
        default=UNSET, description="Where its periods are counted from; its start, when left out."
    )
    quantities: list[DeclaredQuantityInput] | None = strawberry.field(
        default=UNSET, description="The quantities that the plan's charges declare."
    )
    discounts: list[RedemptionInput] | None = strawberry.field(
        default=UNSET, description="Redeemed at the start, or when they say."
    )
    overrides: list[PriceOverrideInput] | None = strawberry.field(
        default=UNSET, description="Prices of this subscription alone."
    )
    changes: list[ChangeInput] | None = strawberry.field(
        default=UNSET, description="What happens to it after its start."
    )
    adjustments: list[AdjustmentInput] | None = strawberry.field(
        default=UNSET, description="Credits and debits given by hand."
    )

    def as_document(self) -> dict[str, object]:
        """The subscription, which has a key."""
        return {"key": "main", **super().as_document()}
