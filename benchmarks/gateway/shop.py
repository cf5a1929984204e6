"""A catalog of 50 products to measure with: two plans each, three charges of five tiers each."""

from dataclasses import replace
from typing import Any, Final

from planql.catalog.meters import Meter
from planql.catalog.products import Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.entity import read_entity

PRODUCTS: Final = 50
_ENDS: Final = ("100", "1000", "10000", "100000", None)
_CHARGES: Final = ("calls", "tokens", "tickets")


def shop() -> Catalog:
    """The catalog."""
    meters = [read_entity(Meter, _meter(key)) for key in _CHARGES]
    products = [read_entity(Product, _product(number)) for number in range(PRODUCTS)]
    plans = [
        read_entity(RatePlan, _plan(number, size))
        for number in range(PRODUCTS)
        for size in ("small", "large")
    ]
    return replace(inline_catalog([*meters, *products, *plans]), digest="shop")


def plan_keys() -> list[str]:
    """The key of the small plan of every product."""
    return [f"product-{number}-small" for number in range(PRODUCTS)]


def _meter(key: str) -> dict[str, Any]:
    aggregation = {"type": "sum", "property": "quantity"}
    return {"key": key, "event": f"{key}.used", "aggregation": aggregation, "unit": key}


def _product(number: int) -> dict[str, Any]:
    return {
        "key": f"product-{number}",
        "name": f"Product {number}",
        "description": f"What product {number} does, in a sentence of usual length.",
        "features": ["Answers in seconds", "Works at night", "Speaks 40 languages"],
    }


def _plan(number: int, size: str) -> dict[str, Any]:
    return {
        "key": f"product-{number}-{size}",
        "version": 1,
        "status": "published",
        "product": f"product-{number}",
        "name": f"Product {number}, {size}",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2025-01-01",
        "charges": [_charge(key, number) for key in _CHARGES],
    }


def _charge(key: str, number: int) -> dict[str, Any]:
    tiers = [
        {"up_to": end, "unit_amount": f"0.{number + 10}{9 - place}", "flat_amount": f"{number}.50"}
        for place, end in enumerate(_ENDS)
    ]
    model = {"type": "graduated", "tiers": tiers}
    return {"key": key, "name": key.title(), "type": "usage", "meter": key, "model": model}
