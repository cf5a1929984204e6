"""Random charges of every model, as the JSON of a rate plan."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]

DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "BHD": 3}
currencies = st.sampled_from(sorted(DIGITS, key=lambda code: code != "USD"))


def decimals(low: int, high: int, places: int) -> st.SearchStrategy[str]:
    """Return decimal strings between two whole numbers, with up to so many decimals."""
    scaled = st.integers(low * 10**places, high * 10**places)
    whole = st.integers(low, high).map(str)
    return whole | scaled.map(lambda n: f"{n // 10**places}.{n % 10**places:0{places}d}")


def minor_units(currency: str, high: int) -> st.SearchStrategy[str]:
    """Return amounts in whole minor units of a currency."""
    places = DIGITS[currency]
    return st.integers(0, high).map(str) if places == 0 else decimals(0, high, places)


prices = decimals(0, 50, 4) | st.sampled_from(["0.000002", "0.000000000001", "0.5", "0.125"])
percentages = decimals(0, 20, 2)
flags = st.booleans()


@st.composite
def optional(draw: st.DrawFn, members: dict[str, st.SearchStrategy[Any]]) -> Doc:
    """Return a document with some of these members."""
    return {name: draw(value) for name, value in members.items() if draw(flags)}


@st.composite
def bounds(draw: st.DrawFn) -> list[str | None]:
    """Return rising upper bounds that end open."""
    gaps = draw(st.lists(st.integers(1, 20), max_size=3))
    half = draw(st.sampled_from(["", ".5"])) if gaps else ""
    found: list[str | None] = []
    total = 0
    for gap in gaps:
        total += gap
        found.append(f"{total}{half}")
    return [*found, None]


@st.composite
def tiers(draw: st.DrawFn, kind: str) -> list[Doc]:
    """Return the tiers of a model."""
    rows = []
    for bound in draw(bounds()):
        flat = {"flat_amount": draw(prices)}
        if kind == "stairstep":
            row = flat
        elif kind == "graduated_percentage":
            row = {"percentage": draw(percentages)} | (flat if draw(flags) else {})
        else:
            unit = {"unit_amount": draw(prices)}
            row = draw(st.sampled_from([unit, unit | flat, flat]))
        rows.append({"up_to": bound, **row})
    return rows


@st.composite
def tiered(draw: st.DrawFn) -> Doc:
    """Return a model with tiers."""
    kind = draw(st.sampled_from(["graduated", "volume", "stairstep", "graduated_percentage"]))
    model: Doc = {"type": kind, "tiers": draw(tiers(kind))}
    if draw(flags):
        model["flat_amount_at_zero"] = draw(flags)
    return model


simple = st.one_of(
    st.fixed_dictionaries({"type": st.just("flat"), "amount": prices}),
    st.fixed_dictionaries({"type": st.just("per_unit"), "unit_amount": prices}),
    st.fixed_dictionaries(
        {"type": st.just("package"), "amount": prices, "package_size": decimals(1, 20, 1)},
        optional={"rounding": st.sampled_from(["up", "down"])},
    ),
    st.fixed_dictionaries({"type": st.just("percentage"), "percentage": percentages}),
)
models = simple | tiered()

per_event_models = st.fixed_dictionaries(
    {"type": st.just("percentage"), "percentage": percentages},
    optional={
        "flat_amount_per_event": decimals(0, 2, 2),
        "minimum_per_event": decimals(0, 2, 2),
        "maximum_per_event": decimals(2, 9, 2),
        "included_events": st.integers(0, 3).map(str),
    },
)


@st.composite
def limits(draw: st.DrawFn, currency: str) -> Doc:
    """Return the included units, cap and minimum of a charge."""
    included = {"included_units": decimals(0, 20, 1)}
    cap = {"cap": minor_units(currency, 300)}
    minimum = {"minimum": minor_units(currency, 60)}
    found = draw(optional(included | cap | minimum))
    if "cap" in found and "minimum" in found:
        found["minimum"] = min(found["minimum"], found["cap"], key=Fraction)
    return found


@st.composite
def usage_charges(draw: st.DrawFn, currency: str, *, per_event: bool = False) -> Doc:
    """Return a metered charge."""
    chosen = draw(models | per_event_models) if per_event else draw(models)
    return {
        "key": "calls",
        "name": "Calls",
        "type": "usage",
        "meter": "calls",
        "model": chosen,
        **draw(limits(currency)),
    }


@st.composite
def fixed_charges(draw: st.DrawFn, currency: str) -> Doc:
    """Return a one-time or recurring charge."""
    charge: Doc = {
        "key": "fee",
        "name": "Fee",
        "type": draw(st.sampled_from(["recurring", "one_time"])),
        "model": draw(models),
        **draw(limits(currency)),
    }
    if draw(flags):
        charge["quantity"] = {"name": "seats"}
    return charge
