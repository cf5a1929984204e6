"""The rules for a charge or a plan that stands in no catalog."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter
from tests.catalog.catalog_cases import BASE

from planql.catalog.checks import (
    require_valid_charge,
    require_valid_rate_plan,
    require_valid_usage,
)
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.scenarios import AssumedUsage
from planql.entity import read_entity
from planql.errors import InvalidInput

CHARGE: TypeAdapter[Charge] = TypeAdapter(Charge)


def charge(**members: object) -> Charge:
    """A usage charge with some members of its own."""
    model = {"type": "per_unit", "unit_amount": "0.1"}
    base = {"key": "c", "name": "C", "type": "usage", "meter": "m", "model": model}
    return CHARGE.validate_python({**base, **members})


def plan(**members: object) -> RatePlan:
    """The plan of the base catalog with some members of its own."""
    document: dict[str, Any] = json.loads((BASE / "rate-plans" / "pro" / "v1.json").read_text())
    return read_entity(RatePlan, {**document, **members})


def test_a_valid_charge_passes() -> None:
    """A charge that breaks no rule is not refused; neither is a valid plan."""
    require_valid_charge(charge(cap="10.00"), "USD")
    require_valid_rate_plan(plan())


def test_a_closed_last_tier_is_refused_at_its_place() -> None:
    """The error points into the caller's document."""
    model = {"type": "volume", "tiers": [{"up_to": "5", "unit_amount": "1"}]}
    with pytest.raises(InvalidInput) as caught:
        require_valid_charge(charge(model=model), "USD", "/charge")
    assert (caught.value.code, caught.value.pointer) == (
        "tier-closed",
        "/charge/model/tiers/0/up_to",
    )


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "0.5"), ("USD", "0.005")])
def test_a_cap_finer_than_the_currency_is_refused(currency: str, amount: str) -> None:
    """A cap or a minimum is money that can be paid."""
    with pytest.raises(InvalidInput, match="finer than"):
        require_valid_charge(charge(cap=amount), currency)
    with pytest.raises(InvalidInput, match="finer than"):
        require_valid_charge(charge(minimum=amount), currency)


def test_a_plan_is_refused_at_its_place() -> None:
    """A plan's error points into the caller's document, too."""
    with pytest.raises(InvalidInput) as caught:
        require_valid_rate_plan(plan(charges=[]), "/catalog/rate_plans/0")
    assert caught.value.pointer == "/catalog/rate_plans/0/charges"


def assumed(quantity: dict[str, object]) -> AssumedUsage:
    """Usage of a meter, assumed by the caller."""
    return read_entity(AssumedUsage, {"meter": "tokens", "quantity": quantity})


def test_assumed_usage_that_breaks_no_rule_passes() -> None:
    """The same meter twice is told apart by the properties."""
    level = assumed({"type": "level", "quantity": "5"})
    require_valid_usage([level, level.model_copy(update={"properties": {"region": "eu"}})])


def test_an_empty_series_is_refused_at_its_place() -> None:
    """The error points into the caller's document."""
    with pytest.raises(InvalidInput) as caught:
        require_valid_usage([assumed({"type": "daily", "quantities": []})], "/usage")
    assert (caught.value.code, caught.value.pointer) == (
        "daily-series-length",
        "/usage/0/quantity/quantities",
    )
