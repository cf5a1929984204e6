"""How long does a simulation take, and how does that grow with days, charges, scenarios, events?

A charge is simulated over a year; then a plan of ten charges (four fees, six of usage, each of
another charge model, with unit costs) under five scenarios over a year, from the assumptions to
the totals. Times are of one core's processor, the least of several runs.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from planql.catalog.costs import UsageCost
from planql.catalog.documents import Document
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.entity import read_entity
from planql.metering.events import UsageEvent
from planql.periods import Period
from planql.simulation.scenario_runs import simulate_recorded, simulate_scenarios

Doc = dict[str, Any]

START: Final = date(2026, 1, 1)
YEAR: Final = 365
ONE_CHARGE_LIMIT_MS: Final = 5.0
PLAN_LIMIT_MS: Final = 100.0
TIERS: Final = [
    {"up_to": "1000", "unit_amount": "0.09"},
    {"up_to": "5000", "unit_amount": "0.08"},
    {"up_to": "20000", "unit_amount": "0.07"},
    {"up_to": None, "unit_amount": "0.06"},
]
STAIRS: Final = [{"up_to": "5000", "flat_amount": "100"}, {"up_to": None, "flat_amount": "300"}]
MODELS: Final[list[Doc]] = [
    {"type": "graduated", "tiers": TIERS},
    {"type": "per_unit", "unit_amount": "0.000002"},
    {"type": "volume", "tiers": TIERS},
    {"type": "package", "amount": "5", "package_size": "100"},
    {"type": "stairstep", "tiers": STAIRS},
    {"type": "percentage", "percentage": "2.9"},
]
FEES: Final[list[Doc]] = [
    {"key": "setup", "type": "one_time", "model": {"type": "flat", "amount": "250"}},
    {"key": "platform", "type": "recurring", "model": {"type": "flat", "amount": "99"}},
    {
        "key": "seats",
        "type": "recurring",
        "model": {"type": "per_unit", "unit_amount": "15"},
        "quantity": {"name": "seats"},
    },
    {
        "key": "support",
        "type": "recurring",
        "timing": "in_arrears",
        "model": {"type": "flat", "amount": "50"},
    },
]


def main() -> int:
    """Print a table; 1 when a limit is exceeded."""
    one = show("1 charge, 1 year", assumed_run(usage_charges(1), 1, YEAR))
    show("1 charge, 10 years", assumed_run(usage_charges(1), 1, 10 * YEAR))
    plan = [*FEES, *usage_charges(len(MODELS))]
    five = show("10 charges, 1 year, 5 scenarios", assumed_run(plan, 5, YEAR))
    show("10 charges, 1 year, 50 scenarios", assumed_run(plan, 50, YEAR))
    show("10 charges of usage, 5 scenarios", assumed_run(usage_charges(10), 5, YEAR))
    show("100 charges of usage, 5 scenarios", assumed_run(usage_charges(100), 5, YEAR))
    for aggregation in ({"type": "sum", "property": "n"}, {"type": "max", "property": "n"}):
        for many in (1_000, 10_000):
            events = recorded(many)
            name = f"{many:,} events, 1 year, {aggregation['type']}"
            show(name, recorded_run(aggregation, events))
    return int(one > ONE_CHARGE_LIMIT_MS or five > PLAN_LIMIT_MS)


def show(name: str, work: Callable[[], object]) -> float:
    """Milliseconds of `work`, printed: the least of three seconds of runs, three at least."""
    taken: list[float] = []
    begun = time.perf_counter()
    while len(taken) < 3 or time.perf_counter() - begun < 3:  # noqa: PLR2004
        started = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - started))
    print(f"{name:36} {min(taken):9.1f} ms", flush=True)
    return min(taken)


def usage_charges(count: int) -> list[Doc]:
    """Charges of usage, each of a meter of its own."""
    return [
        {
            "key": f"usage-{number}",
            "type": "usage",
            "meter": f"meter-{number}",
            "model": MODELS[number % len(MODELS)],
            "included_units": "50",
        }
        for number in range(count)
    ]


def assumed_run(charges: list[Doc], scenarios: int, days: int) -> Callable[[], object]:
    """A plan of these charges under several scenarios."""
    meters = [charge["meter"] for charge in charges if "meter" in charge]
    catalog, plan = catalog_of(meters, {"type": "sum", "property": "n"}), plan_of(charges)
    period = Period(START, START + timedelta(days=days))
    assumed = [scenario(number, meters) for number in range(1, scenarios + 1)]
    return lambda: [each.totals for each in simulate_scenarios(catalog, plan, assumed, period)]


def recorded_run(aggregation: Doc, events: list[UsageEvent]) -> Callable[[], object]:
    """A charge over a year of recorded usage."""
    catalog, plan = catalog_of(["meter-0"], aggregation), plan_of(usage_charges(1))
    period = Period(START, START + timedelta(days=YEAR))
    return lambda: simulate_recorded(catalog, plan, "acme", events, period)


def catalog_of(meters: list[str], aggregation: Doc) -> Catalog:
    """Meters, and a cost of each that changes in the middle of the year."""
    rows = [
        {"effective_from": "2026-01-01", "unit_costs": {"USD": "0.0000012"}},
        {"effective_from": "2026-07-01", "unit_costs": {"USD": "0.000001"}},
    ]
    kept = [
        {"key": key, "event": key, "unit": "unit", "aggregation": aggregation} for key in meters
    ]
    costs = [{"key": key, "type": "usage", "meter": key, "rows": rows} for key in meters]
    return inline_catalog(
        [
            *(read_entity(Meter, each) for each in kept),
            *(read_entity(UsageCost, each) for each in costs),
        ]
    )


def plan_of(charges: list[Doc]) -> Document[RatePlan]:
    """A monthly plan."""
    document = {
        "key": "plan",
        "version": 1,
        "status": "draft",
        "product": "service",
        "name": "Plan",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2020-01-01",
        "charges": [{"name": "Charge", **charge} for charge in charges],
    }
    return Document(read_entity(RatePlan, document), "")


def scenario(number: int, meters: list[str]) -> Scenario:
    """Usage that grows every month and rests at weekends."""
    quantity = {
        "type": "monthly",
        "total": str(1000 * number),
        "growth_percentage": "3",
        "weekdays": ["1", "1", "1", "1", "1", "0.2", "0.2"],
    }
    usage = [{"meter": meter, "quantity": quantity} for meter in meters]
    name = f"scenario-{number}"
    document = {"key": name, "name": name, "quantities": {"seats": "5"}, "usage": usage}
    return read_entity(Scenario, document)


def recorded(many: int) -> list[UsageEvent]:
    """Events spread evenly over the year."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    step = timedelta(days=YEAR) / many
    return [
        UsageEvent(str(number), "meter-0", start + number * step, {"n": number % 7})
        for number in range(many)
    ]


if __name__ == "__main__":
    sys.exit(main())
