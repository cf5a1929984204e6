"""The `rate` query and drafts of charges that its tests ask it about."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., dict[str, Any]]

MISTAKE = "... on UserError { __typename code message hint path }"
RATE = (
    "query($charge: ChargeInput!, $quantity: Decimal, $events: [UsageEventInput!], "
    "$period: PeriodInput, $discounts: [String!]) { rate(charge: $charge, quantity: $quantity, "
    "events: $events, period: $period, discounts: $discounts) { ... on RatedCharge { "
    "quantity amount { amount } discount { amount } topUp { amount } total { amount formatted } "
    "lines { group { property value } quantity amount { amount } note } "
    "steps { kind discount } explanation source { path line version commit } "
    "rejectedEvents { id } } "
    f"{MISTAKE} }} }}"
)


def draft(model: dict[str, Any], **more: object) -> dict[str, Any]:
    """A draft in dollars."""
    return {"draft": {"currency": "USD", "model": model, **more}}


PER_UNIT = {"perUnit": {"unitAmount": "10"}}
TIER = {"unitAmount": "2", "upTo": "10"}
OPEN = {"unitAmount": "1"}
JUNE = {"start": "2026-06-01T00:00:00Z", "end": "2026-07-01T00:00:00Z"}
