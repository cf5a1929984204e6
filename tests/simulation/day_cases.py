"""The cases under tests/cases/simulation/days: reading them, simulating them.

A case is a small catalog, what a customer does in it, a range, and what is expected of the rows
that it names. Members of meters, plan and subscription that do not matter are left out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from tests.billing.story_files import CASES

from planql.billing.due import zone_of
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.costs import SubscriptionDayCost, UsageCost
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import Guardrails
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.entity import Entity, parse_json, read_entity
from planql.periods import Period
from planql.simulation.results import Simulation
from planql.simulation.rows import Row
from planql.simulation.scenario_runs import simulate_scenario
from planql.simulation.simulating import simulate
from planql.simulation.totals import Totals

FOLDER = CASES / "simulation" / "days"

Doc = dict[str, Any]

_METER: Doc = {"unit": "unit", "aggregation": {"type": "count"}}
_PLAN: Doc = {
    "key": "plan",
    "version": 1,
    "status": "published",
    "product": "service",
    "name": "Plan",
    "currency": "USD",
    "billing_cycle": "monthly",
    "effective_from": "2020-01-01",
}
_SUBSCRIPTION: Doc = {"key": "main", "rate_plan": "plan", "started_at": "2026-04-01T00:00:00Z"}
_COSTS: dict[str, type[Entity]] = {"usage": UsageCost, "subscription_day": SubscriptionDayCost}


@dataclass(frozen=True)
class Case:
    """A case and its catalog."""

    document: Doc
    story: Story
    catalog: Catalog

    @property
    def days(self) -> Period:
        """The range."""
        start, end = map(date.fromisoformat, self.document["days"])
        return Period(start, end)


def case_files() -> list[Path]:
    """Every case of days."""
    return sorted(FOLDER.rglob("*.json"))


def read_case(path: Path) -> Case:
    """A case with everything that it leaves out."""
    document = cast("Doc", parse_json(path.read_text(encoding="utf-8")))
    story = read_entity(Story, _story(document))
    catalog = catalog_for(story, inline_catalog([]))
    costs = [read_entity(_COSTS[cost["type"]], cost) for cost in document.get("costs", [])]
    guardrails = read_entity(Guardrails, document.get("guardrails", {}))
    settings = catalog.settings.model_copy(update={"guardrails": guardrails})
    known = inline_catalog(
        [
            settings,
            *(each.entity for each in catalog.meters.values()),
            *(each.entity for each in catalog.discounts.values()),
            *(each.entity for plan in catalog.rate_plans.values() for each in plan.values()),
            *(each.entity for each in catalog.migrations.values()),
            *costs,
        ]
    )
    return Case(document, story, known)


def _story(document: Doc) -> Doc:
    plans = [_PLAN | plan for plan in document["plans"]]
    catalog = {
        "meters": [_METER | {"event": each["key"]} | each for each in document.get("meters", [])],
        "rate_plans": plans,
        "discounts": document.get("discounts", []),
        "migrations": document.get("migrations", []),
    }
    changes = document.get("subscriptions", [{}])
    return {
        "catalog": catalog,
        "customer": {"key": "acme", **document.get("customer", {})},
        "subscriptions": [_SUBSCRIPTION | each for each in changes],
        "usage": document.get("usage", []),
        "usage_totals": document.get("usage_totals", []),
        "as_of": "2026-01-01T00:00:00Z",
    }


def simulated(case: Case) -> Simulation:
    """What the case's customer earns and costs, recorded or assumed."""
    document, catalog = case.document, case.catalog
    recognition = document.get("recognition", "accrual")
    if "scenario" in document:
        given = {"key": "assumed", "name": "Assumed", **document["scenario"]}
        scenario = read_entity(Scenario, given)
        plan = catalog.rate_plan("plan", 1)
        run = simulate_scenario(catalog, plan, scenario, case.days, recognition=recognition)
        return run.simulation
    usage = usage_of(case.story, zone_of(case.story.customer, catalog))
    return simulate(
        catalog, case.story.customer, case.story.subscriptions, usage, case.days, recognition
    )


def unexpected_days(column: Doc, row: Row, days: tuple[date, ...], name: str) -> list[str]:
    """The days of a column that are not as expected; what is not listed is `else`, or 0."""
    other = column.get("else", "0")
    expected = dict.fromkeys(days, other)
    for key, value in column.items():
        if key != "else":
            expected.update(dict.fromkeys(_days(key), value))
    found = []
    for place, day in enumerate(days):
        value = getattr(row, name)(place)
        wanted = expected[day]
        if wanted != "any" and value != (None if wanted is None else Fraction(wanted)):
            found.append(f"{name} of {day}: {value}, not {wanted}")
    return found


def _days(key: str) -> list[date]:
    """A day, or all from one to another: `2026-04-01..2026-04-15`, both inclusive."""
    first, _, last = key.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def totals_as_text(totals: Totals) -> Doc:
    """Totals as a case writes them; percentages as fractions of whole numbers."""
    numbers = {
        "revenue": totals.revenue,
        "cost": totals.cost,
        "margin": totals.margin,
        "margin_percentage": totals.margin_percentage,
    }
    return {
        "currency": totals.currency,
        **{name: None if value is None else str(value) for name, value in numbers.items()},
        "missing": list(totals.missing),
    }


def as_written(expected: Doc) -> Doc:
    """Expected totals with numbers as `totals_as_text` writes them; decimals may be given."""
    return {
        name: str(Fraction(value)) if isinstance(value, str) and name != "currency" else value
        for name, value in expected.items()
    }
