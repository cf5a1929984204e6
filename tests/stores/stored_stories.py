"""Stories lived through in a database: stored, recorded, and billed month by month."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from planql.billing.comparison import Difference, differences
from planql.billing.stories import Story
from planql.catalog.snapshot import Catalog
from planql.entity import parse_entity
from planql.metering.events import UsageEvent, read_event
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
from planql.stores.database import Database
from planql.stores.invoices import Issuance, list_invoices
from planql.stores.usage import record_events

COUNTED: dict[str, tuple[str, dict[str, object]]] = {
    "resolved-tickets": ("ticket.closed", {"outcome": "resolved"}),
    "tool-runs": ("tool.run", {"status": "ok", "environment": "live"}),
    "meetings-booked": ("meeting.booked", {"qualified": True, "status": "held"}),
}
"""Meters that count events: one that they count."""


def unexpected(database: Database, catalog: Catalog, path: Path) -> list[Difference]:
    """Where the invoices issued for the story in a file are not those that it expects."""
    text = path.read_bytes()
    story = parse_entity(Story, text)
    live(database, catalog, json.loads(text))
    invoices = [json.loads(each.document) for each in list_invoices(database, [story.customer.key])]
    assert story.invoices is not None
    return differences(story.invoices, invoices)


def live(database: Database, catalog: Catalog, story: dict[str, Any]) -> None:
    """Store a story and bill it at the beginning of every month, and at its end."""
    customer, now = story["customer"], datetime.fromisoformat(story["as_of"])
    starts = [datetime.fromisoformat(each["started_at"]) for each in story["subscriptions"]]
    create_customer(database, customer["key"], json.dumps(customer), min(starts))
    for subscription in story["subscriptions"]:
        _subscribe(database, customer["key"], dict(subscription))
    events = [
        structs.replace(each, recorded_at=each.recorded_at or each.time) for each in _events(story)
    ]
    record_events(database, events, now)
    first = min(starts).date()
    months = range(1, 13 * (now.year - first.year + 1))
    for month in (_month(first, number) for number in months):
        if month < now:
            _bill(database, catalog, month)
    _bill(database, catalog, now)


def _month(first: date, number: int) -> datetime:
    months = first.year * 12 + first.month - 1 + number
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def _bill(database: Database, catalog: Catalog, at: datetime) -> None:
    for group in bill(database, catalog, Issuance("INV", at, None), at):
        assert group.unbilled == ()


def _subscribe(database: Database, customer: str, subscription: dict[str, Any]) -> None:
    at = datetime.fromisoformat(subscription["started_at"])
    entries: list[tuple[EntryKind, Any]] = [
        ("change", each) for each in subscription.pop("changes", [])
    ]
    entries += [("adjustment", each) for each in subscription.pop("adjustments", [])]
    key = subscription["key"]
    create_subscription(database, NewSubscription(customer, key, json.dumps(subscription)), at)
    for kind, document in entries:
        at = datetime.fromisoformat(document["at"])
        stored = read_customer(database, customer).subscriptions
        (mine,) = [each for each in stored if each.key == key]
        entry = TimelineEntry(kind, at, json.dumps(document))
        append_entry(database, customer, mine, entry, at)


def _events(story: dict[str, Any]) -> Iterator[UsageEvent]:
    """The usage of a story; a total becomes as many events on its day."""
    customer = story["customer"]["key"]
    for each in story.get("usage", []):
        yield read_event({"source": "story", "subject": customer, **each})
    for place, total in enumerate(story.get("usage_totals", [])):
        event, data = COUNTED[total["meter"]]
        noon = datetime.combine(date.fromisoformat(total["date"]), time(12, tzinfo=UTC))
        for number in range(int(total["quantity"])):
            at = noon + timedelta(milliseconds=number)
            yield UsageEvent(f"{place}-{number}", event, at, data, "story", customer)
