"""A small catalog with everything that serving freezes: a plan, its meter, its discount."""

from typing import Any

from planql.catalog.documents import Document, Documents
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog, catalog_of
from planql.discounts import FixedAmountDiscount
from planql.entity import Entity, read_entity

FIRST = "1234567890abcdef1234567890abcdef12345678"
METER = {"key": "tokens", "event": "tokens", "aggregation": {"type": "count"}, "unit": "token"}
COUPON = {
    "key": "coupon",
    "name": "Coupon",
    "type": "fixed_amount",
    "amounts": {"USD": "5.00"},
    "scope": "invoice",
    "duration": {"type": "once"},
}


def plan(**members: object) -> dict[str, object]:
    """A published plan that uses the meter and lists the coupon."""
    charge = {"key": "tokens", "name": "Tokens", "type": "usage", "meter": "tokens"}
    return {
        "key": "pro",
        "version": 1,
        "status": "published",
        "product": "support",
        "name": "Pro",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2026-01-01",
        "charges": [charge | {"model": {"type": "per_unit", "unit_amount": "0.10"}}],
        "discounts": ["coupon"],
        **members,
    }


def catalog(
    plans: list[dict[str, Any]] | None = None,
    meter: dict[str, Any] = METER,
    coupon: dict[str, Any] = COUPON,
) -> Catalog:
    """A catalog at the first commit."""
    entities: list[tuple[str, Entity]] = [
        ("meters/tokens.json", read_entity(Meter, meter)),
        ("discounts/coupon.json", read_entity(FixedAmountDiscount, coupon)),
        *(
            (f"rate-plans/pro/v{each['version']}.json", read_entity(RatePlan, each))
            for each in ([plan()] if plans is None else plans)
        ),
    ]
    found = tuple(Document(entity, f"catalog/{path}") for path, entity in entities)
    return catalog_of(Documents(found), FIRST, "digest")
