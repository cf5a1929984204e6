"""A small catalog to simulate: a fee, calls with included units, seats, costs, a scenario.

In October 2026 one customer of `small` makes 310 calls, 10 a day: (310 - 100) x 0.50 = 105.00. The
fee of 31.00 is 1.00 a day. The calls cost 31 x 10 x 0.10 = 31.00.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Doc = dict[str, Any]

FEE: Doc = {
    "key": "fee",
    "name": "Fee",
    "type": "recurring",
    "model": {"type": "flat", "amount": "31.00"},
}
CALLS: Doc = {
    "key": "calls",
    "name": "Calls",
    "type": "usage",
    "meter": "calls",
    "included_units": "100",
    "model": {"type": "per_unit", "unit_amount": "0.50"},
}
SEATS: Doc = {
    "key": "seats",
    "name": "Seats",
    "type": "recurring",
    "quantity": {"name": "seats", "minimum": "1", "maximum": "10"},
    "model": {"type": "per_unit", "unit_amount": "10.00"},
}
PLAN: Doc = {
    "key": "basic",
    "version": 1,
    "status": "published",
    "product": "api",
    "name": "Basic",
    "currency": "USD",
    "billing_cycle": "monthly",
    "effective_from": "2026-01-01",
    "charges": [FEE, CALLS],
}
DEARER: Doc = {**CALLS, "model": {"type": "per_unit", "unit_amount": "0.60"}}
DOCUMENTS: Mapping[str, Doc] = {
    "catalog.json": {
        "format": 1,
        "name": "Tiny",
        "time_zone": "UTC",
        "guardrails": {"min_margin_percentage": "40"},
    },
    "products/api.json": {"key": "api", "name": "API"},
    "meters/calls.json": {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "aggregation": {"type": "sum", "property": "n"},
        "unit": "call",
    },
    "meters/payments.json": {
        "key": "payments",
        "name": "Payments",
        "event": "payment",
        "aggregation": {"type": "sum", "property": "amount"},
        "unit": "dollar",
    },
    "rate-plans/basic/v1.json": PLAN,
    "rate-plans/basic/v2.json": {
        **PLAN,
        "version": 2,
        "status": "draft",
        "effective_from": "2027-01-01",
        "charges": [FEE, DEARER],
    },
    "rate-plans/team/v1.json": {**PLAN, "key": "team", "name": "Team", "charges": [SEATS, CALLS]},
    "rate-plans/euro/v1.json": {**PLAN, "key": "euro", "name": "Euro", "currency": "EUR"},
    "rate-plans/idea/v1.json": {**PLAN, "key": "idea", "name": "Idea", "status": "draft"},
    "rate-plans/share/v1.json": {
        **PLAN,
        "key": "share",
        "name": "Share",
        "charges": [
            {
                "key": "share",
                "name": "Share",
                "type": "usage",
                "meter": "payments",
                "model": {"type": "percentage", "percentage": "2", "flat_amount_per_event": "1"},
            }
        ],
    },
    "costs/calls.json": {
        "key": "calls",
        "type": "usage",
        "meter": "calls",
        "rows": [{"effective_from": "2026-01-01", "unit_costs": {"USD": "0.10"}}],
    },
    "scenarios/small.json": {
        "key": "small",
        "name": "Small",
        "rate_plans": ["basic"],
        "customers": 2,
        "usage": [{"meter": "calls", "quantity": {"type": "monthly", "total": "310"}}],
    },
    "scenarios/big.json": {
        "key": "big",
        "name": "Big",
        "rate_plans": ["euro"],
        "usage": [{"meter": "calls", "quantity": {"type": "monthly", "total": "3100"}}],
    },
}


def write_catalog(folder: Path) -> Path:
    """The catalog, written below `folder`; its directory."""
    for path, document in DOCUMENTS.items():
        write(folder / "catalog" / path, document)
    return folder / "catalog"


def write(file: Path, document: object) -> Path:
    """A JSON document, and the directories above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
