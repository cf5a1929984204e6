"""The smallest valid documents, to be filled in."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from planql.catalog.document_kinds import DocumentKind, kind_named
from planql.catalog.layout import laid_out, laid_out_with
from planql.catalog.rate_plans import DeclaredQuantity, RatePlan, UsageCharge

Members = Mapping[str, object]


def catalog_text(name: str) -> str:
    """`catalog.json` of a new catalog."""
    return _text(kind_named("catalog"), {"format": 1, "name": name, "time_zone": "UTC"})


def document_text(kind: DocumentKind, key: str, schema: str | None, members: Members) -> str:
    """A new document: key, a name made from the key, and what its kind needs."""
    head = {"$schema": schema} if schema else {}
    return _text(kind, {**head, "key": key, "name": title(key), **members})


def meter_members(key: str) -> Members:
    """A meter that counts events called as it is."""
    return {"event": key, "aggregation": {"type": "count"}, "unit": "event"}


def discount_members(key: str) -> Members:
    """A discount that customers redeem with a code."""
    code = key.upper()
    return {"type": "percentage", "percentage": "10", "duration": {"type": "once"}, "code": code}


def cost_members(meter: str | None, currency: str, effective_from: date) -> Members:
    """A cost of 0, to be filled in: of a meter's usage, or of a subscription's days."""
    what = {"type": "subscription_day"} if meter is None else {"type": "usage", "meter": meter}
    row = {"effective_from": effective_from.isoformat(), "unit_costs": {currency: "0"}}
    return {**what, "rows": [row]}


def scenario_members(plan: RatePlan | None) -> Members:
    """A customer of a plan, or of any: the least of each quantity, 100 units of each meter."""
    if plan is None:
        return {"usage": []}
    declared = [
        charge.quantity
        for charge in plan.charges
        if not isinstance(charge, UsageCharge) and charge.quantity is not None
    ]
    quantities = {quantity.name: _least(quantity) for quantity in declared}
    meters = dict.fromkeys(c.meter for c in plan.charges if isinstance(c, UsageCharge))
    total = {"type": "monthly", "total": "100"}
    usage = [{"meter": meter, "quantity": total} for meter in meters]
    stated = {"quantities": quantities} if quantities else {}
    return {"rate_plans": [plan.key], **stated, "usage": usage}


def _least(declared: DeclaredQuantity) -> str:
    """The least that can be declared; 1 where there is no bound."""
    one = min(Decimal(1), declared.maximum or Decimal(1))
    return f"{one if declared.minimum is None else declared.minimum:f}"


def rate_plan_members(product: str, currency: str, effective_from: date) -> Members:
    """A draft with one fee."""
    fee = {
        "key": "fee",
        "name": "Monthly fee",
        "type": "recurring",
        "model": {"type": "flat", "amount": "10"},
    }
    return {
        "version": 1,
        "status": "draft",
        "product": product,
        "currency": currency,
        "billing_cycle": "monthly",
        "effective_from": effective_from.isoformat(),
        "charges": [fee],
    }


def next_version_text(text: str, newest: RatePlan, today: date) -> str:
    """The newest version of a plan as the draft of the next one.

    It starts on the first of the month after both today and the start of the newest version.
    """
    starts = first_of_next_month(max(today, newest.effective_from))
    values: dict[str, str | int] = {
        "version": newest.version + 1,
        "status": "draft",
        "effective_from": starts.isoformat(),
    }
    return laid_out_with(text, kind_named("rate-plan"), values)


def first_of_next_month(day: date) -> date:
    """The first day of the month after the one that `day` is in."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def title(key: str) -> str:
    """A name for people, from a key: "support-pro" is "Support pro"."""
    return key.replace("-", " ").replace("_", " ").strip().capitalize()


def _text(kind: DocumentKind, members: Members) -> str:
    return laid_out(json.dumps(members, ensure_ascii=False), kind)
