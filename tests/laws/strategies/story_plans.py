"""Random plans of a story: a few charges each, some shared, on one cycle or on several."""

from dataclasses import dataclass
from datetime import date, datetime, time
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
