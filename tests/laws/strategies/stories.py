"""Random stories: a small catalog, a customer's subscriptions with their changes, and usage.

Stories stay where the rules are explicit: changes come in order, seats stay inside their
bounds, and every reference resolves.
"""

from datetime import timedelta

from hypothesis import strategies as st
from tests.laws.strategies.charges import (
    Doc,
    flags,
    minor_units,
)
from tests.laws.strategies.story_discounts import apply_discounts
from tests.laws.strategies.story_plans import Setting, plan_charges, plans, settings
from tests.laws.strategies.story_usage import METERS, story_usage

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
    if "late" in features:
        features -= draw(st.sampled_from([{"late"}, {"commitment"}]))
    setting = draw(settings(features))
    catalog: Doc = {"rate_plans": draw(plans(setting)), "meters": METERS, "discounts": []}
    terms = catalog["rate_plans"]
    if "trial" in features and draw(st.integers(0, 3)) == 3:
        terms[0]["trial"] = {"days": draw(st.integers(1, 40))}
    committing = "commitment" in features and setting.basis != "none"
    if committing and draw(st.integers(0, 3)) == 3:
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
