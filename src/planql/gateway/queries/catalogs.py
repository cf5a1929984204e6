"""`catalog` and its parts: what is served, as it is."""

from planql.gateway.context import Info
from planql.gateway.types.catalogs import Catalog
from planql.gateway.types.discounts import Discount
from planql.gateway.types.meters import Meter
from planql.gateway.types.products import Product


def resolve_catalog(info: Info) -> Catalog:
    """All of it."""
    return info.context.served.view


def resolve_products(info: Info) -> list[Product]:
    """What is sold."""
    return info.context.served.view.products


def resolve_meters(info: Info) -> list[Meter]:
    """What usage is measured by."""
    return info.context.served.view.meters


def resolve_discounts(info: Info) -> list[Discount]:
    """Reductions of what is due."""
    return info.context.served.view.discounts
