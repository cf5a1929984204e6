"""Random stories: a small catalog, a customer's subscriptions with their changes, and usage.

Stories stay where the rules are explicit: changes come in order, seats stay inside their
bounds, and every reference resolves.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.laws.strategies.charges import (
    Doc,
    currencies,
    flags,
    limits,
    minor_units,
    models,
    per_event_models,
)
from tests.laws.strategies.story_discounts import apply_discounts
from tests.laws.strategies.story_usage import METERS, story_usage

CYCLES: list[tuple[Any, int]] = [
    ("monthly", 31),
    ("weekly", 7),
    ("quarterly", 92),
    ("annual", 366),
    ({"interval": "month", "interval_count": 2}, 62),
    ({"interval": "day", "interval_count": 10}, 10),
]
SHORTER = {"annual": ["monthly", "quarterly"], "quarterly": ["monthly"]}
ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "Australia/Lord_Howe"]

BASIC = frozenset({"changes", "usage"})
ALL = BASIC | {
    "adjustments",
    "allowances",
    "anchors",
    "balances",
    "cancel",
    "commitment",
    "cycles",
    "discounts",
    "groups",
    "late",
    "migrations",
    "next",
    "none",
    "once",
    "overrides",
    "pause",
    "recycle",
    "second",
    "shorter",
    "trial",
    "two",
}


@dataclass(frozen=True)
class Setting:
    """What all plans of a story share."""

    features: frozenset[str]
    currency: str
    basis: str
    cycle: Any
    days: int
    zone: str
    start: date

    def at(self, day: date, hour: int = 0) -> str:
        """Return a local hour of a day as an instant with its offset."""
        local = datetime.combine(day, time(hour), ZoneInfo(self.zone))
        return local.isoformat()


@st.composite
def settings(draw: st.DrawFn, features: frozenset[str]) -> Setting:
    """Return the shared terms of a story."""
    bases = ["day"] + [basis for basis in ("second", "none") if basis in features]
    cycle, days = draw(st.sampled_from(CYCLES if "cycles" in features else CYCLES[:1]))
    return Setting(
        features,
        draw(currencies),
        draw(st.sampled_from(bases)),
        cycle,
        days,
        draw(st.sampled_from(ZONES)),
        draw(st.dates(date(2026, 1, 1), date(2026, 4, 30))),
    )


@st.composite
def usage_charge(draw: st.DrawFn, setting: Setting) -> Doc:
    """Return a metered charge of a story's plan."""
    key = draw(st.sampled_from(["calls", "peak", "hits"]))
    model = draw(models | per_event_models if key == "calls" else models)
    charge: Doc = {"key": key, "name": key, "type": "usage", "meter": key, "model": model}
    if "allowances" in setting.features:
        charge |= draw(limits(setting.currency))
        if "late" in setting.features:
            charge.pop("minimum", None)
        if draw(flags):
            charge["prorate_allowances"] = draw(st.sampled_from(["changes", "always", "never"]))
    if "groups" in setting.features and draw(st.integers(0, 3)) == 3:
        charge["group_by"] = ["region"]
    return charge


@st.composite
def plan_charges(draw: st.DrawFn, setting: Setting) -> list[Doc]:
    """Return the charges of a plan, each key once."""
    amount = minor_units(setting.currency, 100)
    flat = amount.map(lambda text: {"type": "flat", "amount": text})
    found: list[Doc] = []
    for key, timing in (("fee", "in_advance"), ("base", "in_advance"), ("arrears", "in_arrears")):
        if draw(flags):
            charge = {"key": key, "name": key, "type": "recurring", "timing": timing}
            found.append(charge | {"model": draw(flat)})
    for key, timing in (("seats", "in_advance"), ("rooms", "in_arrears")):
        if draw(flags):
            charge = {"key": key, "name": key, "type": "recurring", "timing": timing}
            found.append(charge | {"model": draw(models), "quantity": {"name": "seats"}})
    if "once" in setting.features and draw(flags):
        found.append({"key": "setup", "name": "setup", "type": "one_time", "model": draw(flat)})
    if "usage" in setting.features and draw(flags):
        found.append(draw(usage_charge(setting)))
    if not found:
        found.append(
            {"key": "fee", "name": "fee", "type": "recurring", "model": draw(flat)},
        )
    draw(shorter_cycles(setting, found))
    return found


