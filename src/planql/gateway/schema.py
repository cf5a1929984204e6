"""The schema: its queries, put together."""

from typing import Final

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from planql.gateway.queries.catalogs import (
    resolve_catalog,
    resolve_discounts,
    resolve_meters,
    resolve_products,
)
from planql.gateway.queries.invoices import PreviewResult, resolve_preview_invoice
from planql.gateway.queries.rate_plans import RatePlanResult, resolve_rate_plan
from planql.gateway.queries.ratings import RateResult, resolve_rate
from planql.gateway.scalars import SCALARS
from planql.gateway.types.catalogs import Catalog
from planql.gateway.types.charge_models import MODEL_TYPES
from planql.gateway.types.charges import CHARGE_TYPES
from planql.gateway.types.discounts import DISCOUNT_TYPES, Discount
from planql.gateway.types.meters import Meter
from planql.gateway.types.products import Product


@strawberry.type(
    description="Questions about prices. Nothing here changes anything: the catalog itself is "
    "changed by a pull request to its files."
)
class Query:
    """The root of all queries."""

    catalog: Catalog = strawberry.field(
        resolver=resolve_catalog, description="All prices that are served."
    )
    products: list[Product] = strawberry.field(
        resolver=resolve_products, description="What is sold, with the prices of each."
    )
    rate_plan: RatePlanResult = strawberry.field(
        resolver=resolve_rate_plan,
        description="One version of a rate plan: the one asked for, or the one in force.",
    )
    meters: list[Meter] = strawberry.field(
        resolver=resolve_meters, description="What usage is measured by."
    )
    discounts: list[Discount] = strawberry.field(
        resolver=resolve_discounts, description="Reductions of what is due."
    )
    rate: RateResult = strawberry.field(
        resolver=resolve_rate,
        description="What a charge costs, step by step: one of the catalog, or a draft.",
    )
    preview_invoice: PreviewResult = strawberry.field(
        resolver=resolve_preview_invoice,
        description="Every invoice of a story that is stored nowhere, as the billing run would "
        "issue them.",
    )


SCHEMA: Final = strawberry.Schema(
    query=Query,
    types=[*MODEL_TYPES, *CHARGE_TYPES, *DISCOUNT_TYPES],
    config=StrawberryConfig(scalar_map=SCALARS),
)
"""The schema as strawberry holds it."""


def executable_schema() -> GraphQLSchema:
    """The schema as graphql-core executes it."""
    schema = SCHEMA._schema  # noqa: SLF001 - strawberry has no name for it
    for found in schema.type_map.values():
        if isinstance(found, GraphQLInputObjectType):
            definition = found.extensions.get("strawberry-definition")
            found.is_one_of = bool(getattr(definition, "is_one_of", False))
    return schema
