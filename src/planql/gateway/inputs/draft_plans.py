"""The inputs of drafts that are simulated: charges and rate plans that are saved nowhere."""

from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.charge_models import ChargeModelInput
from planql.gateway.inputs.charges import FilterInput
from planql.gateway.inputs.documents import DocumentInput, OneOfInput, given
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.enums import (
    ChargeType,
    IntervalUnit,
    ProrateAllowances,
    ProrationBasis,
    Timing,
)


@strawberry.input(description="The length of a billing period.")
class BillingCycleInput(DocumentInput):
    """An interval and how many of it."""

    interval: IntervalUnit = strawberry.field(description="What is counted.")
    interval_count: int | None = strawberry.field(
        default=UNSET, description="How many of it; 1, when left out."
    )


@strawberry.input(description="A quantity that the subscription states, such as seats.")
class ChargeQuantityInput(DocumentInput):
    """A charge's declared quantity."""

    name: str = strawberry.field(description="What the subscription calls it.")
    minimum: Decimal | None = strawberry.field(
        default=UNSET, description="Least quantity, inclusive; 0, when left out."
    )
    maximum: Decimal | None = strawberry.field(
        default=UNSET, description="Greatest quantity, inclusive; without limit, when left out."
    )


@strawberry.input(description="A charge of a draft, as a rate plan would write it.")
class PlanChargeInput(DocumentInput):
    """A charge that is saved nowhere; its amounts are in the currency of its plan."""

    key: str = strawberry.field(
        description="Its name; it takes the place of a charge of the same name."
    )
    name: str | None = strawberry.field(
        default=UNSET, description="Shown to people; the key, when left out."
    )
    type: ChargeType | None = strawberry.field(
        default=UNSET, description="When it would be billed; `USAGE`, when left out."
    )
    model: ChargeModelInput = strawberry.field(description="How the quantity becomes an amount.")
    meter: str | None = strawberry.field(
        default=UNSET, description="Of a usage charge: key of the meter."
    )
    filter: FilterInput | None = strawberry.field(
        default=UNSET, description="Of a usage charge: narrows the meter's filter."
    )
    group_by: list[str] | None = strawberry.field(
        default=UNSET, description="Of a usage charge: properties that split the usage."
    )
    timing: Timing | None = strawberry.field(
        default=UNSET, description="Of a recurring charge; `IN_ADVANCE`, when left out."
    )
    quantity: ChargeQuantityInput | None = strawberry.field(
        default=UNSET, description="Of a fee: what it is multiplied by; 1, when left out."
    )
    billing_cycle: BillingCycleInput | None = strawberry.field(
        default=UNSET, description="Its own, shorter cycle; the plan's, when left out."
    )
    included_units: Decimal | None = strawberry.field(
        default=UNSET, description="Units that cost nothing; they come off first."
    )
    cap: Decimal | None = strawberry.field(
        default=UNSET, description="Greatest amount, before discounts."
    )
    minimum: Decimal | None = strawberry.field(
        default=UNSET, description="Least net amount; what is missing is topped up."
    )
    prorate_allowances: ProrateAllowances | None = strawberry.field(
        default=UNSET, description="When included units, cap and minimum shrink with the period."
    )
    discounts: list[str] | None = strawberry.field(
        default=UNSET, description="Keys of discounts that apply to it automatically."
    )

    def as_document(self) -> dict[str, object]:
        """The charge, which has a name and a type."""
        return {"name": self.key, "type": ChargeType.USAGE.value, **given(self)}


@strawberry.input(description="Days at the start in which recurring charges are not billed.")
class TrialInput(DocumentInput):
    """A trial."""

    days: int = strawberry.field(description="How many local days it lasts.")
    bill_usage: bool | None = strawberry.field(
        default=UNSET, description="Whether its usage is billed; it is not, when left out."
    )


