"""Discounts: an interface and one object type per kind."""

from datetime import datetime
from fractions import Fraction
from typing import assert_never

import strawberry

from planql import discounts as entities
from planql.catalog.documents import Document
from planql.gateway.numerals import numeral
from planql.gateway.principals import TRUSTED
from planql.gateway.types.enums import DiscountScope, DurationType
from planql.gateway.types.metadata import MetadataEntry, metadata_entries
from planql.gateway.types.money import Money, money
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to


@strawberry.type(description="For how many billing periods a discount acts.")
class DiscountDuration:
    """A discount's duration."""

    type: DurationType = strawberry.field(description="Which kind of duration it is.")
    cycles: int | None = strawberry.field(
        description="How many billing periods, when repeating; else null."
    )


@strawberry.interface(description="A reduction of what is due.")
class Discount:
    """What every discount has."""

    key: str = strawberry.field(description="Stable name.")
    name: str | None = strawberry.field(description="Shown to customers; null when it has none.")
    description: str | None = strawberry.field(description="What it is for, in words.")
    scope: DiscountScope = strawberry.field(description="What it reduces.")
    charges: list[str] = strawberry.field(
        description="With scope `CHARGES`: the charges, as `charge` or `plan/charge`."
    )
    duration: DiscountDuration = strawberry.field(description="For how long it acts.")
    code: str | None = strawberry.field(
        description="What a customer types to redeem it; null when there is no code.",
        metadata=visible_to(*TRUSTED),
    )
    starts_at: datetime | None = strawberry.field(
        description="First instant at which it can be redeemed, inclusive; null is any."
    )
    ends_at: datetime | None = strawberry.field(
        description="End of the time in which it can be redeemed, exclusive; null is none."
    )
    max_redemptions: int | None = strawberry.field(
        description="How often it can be redeemed in all; null is without limit."
    )
    max_per_customer: int | None = strawberry.field(
        description="How often one customer can redeem it; null is without limit."
    )
    products: list[str] = strawberry.field(
        description="Keys of the products it is for; none is all of them."
    )
    rate_plans: list[str] = strawberry.field(
        description="Keys of the rate plans it is for; none is all of them."
    )
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where it is written.")


@strawberry.type(description="A discount that takes a percentage of what is left.")
class PercentageDiscount(Discount):
    """`percentage`."""

    percentage: Fraction = strawberry.field(description="Above 0, at most 100.")


@strawberry.type(
    description="A discount that takes an amount per billing period, never more than is left."
)
class FixedAmountDiscount(Discount):
    """`fixed_amount`."""

    amounts: list[Money] = strawberry.field(description="What it takes, one amount per currency.")


@strawberry.type(description="A discount that makes units free, as more included units.")
class FreeUnitsDiscount(Discount):
    """`free_units`."""

    units: Fraction = strawberry.field(description="How many units, per charge and period.")


DISCOUNT_TYPES = (PercentageDiscount, FixedAmountDiscount, FreeUnitsDiscount)
"""Every type behind the interface."""


def discount(document: Document[entities.Discount], commit: str | None) -> Discount:
    """A discount of the catalog."""
    found = document.entity
    common = _common(document, commit)
    match found:
        case entities.PercentageDiscount():
            return PercentageDiscount(**vars(common), percentage=numeral(found.percentage))
        case entities.FixedAmountDiscount():
            amounts = [money(amount, currency) for currency, amount in found.amounts.items()]
            return FixedAmountDiscount(**vars(common), amounts=amounts)
        case entities.FreeUnitsDiscount():
            return FreeUnitsDiscount(**vars(common), units=numeral(found.units))
        case _:
            assert_never(found)


def _common(document: Document[entities.Discount], commit: str | None) -> Discount:
    found = document.entity
    cycles = found.duration.cycles if isinstance(found.duration, entities.Repeating) else None
    return Discount(
        key=found.key,
        name=found.name,
        description=found.description,
        scope=DiscountScope(found.scope),
        charges=list(found.charges),
        duration=DiscountDuration(type=DurationType(found.duration.type), cycles=cycles),
        code=found.code,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        max_redemptions=found.max_redemptions,
        max_per_customer=found.max_per_customer,
        products=list(found.products),
        rate_plans=list(found.rate_plans),
        metadata=metadata_entries(found.metadata),
        source=source_of(document, commit),
    )
