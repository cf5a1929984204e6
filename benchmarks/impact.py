"""How long does the impact of a change take, with plans and scenarios, and per real customer?

Plans of a fee, seats and two usage charges over three tiers, each with a new version; scenarios
that use both meters every day, with costs; 12 months before and after. A customer has one
subscription and events spread over the 12 months. Everything is in memory; processor time counts.

Then how long many customers take from beginning to end: in one process and in one for each
processor, and those of a plan without usage.
"""

import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from planql.billing.customers import Customer
from planql.billing.subscriptions import Subscription
from planql.catalog.costs import UsageCost
from planql.catalog.diff import diff_catalogs
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.cli.customer_workers import compared
from planql.entity import Entity, read_entity
from planql.impact.customers import CustomerComparing, KnownCustomer, Question
from planql.impact.measuring import customers_impact, impact_of
from planql.impact.outcomes import months_from
from planql.impact.scenarios import ScenarioComparing
from planql.impact.touched import touched_plans
from planql.metering.events import UsageEvent

PLANS: Final = (10, 100)
SCENARIOS: Final = 3
LIMIT_SECONDS: Final = 1.0
"""Of 3 scenarios on 10 plans, before and after."""
CUSTOMERS: Final = (30, 300)
EVENTS_EACH: Final = (0, 120, 1_200)
LIMIT_PER_SECOND: Final = 5
"""Customers with 1,200 events."""
PROCESSORS: Final = os.cpu_count() or 1
MANY: Final = ((1_000, 1), (1_000, PROCESSORS), (10_000, PROCESSORS))
"""How many customers are compared by how many processes."""
EVENTS_OF_MANY: Final = 24

AS_OF: Final = datetime(2026, 11, 21, tzinfo=UTC)
TODAY: Final = date(2026, 11, 21)
COMING: Final = months_from(date(2026, 12, 1), 12)
RECORDED: Final = months_from(date(2025, 11, 1), 12)
METERS: Final = ("tickets", "minutes")

Doc = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """Two catalogs."""

    base: Catalog
    head: Catalog