@st.composite
def shorter_cycles(draw: st.DrawFn, setting: Setting, charges: list[Doc]) -> None:
    """Give some charges a cycle of their own that divides the plan's."""
    shorter = SHORTER.get(setting.cycle, []) if isinstance(setting.cycle, str) else []
    if "shorter" in setting.features and shorter and setting.basis != "none":
        for charge in charges:
            if charge["type"] != "one_time" and draw(flags):
                charge["billing_cycle"] = draw(st.sampled_from(shorter))


def plan_cycles(setting: Setting, *, first: bool) -> st.SearchStrategy[Any]:
    """Return the cycle of one plan: usually that of all plans."""
    same = st.just(setting.cycle)
    if first or "recycle" not in setting.features:
        return same
    return same | st.sampled_from(["monthly", "annual", "quarterly"])


@st.composite
def plans(draw: st.DrawFn, setting: Setting) -> list[Doc]:
    """Return one to three plans, some charges of the first one reused in the others."""
    found: list[Doc] = []
    for key in draw(st.sampled_from([["a"], ["a", "b"], ["a", "b", "c"]])):
        charges = draw(plan_charges(setting))
        if found:
            own = {charge["key"] for charge in charges}
            reused = [c for c in found[0]["charges"] if c["key"] not in own and draw(flags)]
            charges = reused + charges
        cycle = draw(plan_cycles(setting, first=not found))
        if cycle != setting.cycle:
            charges = [{k: v for k, v in c.items() if k != "billing_cycle"} for c in charges]
        found.append(
            {
                "key": key,
                "version": 1,
                "status": "published",
                "product": "service",
                "name": key,
                "currency": setting.currency,
                "billing_cycle": cycle,
                "effective_from": "2020-01-01",
                "proration": {"basis": setting.basis},
                "charges": charges,
            }
        )
    return found


@st.composite
def change(draw: st.DrawFn, setting: Setting, keys: list[str], *, priced: bool) -> Doc:
    """Return one change, without its instant."""
    kinds = ["plan", "seats", "both"]
    kinds += ["pause"] if "pause" in setting.features else []
    kinds += ["overrides"] if "overrides" in setting.features and priced else []
    kind = draw(st.sampled_from(kinds))
    if kind == "pause":
        return {"pause": True}
    if kind == "overrides":
        amount = draw(minor_units(setting.currency, 100))
        model = {"type": "flat", "amount": amount}
        return {"overrides": [{"charge": "fee", "model": model}]}
    found: Doc = {}
    if kind != "seats":
        found |= {"rate_plan": draw(st.sampled_from(keys)), "version": 1}
    if kind != "plan":
        found["quantities"] = {"seats": str(draw(st.integers(0, 9)))}
    if draw(st.integers(0, 4)) == 4:
        found["effective"] = "period_end"
    elif "anchors" in setting.features and "rate_plan" in found and draw(st.integers(0, 4)) == 4:
        found["anchor"] = "reset"
    elif "next" in setting.features and draw(st.integers(0, 5)) == 5:
        found["invoice"] = "next"
    return found


@st.composite
def changes(draw: st.DrawFn, setting: Setting, keys: list[str], *, priced: bool) -> list[Doc]:
    """Return changes in order, and at most one cancellation at the end."""
    moments = st.tuples(st.integers(0, 100), st.sampled_from([0, 10, 23]))
    found: list[Doc] = []
    last = 0
    for day, hour in sorted(draw(st.lists(moments, max_size=4))):
        made = draw(change(setting, keys, priced=priced))
        if "pause" in made and sum("pause" in c or "resume" in c for c in found) % 2:
            made = {"resume": True}
        at = setting.at(setting.start + timedelta(days=day), hour if day else max(hour, 10))
        found.append({"at": at, **made})
        last = day
    if "recycle" in setting.features or any("anchor" in made for made in found):
        for made in found:
            made.pop("effective", None)
    if "cancel" in setting.features and draw(flags):
        found += draw(cancellation(setting, last))
    return found


@st.composite
def cancellation(draw: st.DrawFn, setting: Setting, last: int) -> list[Doc]:
    """Return a cancellation after the last change, perhaps taken back the same day."""
    day = last + draw(st.integers(0, 60))
    date_of = setting.start + timedelta(days=day)
    hour = draw(st.sampled_from([23, 0])) if day > last else 23
    kind = draw(st.sampled_from(["now", "period_end"]))
    found: list[Doc] = [{"at": setting.at(date_of, hour), "cancel": kind}]
    if kind == "period_end" and hour == 0 and draw(flags):
        found.append({"at": setting.at(date_of, 12), "uncancel": True})
    return found


