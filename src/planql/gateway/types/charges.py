"""Charges: an interface and one object type per way of billing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

import strawberry

from planql.catalog import fields, rate_plans
from planql.catalog.documents import Document
from planql.gateway.numerals import optional_numeral
from planql.gateway.principals import TRUSTED
from planql.gateway.types.charge_models import ChargeModel
from planql.gateway.types.discounts import Discount
from planql.gateway.types.enums import ChargeType, IntervalUnit, ProrateAllowances, Timing
from planql.gateway.types.filters import Filter, event_filter
from planql.gateway.types.metadata import MetadataEntry, metadata_entries
from planql.gateway.types.meters import Meter
from planql.gateway.types.model_views import ModelViews
from planql.gateway.types.money import Money, optional_money
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to


@strawberry.type(description="The length of a billing period.")
class BillingCycle:
    """An interval and how many of it."""

    interval: IntervalUnit = strawberry.field(description="What is counted.")
    interval_count: int = strawberry.field(description="How many of it, at least 1.")


@strawberry.type(description="A quantity that the subscription states, such as seats.")
class DeclaredQuantity:
    """A charge's declared quantity."""

    name: str = strawberry.field(description="What the subscription calls it.")
    minimum: Fraction | None = strawberry.field(description="Least quantity, inclusive; null is 0.")
    maximum: Fraction | None = strawberry.field(
        description="Greatest quantity, inclusive; null is without limit."
    )


@strawberry.interface(description="Something that a rate plan bills.")
class Charge:
    """What every charge has."""

    key: str = strawberry.field(description="Stable name, unique in the plan.")
    name: str | None = strawberry.field(description="Shown on the invoice.")
    description: str | None = strawberry.field(description="What it is for, in words.")
    type: ChargeType = strawberry.field(description="When it is billed.")
    model: ChargeModel = strawberry.field(description="How the quantity becomes an amount.")
    billing_cycle: BillingCycle | None = strawberry.field(
        description="The charge's own, shorter cycle; null is the plan's."
    )
    included_units: Fraction | None = strawberry.field(
        description="Units that cost nothing, per period and group; they come off first."
    )
    cap: Money | None = strawberry.field(
        description="Greatest amount per period, before discounts; null is without limit."
    )
    minimum: Money | None = strawberry.field(
        description="Least net amount per period: what is missing is topped up; null is none."
    )
    prorate_allowances: ProrateAllowances | None = strawberry.field(
        description="When included units, cap and minimum shrink; null is as the plan says."
    )
    discounts: list[Discount] = strawberry.field(description="Those that apply automatically.")
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where its price is written.")


@strawberry.type(description="A charge billed once, when a subscription first enters the plan.")
class OneTimeCharge(Charge):
    """`one_time`."""

    quantity: DeclaredQuantity | None = strawberry.field(
        description="What it is multiplied by; null is 1."
    )


@strawberry.type(description="A charge billed every period.")
class RecurringCharge(Charge):
    """`recurring`."""

    timing: Timing = strawberry.field(description="Before the period or after it.")
    quantity: DeclaredQuantity | None = strawberry.field(
        description="What it is multiplied by; null is 1."
    )


@strawberry.type(description="A charge billed after the period, by what a meter measured in it.")
class UsageCharge(Charge):
    """`usage`."""

    meter: Meter = strawberry.field(description="What measures the usage.")
    filter: Filter | None = strawberry.field(description="Narrows the meter's filter; null is all.")
    group_by: list[str] = strawberry.field(
        description="Properties that split the usage: one line per value, allowances afresh in "
        "each."
    )


CHARGE_TYPES = (OneTimeCharge, RecurringCharge, UsageCharge)
"""Every type behind the interface."""


@dataclass(frozen=True, slots=True)
class References:
    """What documents name, by key."""

    meters: Mapping[str, Meter]
    discounts: Mapping[str, Discount]
    commit: str | None
    models: ModelViews

    def discounts_of(self, keys: Iterable[str]) -> list[Discount]:
        """The discounts with these keys, as far as they are shown at all."""
        return [self.discounts[key] for key in keys if key in self.discounts]


def plan_charges(document: Document[rate_plans.RatePlan], references: References) -> list[Charge]:
    """The charges of a version of a rate plan, in the order written."""
    return [
        _charge(charge, document, f"/charges/{index}", references)
        for index, charge in enumerate(document.entity.charges)
    ]


def billing_cycle(cycle: fields.BillingCycle) -> BillingCycle:
    """The length of a billing period."""
    return BillingCycle(interval=IntervalUnit(cycle.interval), interval_count=cycle.interval_count)


def _charge(
    charge: rate_plans.Charge,
    document: Document[rate_plans.RatePlan],
    pointer: str,
    references: References,
) -> Charge:
    source = source_of(document, references.commit, pointer)
    common = vars(_common(charge, document.entity.currency, references, source))
    match charge:
        case rate_plans.OneTimeCharge():
            return OneTimeCharge(**common, quantity=_declared(charge.quantity))
        case rate_plans.RecurringCharge():
            timing = Timing(charge.timing)
            return RecurringCharge(**common, timing=timing, quantity=_declared(charge.quantity))
        case rate_plans.UsageCharge():
            return UsageCharge(
                **common,
                meter=references.meters[charge.meter],
                filter=None if charge.filter is None else event_filter(charge.filter),
                group_by=list(charge.group_by),
            )
        case _:
            assert_never(charge)


def _common(
    charge: rate_plans.Charge, currency: str, references: References, source: Source
) -> Charge:
    own = charge.billing_cycle
    allowances = charge.prorate_allowances
    return Charge(
        key=charge.key,
        name=charge.name,
        description=charge.description,
        type=ChargeType(charge.type),
        model=references.models.of(charge.model, currency),
        billing_cycle=None if own is None else billing_cycle(own),
        included_units=optional_numeral(charge.included_units),
        cap=optional_money(charge.cap, currency),
        minimum=optional_money(charge.minimum, currency),
        prorate_allowances=None if allowances is None else ProrateAllowances(allowances),
        discounts=references.discounts_of(charge.discounts),
        metadata=metadata_entries(charge.metadata),
        source=source,
    )


def _declared(quantity: rate_plans.DeclaredQuantity | None) -> DeclaredQuantity | None:
    if quantity is None:
        return None
    return DeclaredQuantity(
        name=quantity.name,
        minimum=optional_numeral(quantity.minimum),
        maximum=optional_numeral(quantity.maximum),
    )
