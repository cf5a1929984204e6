"""Scenarios subscribe to a plan of the catalog, to a draft, or to charges of no plan."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from planql.catalog.documents import Document
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.discounts import PercentageDiscount
from planql.entity import read_entity
from planql.errors import InvalidInput, UnknownReference
from planql.metering.events import UsageEvent
from planql.periods import Period
from planql.simulation.results import Simulation
from planql.simulation.scenario_runs import (
    simulate_recorded,
    simulate_scenario,
    simulate_scenarios,
)
from planql.simulation.subscribing import Subscribing, plan_of_charges

Doc = dict[str, Any]

METER = read_entity(
    Meter, {"key": "calls", "event": "call", "unit": "call", "aggregation": {"type": "count"}}
)
HALF = read_entity(PercentageDiscount, {"key": "half", "type": "percentage", "percentage": "50"})
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
MANY = read_entity(
    Scenario,
    {
        "key": "many",
        "name": "Many",
        "customers": 4,
        "quantities": {"seats": "3"},
        "usage": [{"meter": "calls", "quantity": {"type": "monthly", "total": "90"}}],
    },
)


def _charge(amount: str = "1", meter: str = "calls") -> UsageCharge:
    model = {"type": "per_unit", "unit_amount": amount}
    document = {"key": "calls", "name": "Calls", "type": "usage", "meter": meter, "model": model}
    return read_entity(UsageCharge, document)


def _plan(charges: list[Doc], **members: object) -> Document[RatePlan]:
    basis: Doc = {
        "key": "plan",
        "version": 1,
        "status": "published",
        "product": "service",
        "name": "Plan",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2020-01-01",
        "charges": charges,
    }
    return Document(read_entity(RatePlan, basis | members), "")


SEATS: Doc = {
    "key": "seats",
    "name": "Seats",
    "type": "recurring",
    "model": {"type": "per_unit", "unit_amount": "10"},
    "quantity": {"name": "seats"},
}


def _catalog(*more: object) -> Catalog:
    return inline_catalog([METER, HALF, *more])  # type: ignore[list-item]  # entities all


def _revenue(simulation: Simulation) -> object:
    (totals,) = simulation.totals
    return totals.revenue


def test_a_draft_of_one_charge() -> None:
    """A charge that stands in no plan is simulated as a plan of its own."""
    plan = plan_of_charges((_charge(),), "USD")
    run = simulate_scenario(_catalog(), plan, MANY, APRIL)
    assert (run.scenario, run.name, run.customers) == ("many", "Many", 4)
    assert _revenue(run.simulation) == 90
    assert [totals.revenue for totals in run.totals] == [360]


def test_several_scenarios_side_by_side() -> None:
    """Each scenario is a run of its own, in the order given."""
    plan = plan_of_charges((_charge("50"),), "USD", "monthly", "service")
    few = MANY.model_copy(update={"key": "few", "usage": ()})
    runs = simulate_scenarios(_catalog(), plan, [MANY, few], APRIL)
    assert [(run.scenario, _revenue(run.simulation)) for run in runs] == [
        ("many", 4500),
        ("few", 0),
    ]


def test_a_plan_of_the_catalog_keeps_its_version() -> None:
    """Migrations of the catalog do not move who subscribes in a simulation."""
    plan, dearer = _plan([SEATS]), _plan([SEATS | {"model": {"type": "flat", "amount": "999"}}])
    second = dearer.entity.model_copy(update={"version": 2})
    migration = read_entity(
        Migration,
        {
            "key": "up",
            "rate_plan": "plan",
            "from": 1,
            "to": 2,
            "announced_on": "2026-01-01",
            "at": "2026-04-10",
        },
    )
    catalog = _catalog(plan.entity, second, migration)
    run = simulate_scenario(catalog, catalog.rate_plan("plan", 1), MANY, APRIL)
    assert _revenue(run.simulation) == 30


def test_how_the_customer_subscribes() -> None:
    """Quantities, redeemed discounts, the anchor and the zone can be chosen."""
    how = Subscribing(
        anchor="calendar",
        discounts=("half",),
        time_zone="Asia/Tokyo",
        quantities={"seats": Decimal(8)},
    )
    days = Period(date(2026, 4, 16), date(2026, 5, 1))
    run = simulate_scenario(_catalog(), _plan([SEATS]), MANY, days, how=how)
    assert _revenue(run.simulation) == 20
    assert [period.period for period in run.simulation.periods] == [days]


def test_an_anchor_can_be_a_day() -> None:
    """Billing periods are counted from the day that is chosen."""
    how = Subscribing(anchor=date(2026, 4, 11))
    run = simulate_scenario(_catalog(), _plan([SEATS]), MANY, APRIL, how=how)
    assert [each.period.start.day for each in run.simulation.periods] == [1, 11]


def test_billed_recognition() -> None:
    """What is billed for April's calls stands on 1 May, outside the range."""
    plan = plan_of_charges((_charge(),), "USD")
    run = simulate_scenario(_catalog(), plan, MANY, APRIL, recognition="billed")
    assert _revenue(run.simulation) == 0


def test_recorded_usage_of_a_customer() -> None:
    """Events are taken as if all had been known at once, whenever they were recorded."""
    at = datetime(2026, 4, 3, 12, tzinfo=UTC)
    late = datetime(2026, 9, 1, tzinfo=UTC)
    events = [UsageEvent("1", "call", at, {}), UsageEvent("2", "call", at, {}, recorded_at=late)]
    plan = plan_of_charges((_charge(),), "USD")
    run = simulate_recorded(_catalog(), plan, "acme", events, APRIL)
    assert (run.scenario, run.customers, _revenue(run.simulation)) == ("acme", 1, 2)
    assert run.simulation.rows[0].revenue(2) == 2


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (Period(date(2026, 4, 1), date(2026, 4, 1)), "empty-range"),
        (Period(date(2026, 4, 1), date(2026, 3, 1)), "empty-range"),
        (Period(date(2026, 4, 1), date(2036, 4, 10)), "range-too-long"),
    ],
)
def test_ranges_have_bounds(days: Period, code: str) -> None:
    """A range holds at least a day and at most ten years."""
    with pytest.raises(InvalidInput) as refused:
        simulate_scenario(_catalog(), plan_of_charges((_charge(),), "USD"), MANY, days)
    assert refused.value.code == code


def test_a_draft_is_held_to_the_rules() -> None:
    """A charge that breaks a rule is refused where it stands."""
    broken = _charge().model_copy(update={"included_units": Decimal(-1)})
    with pytest.raises(InvalidInput):
        plan_of_charges((broken, broken), "USD")


def test_assumed_usage_names_a_meter() -> None:
    """Usage of a meter that does not exist is a mistake, not nothing."""
    usage = MANY.usage[0].model_copy(update={"meter": "cals"})
    scenario = MANY.model_copy(update={"usage": (usage,)})
    with pytest.raises(UnknownReference) as refused:
        simulate_scenario(_catalog(), plan_of_charges((_charge(),), "USD"), scenario, APRIL)
    assert refused.value.hint == 'did you mean "calls"?'


def test_a_draft_of_a_charge_names_a_meter() -> None:
    """A draft's charge of a meter that does not exist is refused."""
    plan = plan_of_charges((_charge(meter="none"),), "USD")
    with pytest.raises(UnknownReference):
        simulate_scenario(_catalog(), plan, MANY, APRIL)