@st.composite
def subscription(draw: st.DrawFn, setting: Setting, key: str, plans: list[Doc]) -> Doc:
    """Return one subscription."""
    plan_keys = [plan["key"] for plan in plans]
    priced = all(any(c["key"] == "fee" for c in plan["charges"]) for plan in plans)
    found: Doc = {
        "key": key,
        "rate_plan": "a",
        "version": 1,
        "started_at": setting.at(setting.start, draw(st.sampled_from([0, 9]))),
        "anchor": "subscription",
        "quantities": {"seats": str(draw(st.integers(0, 9)))},
    }
    if "anchors" in setting.features:
        earlier = st.integers(0, 40).map(lambda n: str(setting.start - timedelta(days=n)))
        found["anchor"] = draw(st.sampled_from(["subscription", "calendar"]) | earlier)
        if found["anchor"] == "calendar" and isinstance(setting.cycle, dict):
            found["anchor"] = "subscription"
    if "changes" in setting.features:
        found["changes"] = draw(changes(setting, plan_keys, priced=priced))
    if "adjustments" in setting.features and draw(st.integers(0, 3)) == 3:
        day = setting.start + timedelta(days=draw(st.integers(1, 60)))
        amount = draw(minor_units(setting.currency, 60).filter(lambda text: float(text) > 0))
        entry = {"at": setting.at(day, 12), "amount": f"-{amount}", "reason": "goodwill"}
        found["adjustments"] = [entry]
    return found


@st.composite
def migrations(draw: st.DrawFn, setting: Setting, catalog: Doc, subs: list[Doc]) -> None:
    """Give the first plan a second version and move its subscribers."""
    first = catalog["rate_plans"][0]
    second = first | {"version": 2, "effective_from": "2020-06-01"}
    second["charges"] = draw(plan_charges(setting))
    catalog["rate_plans"].append(second)
    for entry in (c for sub in subs for c in sub.get("changes", [])):
        if entry.get("rate_plan") == "a":
            del entry["rate_plan"], entry["version"]
            entry.pop("anchor", None)
            entry.setdefault("quantities", {"seats": "2"})
    day = setting.start + timedelta(days=draw(st.integers(1, 60)))
    at = draw(st.sampled_from(["next_period", day.isoformat()]))
    catalog["migrations"] = [
        {
            "key": f"{day}-a",
            "rate_plan": "a",
            "from": 1,
            "to": 2,
            "announced_on": day.isoformat(),
            "at": at,
        }
    ]


@st.composite
def stories(draw: st.DrawFn, features: frozenset[str] = ALL) -> Doc:
    """Return a whole story."""
    setting = draw(settings(features))
    catalog: Doc = {"rate_plans": draw(plans(setting)), "meters": METERS, "discounts": []}
    terms = catalog["rate_plans"]
    if "trial" in features and draw(st.integers(0, 3)) == 3:
        terms[0]["trial"] = {"days": draw(st.integers(1, 40))}
    if "commitment" in features and draw(st.integers(0, 3)) == 3:
        terms[0]["minimum_commitment"] = draw(minor_units(setting.currency, 300))
    names = ["main", "other"] if "two" in features and draw(st.integers(0, 3)) == 3 else ["main"]
    subs = [draw(subscription(setting, name, terms)) for name in names]
    if "discounts" in features:
        draw(apply_discounts(setting.currency, catalog, subs))
    if "migrations" in features and draw(st.integers(0, 3)) == 3:
        draw(migrations(setting, catalog, subs))
    customer: Doc = {"key": "acme", "time_zone": setting.zone}
    if "balances" in features and draw(flags):
        customer["balances"] = {setting.currency: draw(minor_units(setting.currency, 90))}
    horizon = draw(st.integers(0, max(100, setting.days + 40)))
    story: Doc = {
        "key": "case",
        "about": "random",
        "catalog": catalog,
        "customer": customer,
        "subscriptions": subs,
        "usage": [],
        "usage_totals": [],
        "as_of": setting.at(setting.start + timedelta(days=horizon), 23),
    }
    if "usage" in features:
        story |= draw(story_usage(setting.start, setting.zone, late="late" in features))
    return story
