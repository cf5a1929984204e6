"""Random stories for the laws of simulations: more usage, and meters of every aggregation."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc, flags, models
from tests.laws.strategies.stories import ALL, stories
from tests.laws.strategies.usage import positive, regions

from planql.money import plain

AGGREGATIONS: list[Doc] = [
    {"type": "max", "property": "n"},
    {"type": "min", "property": "n"},
    {"type": "avg", "property": "n"},
    {"type": "latest", "property": "n"},
    {"type": "unique_count", "property": "n"},
    {"type": "time_weighted_sum", "property": "n"},
]
FILTER = {"property": "region", "operator": "eq", "value": "eu"}


@st.composite
def more_events(draw: st.DrawFn, document: Doc) -> list[Doc]:
    """Return events over the first months of a story, each called anew."""
    start = datetime.fromisoformat(document["subscriptions"][0]["started_at"])
    found = []
    for number in range(draw(st.integers(0, 12))):
        at = start + timedelta(hours=draw(st.integers(0, 24 * 100)))
        data = {"n": draw(positive)} | ({"region": draw(regions)} if draw(flags) else {})
        kind = draw(st.sampled_from(["call", "peak"]))
        found.append({"id": f"more-{number}", "type": kind, "time": at.isoformat(), "data": data})
    return found


@st.composite
def more_charges(draw: st.DrawFn, charges: list[Doc]) -> list[Doc]:
    """Return the charges of a plan with one for each meter, some of them filtered."""
    found = [dict(charge) for charge in charges]
    for key in ("calls", "peak", "hits"):
        if key not in {charge["key"] for charge in found} and draw(flags):
            charge: Doc = {"key": key, "name": key, "type": "usage", "meter": key}
            found.append(charge | {"model": draw(models)})
    for charge in found:
        if charge["type"] == "usage" and draw(st.integers(0, 3)) == 3:
            charge["filter"] = FILTER
    return found


@st.composite
def measured_stories(draw: st.DrawFn) -> Doc:
    """Return stories with more usage, whose meter of peaks aggregates in any way."""
    story = draw(stories())
    aggregation = draw(st.sampled_from(AGGREGATIONS))
    catalog = story["catalog"]
    meters = [
        meter | {"aggregation": aggregation} if meter["key"] == "peak" else meter
        for meter in catalog["meters"]
    ]
    plans = [
        plan | {"charges": draw(more_charges(plan["charges"]))} for plan in catalog["rate_plans"]
    ]
    usage = [*story["usage"], *draw(more_events(story))]
    return story | {
        "catalog": catalog | {"meters": meters, "rate_plans": plans},
        "usage": usage,
    }


@st.composite
def plain_stories(draw: st.DrawFn) -> Doc:
    """Return stories whose usage is events that are known at once, of whole days."""
    story = draw(stories(ALL - {"late", "groups", "second"}))
    catalog = story["catalog"]
    plans = [
        plan | {"charges": [charge for charge in plan["charges"] if _is_summed(charge)]}
        for plan in catalog["rate_plans"]
    ]
    plans = [
        plan | {"charges": [*plan["charges"], *_calls(plan["charges"], draw(models))]}
        for plan in plans
    ]
    keys = {charge["key"] for plan in plans for charge in plan["charges"]}
    discounts = [
        each | {"charges": [key for key in each["charges"] if key in keys] or ["calls"]}
        if "charges" in each
        else each
        for each in catalog["discounts"]
    ]
    events = [*story["usage"], *draw(more_events(story))]
    return story | {
        "catalog": catalog | {"rate_plans": plans, "discounts": discounts},
        "usage": [event for event in events if event["type"] == "call"],
        "usage_totals": [],
    }


def _is_summed(charge: Doc) -> bool:
    return charge["key"] not in ("calls", "peak")


def _calls(charges: list[Doc], model: Doc) -> list[Doc]:
    assert "calls" not in {charge["key"] for charge in charges}
    return [{"key": "calls", "name": "calls", "type": "usage", "meter": "calls", "model": model}]


def by_day(document: Doc) -> Doc:
    """The same story, its events summed to daily totals."""
    zone = ZoneInfo(document["customer"]["time_zone"])
    days: dict[tuple[str, str], Fraction] = {}
    for event in document["usage"]:
        day = datetime.fromisoformat(event["time"]).astimezone(zone).date().isoformat()
        for meter, value in (("hits", Fraction(1)), ("calls", Fraction(str(event["data"]["n"])))):
            days[meter, day] = days.get((meter, day), Fraction(0)) + value
    totals: list[dict[str, Any]] = [
        {"meter": meter, "date": day, "quantity": plain(quantity)}
        for (meter, day), quantity in days.items()
    ]
    return document | {"usage": [], "usage_totals": totals}
