"""Random documents of `rate -` and `periods -`."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.laws.strategies.charges import (
    Doc,
    currencies,
    decimals,
    fixed_charges,
    flags,
    minor_units,
    percentages,
    usage_charges,
)
from tests.laws.strategies.usage import event_data, filters, meters, positive, values

START = datetime(2026, 5, 1, tzinfo=UTC)
END = datetime(2026, 6, 1, tzinfo=UTC)


@st.composite
def discounts(draw: st.DrawFn, currency: str) -> list[Doc]:
    """Return discounts of one charge."""
    found = []
    for place in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["percentage", "fixed_amount", "free_units"]))
        member: Doc
        if kind == "percentage":
            member = {"percentage": draw(percentages.filter(lambda text: float(text) > 0))}
        elif kind == "fixed_amount":
            amount = draw(minor_units(currency, 30).filter(lambda text: float(text) > 0))
            member = {"amounts": {currency: amount}}
        else:
            member = {"units": draw(decimals(1, 9, 1))}
        found.append({"key": f"d{place}", "type": kind, **member})
    return found


def instants(low: datetime, high: datetime) -> st.SearchStrategy[str]:
    """Return instants of whole hours between two moments, and a few odd ones."""
    hours = int((high - low).total_seconds()) // 3600
    whole = st.integers(0, hours).map(lambda n: low + timedelta(hours=n))
    odd = st.sampled_from([high - timedelta(microseconds=1), low + timedelta(microseconds=1)])
    return (whole | odd).map(lambda at: at.isoformat().replace("+00:00", "Z"))


@st.composite
def events(draw: st.DrawFn, value: st.SearchStrategy[Any], *, most: int = 6) -> list[Doc]:
    """Return events around the period, some recorded twice."""
    times = instants(START - timedelta(days=5), END + timedelta(days=2))
    found: list[Doc] = []
    for place in range(draw(st.integers(0, most))):
        event: Doc = {
            "id": str(place),
            "type": "call",
            "time": draw(times),
            "data": draw(event_data(value)),
        }
        if draw(st.integers(0, 5)) == 5:
            event["type"] = "other"
        found.append(event)
    if draw(flags) and found:
        found.append(dict(found[0]))
    return found


@st.composite
def from_quantity(draw: st.DrawFn) -> Doc:
    """Return a charge with a bare quantity."""
    currency = draw(currencies)
    charge = draw(usage_charges(currency) | fixed_charges(currency))
    quantity = draw(decimals(0, 90, 2) | st.just("-3") | st.just("123456789012345678901.5"))
    document = {"currency": currency, "charge": charge, "quantity": quantity}
    if charge["type"] != "usage" and "quantity" not in charge and draw(flags):
        del document["quantity"]
    return document | {"discounts": draw(discounts(currency))}


@st.composite
def from_events(draw: st.DrawFn) -> Doc:
    """Return a metered charge with its events."""
    currency = draw(currencies)
    charge = draw(usage_charges(currency, per_event=True))
    meter = draw(meters())
    per_event = any("event" in name for name in charge["model"])
    if per_event:
        meter["aggregation"] = {"type": "sum", "property": "value"}
        meter.pop("rounding", None)
    if draw(flags):
        charge["filter"] = draw(filters)
    if draw(flags):
        charge["group_by"] = draw(st.sampled_from([["region"], ["region", "who"]]))
    document = {
        "currency": currency,
        "charge": charge,
        "meter": meter,
        "period": {"start": "2026-05-01", "end": "2026-06-01T00:00:00Z"},
        "events": draw(events(positive if per_event else values)),
        "discounts": draw(discounts(currency)),
    }
    if draw(flags):
        document["full_period"] = {"start": "2026-04-20T00:00:00Z", "end": "2026-06-01"}
    return document


rate_documents = from_quantity() | from_events()

ZONES = ["UTC", "America/New_York", "Asia/Tokyo", "Europe/Berlin", "Pacific/Apia"]
zones = st.sampled_from(ZONES)
days = st.dates(date(2023, 1, 1), date(2025, 3, 31))


@st.composite
def period_documents(draw: st.DrawFn) -> Doc:
    """Return a cycle with its anchor, zone and extent."""
    interval = draw(st.sampled_from(["month", "week", "day", "year"]))
    count = draw(st.sampled_from([1, 2, 3, 4, 6, 12]))
    anchor = draw(st.sampled_from(["subscription", "calendar"]) | days.map(date.isoformat))
    if anchor == "calendar" and interval in ("week", "year"):
        count = 1
    start = draw(days)
    text = start.isoformat()
    if draw(flags):
        text += draw(st.sampled_from(["T00:00:00Z", "T23:30:00+05:30", "T12:00:00-08:00"]))
    document: Doc = {
        "start": text,
        "interval": interval,
        "interval_count": count,
        "anchor": anchor,
        "time_zone": draw(zones),
    }
    if draw(flags):
        document["count"] = draw(st.integers(1, 15))
    else:
        document["until"] = (start + timedelta(days=draw(st.integers(1, 400)))).isoformat()
    return document
