"""A company to measure: one plan with a fee and two usage charges, customers, their events."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import insert

from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.entity import read_entity
from planql.metering.events import UsageEvent
from planql.stores.database import Database
from planql.stores.tables import customers, subscriptions, to_micros
from planql.stores.usage import record_events

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
BATCH: Final = 10_000

_CALLS: Final = {
    "key": "calls",
    "name": "Calls",
    "event": "model.called",
    "aggregation": {"type": "count"},
    "filter": {"property": "status", "operator": "eq", "value": "ok"},
    "unit": "call",
}
_TOKENS: Final = {
    "key": "tokens",
    "name": "Tokens",
    "event": "model.called",
    "aggregation": {"type": "sum", "property": "tokens"},
    "unit": "token",
}
_TIERS: Final = [
    {"up_to": "10000", "unit_amount": "0.0004"},
    {"up_to": "100000", "unit_amount": "0.0003"},
    {"up_to": None, "unit_amount": "0.0002"},
]
_CHARGES: Final = [
    {"key": "fee", "name": "Fee", "type": "recurring"}
    | {"model": {"type": "flat", "amount": "49.00"}},
    {"key": "calls", "name": "Calls", "type": "usage", "meter": "calls"}
    | {"model": {"type": "per_unit", "unit_amount": "0.01"}},
    {"key": "tokens", "name": "Tokens", "type": "usage", "meter": "tokens"}
    | {"included_units": "1000", "model": {"type": "graduated", "tiers": _TIERS}},
]
_PLAN: Final = {
    "key": "basic",
    "version": 1,
    "status": "published",
    "product": "service",
    "name": "Basic",
    "currency": "USD",
    "billing_cycle": "monthly",
    "effective_from": "2025-01-01",
    "charges": _CHARGES,
}


def company_catalog() -> Catalog:
    """The company's catalog."""
    meters = [read_entity(Meter, document) for document in (_CALLS, _TOKENS)]
    catalog = inline_catalog([*meters, read_entity(RatePlan, _PLAN)])
    return replace(catalog, digest="company")


def subscribe(database: Database, keys: list[str]) -> None:
    """Customers with a subscription each, from `START` on."""
    document = {"key": "main", "rate_plan": "basic", "version": 1, "started_at": START.isoformat()}
    row = {"document": json.dumps(document), "recorded_at": to_micros(START), "key": "main"}
    owners = [
        {"key": key, "document": json.dumps({"key": key}), "recorded_at": to_micros(START)}
        for key in keys
    ]
    with database.writing() as connection:
        connection.execute(insert(customers), owners)
        connection.execute(insert(subscriptions), [{**row, "customer": key} for key in keys])


def events_of(key: str, many: int) -> Iterator[UsageEvent]:
    """`many` events of a customer, spread over January, each recorded a second later."""
    apart = timedelta(days=31) / (many + 1)
    for number in range(many):
        at = START + apart * (number + 1)
        data = {"status": "ok" if number % 9 else "failed", "tokens": 40 + number % 700}
        later = at + timedelta(seconds=1)
        yield UsageEvent(f"{key}-{number}", "model.called", at, data, "benchmark", key, later)


def use(database: Database, keys: list[str], many: int) -> None:
    """Record `many` events of each customer."""
    events = (event for key in keys for event in events_of(key, many))
    while batch := list(islice(events, BATCH)):
        record_events(database, batch, START)
