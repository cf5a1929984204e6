"""Random catalogs of one plan, for comparing them."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc, flags, limits, models, per_event_models

from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.entity import read_entity

STEP = Decimal("0.25")
"""Less than the distance of two bounds, so that a bound raised by it stays in order."""


@st.composite
def charges(draw: st.DrawFn, key: str) -> Doc:
    """A charge of any type, with a model of any kind."""
    charge: Doc = {"key": key, "name": key, "type": draw(st.sampled_from(["usage", "recurring"]))}
    charge["model"] = draw(models | per_event_models)
    if charge["type"] == "usage":
        charge["meter"] = "calls"
    return charge | draw(limits("USD"))


@st.composite
def plans(draw: st.DrawFn) -> Doc:
    """A plan of up to three charges, with or without a trial and discounts."""
    keys = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
    plan: Doc = {
        "key": "pro",
        "version": 1,
        "status": "draft",
        "product": "service",
        "name": "Pro",
        "currency": "USD",
        "billing_cycle": draw(st.sampled_from(["monthly", "annual", "weekly"])),
        "effective_from": "2026-01-01",
        "charges": [draw(charges(key)) for key in keys],
    }
    if draw(flags):
        plan["trial"] = {"days": draw(st.integers(1, 60)), "bill_usage": draw(flags)}
    if draw(flags):
        plan["discounts"] = draw(st.permutations(["x", "y"]))
    return plan


def catalog(plan: Doc, **members: object) -> Catalog:
    """A catalog of this plan alone, some of its members replaced."""
    return inline_catalog([read_entity(RatePlan, plan | members)])


def numbers(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """The path of every decimal string in a document."""
    if isinstance(value, dict):
        return [found for name in value for found in numbers(value[name], (*path, name))]
    if isinstance(value, list):
        return [found for at, item in enumerate(value) for found in numbers(item, (*path, at))]
    return [path] if isinstance(value, str) and value.replace(".", "").isdigit() else []


def raised(value: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 - JSON
    """The document with the number at `path` raised."""
    if not path:
        return f"{Decimal(value) + STEP:f}"
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = raised(value[path[0]], path[1:])
    return copied
