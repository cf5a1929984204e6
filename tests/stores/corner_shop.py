"""A small company whose customers change their minds, for tests of stored subscriptions.

Basic is $100 a month and $0.50 a call after ten, at most $50. Pro is $200 a month and $10 a seat.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planql.catalog.snapshot import Catalog
from planql.sources import load
from planql.stores.billing_run import bill
from planql.stores.creations import create_customer, create_subscription
from planql.stores.database import Database
from planql.stores.desk import Desk
from planql.stores.invoices import Issuance

APRIL = datetime(2026, 4, 1, tzinfo=UTC)
MIDDLE = datetime(2026, 4, 16, 9, 30, tzinfo=UTC)
"""Half of April's 30 days are left, the day of the change included."""
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def _plan(key: str, amount: str, *charges: dict[str, Any], **more: object) -> dict[str, Any]:
    fee = {
        "key": "fee",
        "name": "Fee",
        "type": "recurring",
        "model": {"type": "flat", "amount": amount},
    }
    return {
        "key": key,
        "version": 1,
        "status": "published",
        "product": "service",
        "name": key.title(),
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2025-01-01",
        "charges": [fee, *charges],
        **more,
    }


_CALLS = {
    "key": "calls",
    "name": "Calls",
    "type": "usage",
    "meter": "calls",
    "included_units": "10",
    "cap": "50.00",
    "model": {"type": "per_unit", "unit_amount": "0.50"},
}
_SEATS = {
    "key": "seats",
    "name": "Seats",
    "type": "recurring",
    "quantity": {"name": "seats", "minimum": "1", "maximum": "50"},
    "model": {"type": "per_unit", "unit_amount": "10.00"},
}
_DAYS_OFF = {"proration": {"basis": "second"}}

FILES: dict[str, Any] = {
    "catalog.json": {"format": 1, "name": "Corner shop", "time_zone": "UTC"},
    "products/service.json": {"key": "service", "name": "Service"},
    "meters/calls.json": {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "aggregation": {"type": "count"},
        "unit": "call",
    },
    "meters/traffic.json": {
        "key": "traffic",
        "name": "Traffic",
        "event": "transfer",
        "aggregation": {"type": "sum", "property": "bytes"},
        "unit": "byte",
    },
    "rate-plans/basic/v1.json": _plan("basic", "100.00", _CALLS),
    "rate-plans/pro/v1.json": _plan("pro", "200.00", _SEATS, _CALLS),
    "rate-plans/yearly/v1.json": _plan("yearly", "1000.00", billing_cycle="annual"),
    "rate-plans/committed/v1.json": _plan("committed", "100.00", minimum_commitment="500.00"),
    "rate-plans/tried/v1.json": _plan("tried", "100.00", trial={"days": 14}),
    "rate-plans/exact/v1.json": _plan("exact", "86400.00", **_DAYS_OFF),
    "rate-plans/grouped/v1.json": _plan("grouped", "0.00", {**_CALLS, "group_by": ["region"]}),
    "rate-plans/old/v1.json": _plan("old", "80.00", status="archived"),
    "rate-plans/next/v1.json": _plan("next", "120.00", status="draft"),
    "discounts/hello.json": {
        "key": "hello",
        "type": "percentage",
        "percentage": "10",
        "code": "HELLO-10",
        "max_redemptions": 2,
        "max_per_customer": 1,
    },
    "discounts/friend.json": {"key": "friend", "type": "percentage", "percentage": "20"},
    "discounts/late.json": {
        "key": "late",
        "type": "percentage",
        "percentage": "5",
        "ends_at": "2026-01-01T00:00:00Z",
    },
}


def write_catalog(folder: Path, changed: Mapping[str, Any] | None = None) -> Catalog:
    """The shop's catalog, written to `folder` with some files changed, and read."""
    for name, document in {**FILES, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=2))
    loaded = load(folder)
    assert loaded.catalog is not None, loaded.problems
    return loaded.catalog


def open_account(desk: Desk, plan: str = "basic", customer: str = "acme", **more: object) -> None:
    """A customer in UTC who subscribes to a plan now."""
    create_customer(desk, {"key": customer})
    create_subscription(desk, customer, {"key": "main", "rate_plan": plan, **more})


def issued_lines(database: Database, catalog: Catalog, now: datetime) -> list[list[dict[str, Any]]]:
    """The lines of the invoices that a billing run at `now` issues, as their documents say."""
    return [
        json.loads(invoice.document)["lines"]
        for group in bill(database, catalog, Issuance("INV", now, None), now)
        for invoice in group.invoices
    ]
