"""Versions of a rate plan, as short as they can be."""

from planql.catalog.rate_plans import RatePlan
from planql.entity import read_entity


def plan(version: int, starts: str, status: str = "published") -> RatePlan:
    """A version of plan "pro" that starts on a day; its fee is as high as its number."""
    model = {"type": "flat", "amount": f"{version}"}
    document = {
        "key": "pro",
        "version": version,
        "status": status,
        "product": "support",
        "name": "Pro",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": starts,
        "charges": [{"key": "fee", "name": "Fee", "type": "recurring", "model": model}],
    }
    return read_entity(RatePlan, document)
