"""Random discounts of a story: automatic and redeemed, of every scope and duration."""

from typing import Any

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc, flags, minor_units, percentages

durations: st.SearchStrategy[Any] = st.one_of(
    st.just({"type": "forever"}),
    st.just({"type": "once"}),
    st.integers(1, 3).map(lambda n: {"type": "repeating", "cycles": n}),
)


@st.composite
def discount(
    draw: st.DrawFn, key: str, currency: str, charges: list[str], metered: list[str]
) -> Doc:
    """Return one discount of the catalog."""
    found: Doc = {
        "key": key,
        "name": key,
        "scope": draw(st.sampled_from(["invoice", "rate_plan", "charges"])),
        "duration": draw(durations),
    }
    if found["scope"] == "charges":
        found["charges"] = draw(
            st.lists(st.sampled_from(charges), min_size=1, max_size=2, unique=True)
        )
    if metered and draw(st.integers(0, 4)) == 4:
        units = str(draw(st.integers(1, 20)))
        found |= {"scope": "charges", "charges": metered, "duration": {"type": "forever"}}
        return found | {"type": "free_units", "units": units}
    if draw(flags):
        percentage = draw(percentages.filter(lambda text: float(text) > 0))
        return found | {"type": "percentage", "percentage": percentage}
    amount = draw(minor_units(currency, 60).filter(lambda text: float(text) > 0))
    return found | {"type": "fixed_amount", "amounts": {currency: amount}}


@st.composite
def apply_discounts(draw: st.DrawFn, currency: str, catalog: Doc, subs: list[Doc]) -> None:
    """Give a story discounts: some listed by the first plan, some redeemed."""
    keys = sorted({c["key"] for plan in catalog["rate_plans"] for c in plan["charges"]})
    rated = [c for plan in catalog["rate_plans"] for c in plan["charges"] if "meter" in c]
    free = {c["key"] for c in rated if "included_events" in c["model"]}
    metered = {c["key"] for c in rated} - free
    first = {c["key"] for c in catalog["rate_plans"][0]["charges"]}
    for place in range(draw(st.integers(0, 3))):
        key = f"d{place}"
        made = draw(discount(key, currency, keys, sorted(metered)))
        catalog["discounts"].append(made)
        listed = set(made.get("charges", []))
        if listed <= first and draw(st.integers(0, 2)) == 2:
            catalog["rate_plans"][0].setdefault("discounts", []).append(key)
        elif len(listed & first) == 1 and listed <= first and draw(flags):
            chosen = next(c for c in catalog["rate_plans"][0]["charges"] if c["key"] in listed)
            chosen.setdefault("discounts", []).append(key)
        else:
            for sub in subs:
                sub.setdefault("discounts", []).append(key)