def main() -> int:
    """Print tables; 1 when a limit is exceeded."""
    is_slow = False
    for plans in PLANS:
        change = change_of(plans)
        measure_scenarios(change)
        seconds = min(measure_scenarios(change) for _ in range(PLANS[-1] // plans))
        runs = 2 * SCENARIOS * plans
        print(f"{SCENARIOS} scenarios x {plans:3} plans: {seconds:6.2f} s,", end=" ")
        print(f"{seconds / runs * 1e3:5.1f} ms a simulation of 12 months", flush=True)
        is_slow |= plans == PLANS[0] and seconds > LIMIT_SECONDS
    change = change_of(PLANS[0])
    for events in EVENTS_EACH:
        for customers in CUSTOMERS if events < EVENTS_EACH[-1] else CUSTOMERS[:1]:
            rate = customers / measure_customers(change, customers, events)
            print(f"{customers:5,} customers, {events:5,} events each: {rate:6.0f} customers/s")
            is_slow |= events == EVENTS_EACH[-1] and rate < LIMIT_PER_SECOND
    for customers, workers in MANY:
        print_many(f"{workers} at a time", measure_many(change, customers, EVENTS_OF_MANY, workers))
    seats = change_of(PLANS[0], is_metered=False)
    for customers in sorted({customers for customers, _ in MANY}):
        print_many("without usage", measure_many(seats, customers, 0, 1))
    return int(is_slow)


def measure_scenarios(change: Change) -> float:
    """Seconds from two catalogs to an impact of scenarios."""
    started = time.process_time()
    diff = diff_catalogs(change.base, change.head, TODAY)
    pairs = touched_plans(change.base, change.head, TODAY, diff)
    comparing = ScenarioComparing(change.base, change.head, COMING)
    found = tuple(each for pair in pairs for each in comparing.impacts(pair))
    impact = impact_of(
        *(diff, change.head, TODAY),
        months=COMING,
        plans=pairs,
        scenarios=found,
        customers=None,
    )
    if not impact.headlines[0].per_month.revenue:
        sys.exit("nothing changed")
    return time.process_time() - started


def measure_customers(change: Change, customers: int, events: int) -> float:
    """Seconds from customers in memory to who pays more and less."""
    diff = diff_catalogs(change.base, change.head, TODAY)
    touched = touched_plans(change.base, change.head, TODAY, diff)
    pairs = {pair.key: pair for pair in touched}
    known = [customer(number, len(pairs), events) for number in range(customers)]
    started = time.process_time()
    comparing = CustomerComparing(Question(change.base, change.head, pairs, AS_OF, RECORDED, {}))
    lines = [line for each in known for line in comparing.impacts(each)]
    found = customers_impact(lines, RECORDED)
    if len(found.lines) != customers:
        sys.exit(f"{len(found.lines)} customers were compared")
    return time.process_time() - started


@dataclass(frozen=True)
class Taken:
    """What comparing many customers took.

    Attributes:
        whole: Seconds from beginning to end.
        busy: Seconds of processors, of all processes together.
    """

    customers: int
    whole: float
    busy: float


def print_many(how: str, taken: Taken) -> None:
    """Print a line."""
    print(f"{taken.customers:6,} customers, {how}:", end=" ")
    print(f"{taken.whole:6.1f} s, busy for {taken.busy:6.1f} s", flush=True)


def measure_many(change: Change, customers: int, events: int, workers: int) -> Taken:
    """Processes started, customers sent and lines received."""
    diff = diff_catalogs(change.base, change.head, TODAY)
    touched = touched_plans(change.base, change.head, TODAY, diff)
    pairs = {pair.key: pair for pair in touched}
    known = (customer(number, len(pairs), events) for number in range(customers))
    started, busy = time.perf_counter(), processors()
    comparing = CustomerComparing(Question(change.base, change.head, pairs, AS_OF, RECORDED, {}))
    found = customers_impact(compared(known, comparing, customers, workers), RECORDED)
    if len(found.lines) != customers or found.unknown:
        sys.exit(f"{len(found.lines) - len(found.unknown)} customers were compared")
    return Taken(customers, time.perf_counter() - started, processors() - busy)


def processors() -> float:
    """Seconds of processors that this process took, and those that it started and that ended."""
    took = os.times()
    return took.user + took.system + took.children_user + took.children_system


def change_of(plans: int, *, is_metered: bool = True) -> Change:
    """So many plans, each of which gets a second version at a higher price."""
    shared = [*meters(), *costs(), *scenarios(plans)]
    first = [plan(number, 1, "0.90", is_metered=is_metered) for number in range(plans)]
    second = [plan(number, 2, "0.99", is_metered=is_metered) for number in range(plans)]
    return Change(inline_catalog([*shared, *first]), inline_catalog([*shared, *first, *second]))


def meters() -> list[Entity]:
    """Two meters that sum."""
    return [
        read_entity(
            Meter,
            {
                "key": key,
                "event": key,
                "aggregation": {"type": "sum", "property": "count"},
                "unit": key,
            },
        )
        for key in METERS
    ]


def costs() -> list[Entity]:
    """What a unit of each meter costs."""
    rows = [{"effective_from": "2025-01-01", "unit_costs": {"USD": "0.05"}}]
    return [
        read_entity(UsageCost, {"key": key, "type": "usage", "meter": key, "rows": rows})
        for key in METERS
    ]


def scenarios(plans: int) -> list[Entity]:
    """Scenarios for every plan."""
    return [
        read_entity(
            Scenario,
            {
                "key": f"scenario-{number}",
                "name": f"Scenario {number}",
                "rate_plans": [f"plan-{index:03}" for index in range(plans)],
                "customers": 10,
                "quantities": {"seats": "5"},
                "usage": [
                    {
                        "meter": key,
                        "quantity": {"type": "monthly", "total": str(500 * (number + 1))},
                    }
                    for key in METERS
                ],
            },
        )
        for number in range(SCENARIOS)
    ]


def plan(number: int, version: int, price: str, *, is_metered: bool = True) -> Entity:
    """A fee, seats, and two usage charges over three tiers if it is metered."""
    return read_entity(
        RatePlan,
        {
            "key": f"plan-{number:03}",
            "version": version,
            "status": "published",
            "product": "support",
            "name": f"Plan {number}",
            "currency": "USD",
            "billing_cycle": "monthly",
            "effective_from": f"202{4 + version}-01-01",
            "charges": [
                {
                    "key": "fee",
                    "name": "Fee",
                    "type": "recurring",
                    "model": {"type": "flat", "amount": "99.00"},
                },
                {
                    "key": "seats",
                    "name": "Seats",
                    "type": "recurring",
                    "quantity": {"name": "seats"},
                    "model": {"type": "per_unit", "unit_amount": f"{price}0"},
                },
                *(usage_charge(key, price) for key in METERS if is_metered),
            ],
        },
    )


def usage_charge(meter: str, price: str) -> Doc:
    """Usage over three tiers."""
    tiers = [
        {"up_to": "500", "unit_amount": price},
        {"up_to": "1500", "unit_amount": "0.80"},
        {"up_to": None, "unit_amount": "0.70"},
    ]
    model = {"type": "graduated", "tiers": tiers}
    return {"key": meter, "name": meter, "type": "usage", "meter": meter, "model": model}


def customer(number: int, plans: int, events: int) -> KnownCustomer:
    """A customer on the first version of a plan."""
    key = f"customer-{number:06}"
    subscription = read_entity(
        Subscription,
        {
            "key": "main",
            "rate_plan": f"plan-{number % plans:03}",
            "version": 1,
            "started_at": "2025-10-01T00:00:00Z",
            "quantities": {"seats": str(number % 20 + 1)},
        },
    )
    first = datetime(2025, 11, 1, tzinfo=UTC)
    step = timedelta(days=365) / max(events, 1)
    used = [
        UsageEvent(f"{place}", METERS[place % 2], first + place * step, {"count": 7}, "b", key)
        for place in range(events)
    ]
    return KnownCustomer(Customer(key=key), (subscription,), used)


if __name__ == "__main__":
    sys.exit(main())
