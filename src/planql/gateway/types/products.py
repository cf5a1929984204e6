"""Products, their rate plans, and the kinds of agent they are for.

Products hold their rate plans, and rate plans name their product, so they stand in one module.
"""

from datetime import date

import strawberry

from planql.catalog import products, rate_plans
from planql.catalog.documents import Document
from planql.gateway.principals import TRUSTED
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.charges import (
    BillingCycle,
    Charge,
    References,
    billing_cycle,
    plan_charges,
)
from planql.gateway.types.discounts import Discount
from planql.gateway.types.enums import ProrateAllowances, ProrationBasis, RatePlanStatus
from planql.gateway.types.metadata import MetadataEntry, metadata_entries
from planql.gateway.types.money import Money, optional_money
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to


@strawberry.type(description="Something an agent does (an action) or achieves (an outcome).")
class Activity:
    """An action or an outcome."""

    key: str = strawberry.field(description="Stable name.")
    name: str = strawberry.field(description="Shown to people.")
    description: str | None = strawberry.field(description="What it is, in words.")


@strawberry.type(description="A kind of AI agent: what it does and what it achieves.")
class AgentType:
    """An agent type."""

    key: str = strawberry.field(description="Stable name.")
    name: str = strawberry.field(description="Shown to people.")
    description: str | None = strawberry.field(description="What it is, in words.")
    actions: list[Activity] = strawberry.field(description="What the agent does.")
    outcomes: list[Activity] = strawberry.field(description="What the agent achieves.")
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where it is written.")


@strawberry.type(description="The product that a rate plan is a price of.")
class PricedProduct:
    """A product without its rate plans: no query can go round in circles."""

    key: str = strawberry.field(description="Stable name.")
    name: str = strawberry.field(description="Shown to customers.")
    description: str | None = strawberry.field(description="Shown to customers.")
    agent_type: AgentType | None = strawberry.field(
        description="The kind of agent that it is for; null is any."
    )
    features: list[str] = strawberry.field(description="Lines for a pricing page.")


@strawberry.type(description="Days at the start in which recurring charges are not billed.")
class Trial:
    """A plan's trial."""

    days: int = strawberry.field(description="How many local days.")
    bill_usage: bool = strawberry.field(description="Whether usage during the trial is billed.")


@strawberry.type(description="One version of what a product costs.")
class RatePlan:
    """A version of a rate plan."""

    key: str = strawberry.field(description="Stable name, the same for all versions.")
    version: int = strawberry.field(description="Which version it is, counted from 1.")
    status: RatePlanStatus = strawberry.field(description="Whether it can be subscribed to.")
    product: PricedProduct = strawberry.field(description="What it is a price of.")
    name: str = strawberry.field(description="Shown to customers.")
    description: str | None = strawberry.field(description="What it offers, in words.")
    currency: CurrencyCode = strawberry.field(description="Of every amount in the plan.")
    billing_cycle: BillingCycle = strawberry.field(description="Length of a billing period.")
    effective_from: date = strawberry.field(
        description="First local day on which new subscriptions get this version."
    )
    trial: Trial | None = strawberry.field(description="What is free at first; null is nothing.")
    proration: ProrationBasis = strawberry.field(description="How a part of a period is charged.")
    charges: list[Charge] = strawberry.field(description="What it bills, in the order written.")
    discounts: list[Discount] = strawberry.field(description="Those that apply automatically.")
    minimum_commitment: Money | None = strawberry.field(
        description="Least net amount of all its lines per period; null is none."
    )
    prorate_allowances: ProrateAllowances = strawberry.field(
        description="When included units, caps and minimums shrink with the period."
    )
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where it is written.")


@strawberry.type(description="What is sold.")
class Product:
    """A product."""

    key: str = strawberry.field(description="Stable name.")
    name: str = strawberry.field(description="Shown to customers.")
    description: str | None = strawberry.field(description="Shown to customers.")
    agent_type: AgentType | None = strawberry.field(
        description="The kind of agent that it is for; null is any."
    )
    features: list[str] = strawberry.field(description="Lines for a pricing page.")
    rate_plans: list[RatePlan] = strawberry.field(
        description="Every version of its rate plans, by key, the newest version first."
    )
    metadata: list[MetadataEntry] = strawberry.field(
        description="What the company keeps with it.", metadata=visible_to(*TRUSTED)
    )
    source: Source = strawberry.field(description="Where it is written.")


def agent_type(document: Document[products.AgentType], commit: str | None) -> AgentType:
    """A kind of agent of the catalog."""
    found = document.entity
    return AgentType(
        key=found.key,
        name=found.name,
        description=found.description,
        actions=[_activity(each) for each in found.actions],
        outcomes=[_activity(each) for each in found.outcomes],
        metadata=metadata_entries(found.metadata),
        source=source_of(document, commit),
    )


def _activity(found: products.Activity) -> Activity:
    return Activity(key=found.key, name=found.name, description=found.description)


def product(
    document: Document[products.Product], kind: AgentType | None, commit: str | None
) -> Product:
    """A product of the catalog, its rate plans still to be added."""
    found = document.entity
    return Product(
        key=found.key,
        name=found.name,
        description=found.description,
        agent_type=kind,
        features=list(found.features),
        rate_plans=[],
        metadata=metadata_entries(found.metadata),
        source=source_of(document, commit),
    )


def rate_plan(
    document: Document[rate_plans.RatePlan], priced: Product, references: References
) -> RatePlan:
    """A version of a rate plan of the catalog, a price of the product `priced`."""
    found = document.entity
    trial = found.trial
    return RatePlan(
        key=found.key,
        version=found.version,
        status=RatePlanStatus(found.status),
        product=_priced(priced),
        name=found.name,
        description=found.description,
        currency=CurrencyCode(found.currency),
        billing_cycle=billing_cycle(found.billing_cycle),
        effective_from=found.effective_from,
        trial=None if trial is None else Trial(days=trial.days, bill_usage=trial.bill_usage),
        proration=ProrationBasis(found.proration.basis),
        charges=plan_charges(document, references),
        discounts=references.discounts_of(found.discounts),
        minimum_commitment=optional_money(found.minimum_commitment, found.currency),
        prorate_allowances=ProrateAllowances(found.prorate_allowances),
        metadata=metadata_entries(found.metadata),
        source=source_of(document, references.commit),
    )


def _priced(product: Product) -> PricedProduct:
    return PricedProduct(
        key=product.key,
        name=product.name,
        description=product.description,
        agent_type=product.agent_type,
        features=product.features,
    )
