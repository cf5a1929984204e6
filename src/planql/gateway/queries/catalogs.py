"""`catalog` and its parts: what is served, as it is."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from planql.gateway.context import Info
from planql.gateway.queries.catalog_refs import Ref, served_at
from planql.gateway.served import Served
from planql.gateway.types.catalogs import Catalog
from planql.gateway.types.discounts import Discount
from planql.gateway.types.meters import Meter
from planql.gateway.types.products import Product

AsOf = Annotated[
    datetime | None,
    strawberry.argument(
        description="When `ratePlansInForce` are in force, on the day in the catalog's time zone; "
        "now, when left out."
    ),
]


def resolve_catalog(info: Info, as_of: AsOf = UNSET) -> Catalog:
    """All of it."""
    return _as_of(info.context.served, as_of or None)


async def resolve_catalog_at(info: Info, ref: Ref = UNSET, as_of: AsOf = UNSET) -> Catalog:
    """All of it, at a ref."""
    served = await served_at(info.context, ref or None)
    return _as_of(served, as_of or None)


def _as_of(served: Served, as_of: datetime | None) -> Catalog:
    return replace(served.view, as_of=as_of) if as_of else served.view


def resolve_products(info: Info) -> list[Product]:
    """What is sold."""
    return info.context.served.view.products


def resolve_meters(info: Info) -> list[Meter]:
    """What usage is measured by."""
    return info.context.served.view.meters


def resolve_discounts(info: Info) -> list[Discount]:
    """Reductions of what is due."""
    return info.context.served.view.discounts
