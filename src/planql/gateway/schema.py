"""The schema: its queries and mutations, put together."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from planql.gateway.compiled.purity import FROM_SNAPSHOT, from_snapshot_without
from planql.gateway.mutations.changes import (
    ChangeResult,
    resolve_add_adjustment,
    resolve_cancel_subscription,
    resolve_change_subscription,
    resolve_pause_subscription,
    resolve_redeem_discount,
    resolve_resume_subscription,
    resolve_uncancel_subscription,
)
from planql.gateway.mutations.customers import (
    CreateCustomerResult,
    CreateSubscriptionResult,
    resolve_create_customer,
    resolve_create_subscription,
)
from planql.gateway.mutations.usage import RecordUsageResult, resolve_record_usage
from planql.gateway.principals import TRUSTED, UNTRUSTED, Role
from planql.gateway.queries.catalog_diff import CatalogDiffResult, resolve_catalog_diff
from planql.gateway.queries.catalog_history import CatalogHistoryResult, resolve_catalog_history
from planql.gateway.queries.catalog_status import resolve_catalog_status
from planql.gateway.queries.catalogs import (
    resolve_catalog,
    resolve_catalog_at,
    resolve_discounts,
    resolve_meters,
    resolve_products,
)
from planql.gateway.queries.customers import (
    CustomerResult,
    InvoiceResult,
    resolve_customer,
    resolve_invoice,
)
from planql.gateway.queries.invoices import PreviewResult, resolve_preview_invoice
from planql.gateway.queries.own import (
    resolve_own_customer,
    resolve_own_invoice,
    resolve_preview_own_cancellation,
    resolve_preview_own_change,
)
from planql.gateway.queries.previews import (
    ChangePreviewResult,
    resolve_preview_cancellation,
    resolve_preview_change,
)
from planql.gateway.queries.price_curves import PriceCurveResult, resolve_price_curve
from planql.gateway.queries.rate_plans import (
    RatePlanResult,
    resolve_rate_plan,
    resolve_rate_plan_at,
)
from planql.gateway.queries.ratings import RateResult, resolve_rate, resolve_rate_at
from planql.gateway.queries.simulations import SimulateResult, resolve_simulate
from planql.gateway.scalars import SCALARS
from planql.gateway.types.catalog_statuses import CatalogStatus
from planql.gateway.types.catalogs import Catalog
from planql.gateway.types.charge_models import MODEL_TYPES
from planql.gateway.types.charges import CHARGE_TYPES
from planql.gateway.types.discounts import DISCOUNT_TYPES, Discount
from planql.gateway.types.enums import RatePlanStatus
from planql.gateway.types.meters import Meter
from planql.gateway.types.products import Product
from planql.gateway.visibility import VariantSchema, visible_to


@strawberry.type(
    description="Questions about prices. Nothing here changes anything: the catalog itself is "
    "changed by a pull request to its files."
)
class Query:
    """The root of all queries."""

    catalog: Catalog = strawberry.field(
        resolver=resolve_catalog,
        description="All prices that are served.",
        metadata=visible_to(*UNTRUSTED) | FROM_SNAPSHOT,
    )
    catalog_at: Catalog = strawberry.field(
        name="catalog",
        resolver=resolve_catalog_at,
        description="All prices that are served, or those of another ref.",
        metadata=visible_to(*TRUSTED) | from_snapshot_without("ref"),
    )
    products: list[Product] = strawberry.field(
        resolver=resolve_products,
        description="What is sold, with the prices of each.",
        metadata=FROM_SNAPSHOT,
    )
    rate_plan: RatePlanResult = strawberry.field(
        resolver=resolve_rate_plan,
        description="One version of a rate plan: the one asked for, or the one in force.",
        metadata=visible_to(*UNTRUSTED),
    )
    rate_plan_at: RatePlanResult = strawberry.field(
        name="ratePlan",
        resolver=resolve_rate_plan_at,
        description="One version of a rate plan: the one asked for, or the one in force.",
        metadata=visible_to(*TRUSTED),
    )
    meters: list[Meter] = strawberry.field(
        resolver=resolve_meters,
        description="What usage is measured by.",
        metadata=FROM_SNAPSHOT,
    )
    discounts: list[Discount] = strawberry.field(
        resolver=resolve_discounts,
        description="Reductions of what is due.",
        metadata=FROM_SNAPSHOT,
    )
    rate: RateResult = strawberry.field(
        resolver=resolve_rate,
        description="What a charge costs, step by step.",
        metadata=visible_to(*UNTRUSTED),
    )
    rate_at: RateResult = strawberry.field(
        name="rate",
        resolver=resolve_rate_at,
        description="What a charge costs, step by step.",
        metadata=visible_to(*TRUSTED),
    )
    catalog_status: CatalogStatus = strawberry.field(
        resolver=resolve_catalog_status,
        description="What is served since when, and why nothing newer is.",
        metadata=visible_to(*TRUSTED),
    )
    catalog_diff: CatalogDiffResult = strawberry.field(
        resolver=resolve_catalog_diff,
        description="What changed from one ref to another, in the words of pricing.",
        metadata=visible_to(*TRUSTED),
    )
    catalog_history: CatalogHistoryResult = strawberry.field(
        resolver=resolve_catalog_history,
        description="The commits that led to the prices that are served.",
        metadata=visible_to(*TRUSTED),
    )
    preview_invoice: PreviewResult = strawberry.field(
        resolver=resolve_preview_invoice,
        description="Every invoice of a story that is stored nowhere, as the billing run would "
        "issue them.",
        metadata=visible_to(*TRUSTED),
    )
    customer: CustomerResult = strawberry.field(
        resolver=resolve_customer,
        description="A stored customer: subscriptions, usage, upcoming and issued invoices.",
        metadata=visible_to(*TRUSTED),
    )
    invoice: InvoiceResult = strawberry.field(
        resolver=resolve_invoice,
        description="An issued invoice, and why it is what it is.",
        metadata=visible_to(*TRUSTED),
    )
    preview_change: ChangePreviewResult = strawberry.field(
        resolver=resolve_preview_change,
        description="What a change of a subscription would cost, before anyone decides.",
        metadata=visible_to(*TRUSTED),
    )
    preview_cancellation: ChangePreviewResult = strawberry.field(
        resolver=resolve_preview_cancellation,
        description="What the end of a subscription would give back and bill.",
        metadata=visible_to(*TRUSTED),
    )
    simulate: SimulateResult = strawberry.field(
        resolver=resolve_simulate,
        description="What prices would earn and cost, day by day, before anyone saves them.",
        metadata=visible_to(*TRUSTED),
    )
    price_curve: PriceCurveResult = strawberry.field(
        resolver=resolve_price_curve,
        description="Prices by quantity: where they cross, where they break even.",
        metadata=visible_to(*TRUSTED),
    )
    own_customer: CustomerResult = strawberry.field(
        name="customer",
        resolver=resolve_own_customer,
        description="Who asks: subscriptions, usage, upcoming and issued invoices.",
        metadata=visible_to(Role.CUSTOMER),
    )
    own_invoice: InvoiceResult = strawberry.field(
        name="invoice",
        resolver=resolve_own_invoice,
        description="An issued invoice of whoever asks, and why it is what it is.",
        metadata=visible_to(Role.CUSTOMER),
    )
    preview_own_change: ChangePreviewResult = strawberry.field(
        name="previewChange",
        resolver=resolve_preview_own_change,
        description="What a change of a subscription would cost, before anyone decides.",
        metadata=visible_to(Role.CUSTOMER),
    )
    preview_own_cancellation: ChangePreviewResult = strawberry.field(
        name="previewCancellation",
        resolver=resolve_preview_own_cancellation,
        description="What the end of a subscription would give back and bill.",
        metadata=visible_to(Role.CUSTOMER),
    )


@strawberry.type(
    description="What changes customers, subscriptions and usage. Everything is computed first, "
    "and stored only if it can be billed; invoices are issued by the billing run."
)
class Mutation:
    """The root of all mutations."""

    create_customer: CreateCustomerResult = strawberry.mutation(
        resolver=resolve_create_customer, description="A new customer."
    )
    create_subscription: CreateSubscriptionResult = strawberry.mutation(
        resolver=resolve_create_subscription,
        description="A new subscription, from now on or from a later time.",
    )
    change_subscription: ChangeResult = strawberry.mutation(
        resolver=resolve_change_subscription,
        description="Another plan, version, quantity, discount or price; now, at the period's end, "
        "or on a day.",
    )
    cancel_subscription: ChangeResult = strawberry.mutation(
        resolver=resolve_cancel_subscription,
        description="Ends a subscription, at once or at the end of the running period.",
    )
    uncancel_subscription: ChangeResult = strawberry.mutation(
        resolver=resolve_uncancel_subscription,
        description="Takes a cancellation at the period's end back.",
    )
    pause_subscription: ChangeResult = strawberry.mutation(
        resolver=resolve_pause_subscription,
        description="Stops recurring charges; usage is billed as usual.",
    )
    resume_subscription: ChangeResult = strawberry.mutation(
        resolver=resolve_resume_subscription, description="Starts recurring charges again."
    )
    redeem_discount: ChangeResult = strawberry.mutation(
        resolver=resolve_redeem_discount,
        description="One more discount for a subscription, from now on.",
    )
    add_adjustment: ChangeResult = strawberry.mutation(
        resolver=resolve_add_adjustment,
        description="A credit or a debit given by hand, for the next invoice.",
    )
    record_usage: RecordUsageResult = strawberry.mutation(
        resolver=resolve_record_usage,
        description="Usage events, each recorded exactly once however often it is sent.",
    )


HIDDEN_VALUES: Final[Mapping[Enum, tuple[Role, ...]]] = {RatePlanStatus.DRAFT: TRUSTED}
"""Members of enums that only these kinds of principal see."""

SCHEMAS: Final[Mapping[Role, VariantSchema]] = {
    role: VariantSchema(
        role,
        query=Query,
        mutation=Mutation if role in TRUSTED else None,
        types=[*MODEL_TYPES, *CHARGE_TYPES, *DISCOUNT_TYPES],
        config=StrawberryConfig(scalar_map=SCALARS),
        values=HIDDEN_VALUES,
    )
    for role in Role
}
"""The schema of each kind of principal."""


def executable_schema(role: Role = Role.ADMIN) -> GraphQLSchema:
    """The schema of a kind of principal as graphql-core executes it."""
    return SCHEMAS[role].executable
