"""A small company with customers in a database, for tests of the billing run."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from planql.catalog.snapshot import Catalog
from planql.metering.events import UsageEvent
from planql.sources import load
from planql.stores.billing_run import bill
from planql.stores.customers import (
    EntryKind,
    NewSubscription,
    TimelineEntry,
    append_entry,
    create_customer,
    create_subscription,
    read_customer,
)
from planql.stores.database import Database, open_database
from planql.stores.invoices import Issuance
from planql.stores.usage import record_events

START = datetime(2026, 1, 15, tzinfo=UTC)

FILES: dict[str, Any] = {
    "catalog.json": {"format": 1, "name": "Tiny", "time_zone": "UTC"},
    "products/service.json": {"key": "service", "name": "Service"},
    "meters/calls.json": {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "aggregation": {"type": "count"},
        "unit": "call",
    },
    "rate-plans/basic/v1.json": {
        "key": "basic",
        "version": 1,
        "status": "published",
        "product": "service",
        "name": "Basic",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2025-01-01",
        "charges": [
            {
                "key": "fee",
                "name": "Fee",
                "type": "recurring",
                "model": {"type": "flat", "amount": "10.00"},
            },
            {
                "key": "calls",
                "name": "Calls",
                "type": "usage",
                "meter": "calls",
                "model": {"type": "per_unit", "unit_amount": "0.50"},
            },
        ],
    },
}


def write_catalog(folder: Path) -> Path:
    """The company's catalog as files: $10 a month in advance and $0.50 a call."""
    for name, document in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=2))
    return folder


def read_catalog(folder: Path) -> Catalog:
    """The company's catalog."""
    loaded = load(folder)
    assert loaded.catalog is not None, loaded.problems
    return loaded.catalog


def populate(database: Database, customers: int) -> None:
    """Customers c000, c001, ... of the plan `basic` from 15 January; the nth makes n % 4 calls."""
    events = []
    for number in range(customers):
        key = f"c{number:03d}"
        subscription = {"key": "main", "rate_plan": "basic", "version": 1}
        document = json.dumps({**subscription, "started_at": START.isoformat()})
        create_customer(database, key, json.dumps({"key": key}), START)
        create_subscription(database, NewSubscription(key, "main", document), START)
        events += [
            UsageEvent(f"{key}-{call}", "call", START + timedelta(days=call), subject=key)
            for call in range(number % 4)
        ]
    record_events(database, events, START + timedelta(days=10))


def issued(database: Database, catalog: Catalog, as_of: datetime) -> list[dict[str, Any]]:
    """The documents that a billing run issues."""
    groups = bill(database, catalog, Issuance("INV", as_of, None), as_of)
    return [json.loads(each.document) for group in groups for each in group.invoices]


def call(database: Database, time: datetime, recorded_at: datetime, customer: str = "c000") -> None:
    """A call that became known some time after it was made."""
    record_events(database, [UsageEvent(f"{time}", "call", time, subject=customer)], recorded_at)


def append(
    database: Database,
    at: datetime,
    document: Mapping[str, object],
    customer: str = "c000",
    kind: EntryKind = "change",
) -> None:
    """Something that happens to a customer's subscription."""
    [main] = read_customer(database, customer).subscriptions
    entry = TimelineEntry(kind, at, json.dumps({"at": at.isoformat(), **document}))
    append_entry(database, customer, main, entry, at)


def price(amount: str) -> dict[str, object]:
    """A change to another price of the fee."""
    return {"overrides": [{"charge": "fee", "model": {"type": "flat", "amount": amount}}]}


def run_in_a_process(url: str, folder: str, as_of: datetime, ready: Event) -> None:
    """A billing run of few customers at a time, which the caller will kill."""
    database, catalog = open_database(url), read_catalog(Path(folder))
    ready.set()
    for _ in bill(database, catalog, Issuance("INV", as_of, None), as_of, at_once=3):
        pass
