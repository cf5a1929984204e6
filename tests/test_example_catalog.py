"""The example catalog is without a problem, and shows everything planql can do."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from planql.aggregations import Aggregation
from planql.catalog.costs import Cost, UsageCost
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.scenarios import AssumedQuantity
from planql.catalog.snapshot import Catalog
from planql.charge_models import ChargeModel
from planql.discounts import Discount
from planql.sources import load

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The example catalog; loading it finds nothing to complain about, not even a warning."""
    loaded = load(ROOT / "catalog")
    assert loaded.problems == ()
    assert loaded.catalog is not None
    return loaded.catalog


def tags(union: object) -> set[str]:
    """The tags of an open set: `type` of each member of the union."""
    kinds = get_args(get_args(union)[0])
    return {get_args(kind.model_fields["type"].annotation)[0] for kind in kinds}


def plans(catalog: Catalog) -> Iterator[RatePlan]:
    """Every version of every rate plan."""
    for versions in catalog.rate_plans.values():
        yield from (document.entity for document in versions.values())


def charges(catalog: Catalog) -> Iterator[Charge]:
    """Every charge of every version."""
    return chain.from_iterable(plan.charges for plan in plans(catalog))


def test_has_the_breadth_of_a_company(catalog: Catalog) -> None:
    """At least 4 agent types, 4 products, 6 meters and 12 rate plans."""
    assert len(catalog.agent_types) >= 4
    assert len(catalog.products) >= 4
    assert len(catalog.meters) >= 6
    assert len(catalog.rate_plans) >= 12


def test_uses_every_charge_model(catalog: Catalog) -> None:
    """Every charge model prices something."""
    assert {charge.model.type for charge in charges(catalog)} == tags(ChargeModel)


def test_uses_every_type_of_charge(catalog: Catalog) -> None:
    """One-time, recurring in advance and in arrears, and usage are all sold."""
    assert {charge.type for charge in charges(catalog)} == {"one_time", "recurring", "usage"}
    timings = {charge.timing for charge in charges(catalog) if charge.type == "recurring"}
    assert timings == {"in_advance", "in_arrears"}


def test_uses_every_aggregation(catalog: Catalog) -> None:
    """Every aggregation measures something."""
    used = {document.entity.aggregation.type for document in catalog.meters.values()}
    assert used == tags(Aggregation)


def test_uses_every_kind_of_discount(catalog: Catalog) -> None:
    """Every kind of discount, every scope and every duration is offered."""
    offered = [document.entity for document in catalog.discounts.values()]
    assert {discount.type for discount in offered} == tags(Discount)
    assert {discount.scope for discount in offered} == {"invoice", "rate_plan", "charges"}
    assert {discount.duration.type for discount in offered} == {"once", "repeating", "forever"}


def test_sells_in_three_currencies(catalog: Catalog) -> None:
    """Plans are in dollars, euros and yen."""
    assert {plan.currency for plan in plans(catalog)} == {"USD", "EUR", "JPY"}


def test_bills_in_several_cycles(catalog: Catalog) -> None:
    """There are monthly, quarterly and annual plans, and monthly usage on an annual one."""
    cycles = {
        (plan.billing_cycle.interval, plan.billing_cycle.interval_count) for plan in plans(catalog)
    }
    assert {("month", 1), ("month", 3), ("year", 1)} <= cycles
    annual = [plan for plan in plans(catalog) if plan.billing_cycle.interval == "year"]
    usage = [charge for plan in annual for charge in plan.charges if charge.type == "usage"]
    assert any(charge.billing_cycle for charge in usage)


def test_shows_the_life_of_a_version(catalog: Catalog) -> None:
    """Plans have up to 3 versions, and one has an archived, a published and a draft one."""
    lives = [
        [document.entity.status for _, document in sorted(versions.items())]
        for versions in catalog.rate_plans.values()
    ]
    assert ["archived", "published", "draft"] in lives
    assert ["archived", "published"] in lives


@pytest.mark.parametrize(
    "member",
    ["billing_cycle", "included_units", "cap", "minimum", "quantity", "filter", "group_by"],
)
def test_uses_every_member_of_a_charge(catalog: Catalog, member: str) -> None:
    """Each optional part of a charge stands in at least one."""
    assert any(getattr(charge, member, None) for charge in charges(catalog))


@pytest.mark.parametrize("member", ["trial", "minimum_commitment", "discounts"])
def test_uses_every_member_of_a_plan(catalog: Catalog, member: str) -> None:
    """Each optional part of a plan stands in at least one."""
    assert any(getattr(plan, member) for plan in plans(catalog))


def test_uses_every_basis_of_proration(catalog: Catalog) -> None:
    """Plans are prorated by the day, by the second and not at all."""
    assert {plan.proration.basis for plan in plans(catalog)} == {"day", "second", "none"}


def test_knows_what_every_meter_costs(catalog: Catalog) -> None:
    """Every meter has a cost; there are costs of every type, with a filter, and with a change."""
    costs = [document.entity for document in catalog.costs.values()]
    usage = [cost for cost in costs if isinstance(cost, UsageCost)]
    assert {cost.meter for cost in usage} == set(catalog.meters)
    assert {cost.type for cost in costs} == tags(Cost)
    assert any(cost.filter for cost in usage)
    changed = [cost for cost in usage if len(cost.rows) > 1]
    assert any(cost.rows[1].effective_from.year == 2026 for cost in changed)


def test_assumes_usage_of_every_kind(catalog: Catalog) -> None:
    """Scenarios for plans of every product: all kinds of quantity, growth, weekdays, properties."""
    scenarios = [document.entity for document in catalog.scenarios.values()]
    assumed = [usage for scenario in scenarios for usage in scenario.usage]
    assert {usage.quantity.type for usage in assumed} == tags(AssumedQuantity)
    listed = {key for scenario in scenarios for key in scenario.rate_plans}
    sold = {plan.product for plan in plans(catalog) if plan.key in listed}
    assert sold == set(catalog.products)
    assert any(usage.properties for usage in assumed)
    assert any(usage.event_value for usage in assumed)
    for member in ("growth_percentage", "weekdays"):
        assert any(getattr(usage.quantity, member, None) for usage in assumed)