@strawberry.input(description="A rate plan that is saved nowhere, to try its prices out.")
class DraftPlanInput(DocumentInput):
    """A version of a rate plan, as its file would write it."""

    key: str | None = strawberry.field(
        default=UNSET, description="Its name; scenarios may be for it. `draft`, when left out."
    )
    version: int | None = strawberry.field(default=UNSET, description="1, when left out.")
    product: str | None = strawberry.field(
        default=UNSET,
        description="Key of the product, for costs that are of some products only; the catalog's "
        "first, when left out.",
    )
    name: str | None = strawberry.field(
        default=UNSET, description="Shown to people; `Draft`, when left out."
    )
    currency: CurrencyCode = strawberry.field(description="Of every amount in it.")
    billing_cycle: BillingCycleInput | None = strawberry.field(
        default=UNSET, description="Length of a billing period; a month, when left out."
    )
    charges: list[PlanChargeInput] = strawberry.field(description="At least one.")
    trial: TrialInput | None = strawberry.field(
        default=UNSET, description="A trial at the start; none, when left out."
    )
    proration: ProrationBasis | None = strawberry.field(
        default=UNSET, description="How part of a period is charged; by days, when left out."
    )
    discounts: list[str] | None = strawberry.field(
        default=UNSET, description="Keys of discounts that apply automatically."
    )
    minimum_commitment: Decimal | None = strawberry.field(
        default=UNSET, description="Least net amount of a period; what is missing is topped up."
    )
    prorate_allowances: ProrateAllowances | None = strawberry.field(
        default=UNSET, description="When included units, caps and minimums shrink with the period."
    )
    ref: str | None = strawberry.field(
        default=UNSET,
        description="The ref whose meters, discounts and costs count; the served ones, when left "
        "out.",
    )
    label: str | None = strawberry.field(
        default=UNSET, description="What the answer calls it; key and version, when left out."
    )

    def as_document(self) -> dict[str, object]:
        """The plan, a draft that is always in force."""
        document = {
            "key": "draft",
            "version": 1,
            "name": "Draft",
            "billing_cycle": "monthly",
            "status": "draft",
            "effective_from": "0001-01-01",
            **given(self),
        }
        if "proration" in document:
            document["proration"] = {"basis": document["proration"]}
        return {name: each for name, each in document.items() if name not in {"ref", "label"}}


@strawberry.input(description="Charges that are in no plan, as a plan of nothing else.")
class DraftChargesInput(DocumentInput):
    """Charges alone."""

    currency: CurrencyCode = strawberry.field(description="Of every amount in them.")
    charges: list[PlanChargeInput] = strawberry.field(description="At least one.")
    ref: str | None = strawberry.field(
        default=UNSET,
        description="The ref whose meters, discounts and costs count; the served ones, when left "
        "out.",
    )
    label: str | None = strawberry.field(
        default=UNSET, description="What the answer calls them; `draft`, when left out."
    )


@strawberry.input(description="A version of a rate plan of a catalog.")
class CatalogPlanInput(DocumentInput):
    """Where a plan is found, and what is tried out in it."""

    rate_plan: str = strawberry.field(description="Key of the rate plan.")
    version: int | None = strawberry.field(
        default=UNSET,
        description="Its version; the one in force on the first day, or else the newest, when "
        "left out.",
    )
    ref: str | None = strawberry.field(
        default=UNSET,
        description="The ref whose catalog has it, with its meters and costs; the served one, "
        "when left out.",
    )
    charges: list[PlanChargeInput] | None = strawberry.field(
        default=UNSET,
        description="Drafts that take the place of charges of the same key, or are added.",
    )
    label: str | None = strawberry.field(
        default=UNSET,
        description="What the answer calls it; key and version, after the ref, when left out.",
    )


@strawberry.input(one_of=True, description="Prices to simulate: exactly one of these.")
class SimulatedPlanInput(OneOfInput):
    """A plan of a catalog, a draft of a plan, or charges alone."""

    catalog: CatalogPlanInput | None = strawberry.field(
        default=UNSET, description="A version of a rate plan of a catalog."
    )
    draft: DraftPlanInput | None = strawberry.field(
        default=UNSET, description="A rate plan that is saved nowhere."
    )
    charges: DraftChargesInput | None = strawberry.field(
        default=UNSET, description="Charges that are in no plan; billed monthly."
    )
