"""Random meters, filters and events."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc, decimals, flags

regions = st.sampled_from(["eu", "us", "asia"])
signed = st.integers(-20, 60)
numbers: st.SearchStrategy[Any] = st.one_of(
    signed,
    signed.map(str),
    decimals(0, 60, 2),
    decimals(0, 60, 3).map(Decimal),
    st.sampled_from([Decimal("1E+1"), Decimal("2.5E-3"), "0", 0]),
)
odd: st.SearchStrategy[Any] = st.sampled_from([None, "n/a", True, "1e3", "", [], {}])
values = numbers | odd
positive: st.SearchStrategy[Any] = st.one_of(
    st.integers(0, 60), decimals(0, 60, 2), decimals(0, 60, 3).map(Decimal)
)


def aggregations(*, carried: bool) -> st.SearchStrategy[Doc]:
    """Return every aggregation; some only look at the value."""
    plain = st.sampled_from(["sum", "max", "min", "avg", "latest"]).map(
        lambda kind: {"type": kind, "property": "value"}
    )
    carry = st.sampled_from([False, carried])
    unique = st.fixed_dictionaries(
        {"type": st.just("unique_count"), "property": st.just("who")},
        optional={"operation_property": st.just("op"), "carry_over": carry},
    )
    weighted = st.fixed_dictionaries(
        {"type": st.just("time_weighted_sum"), "property": st.just("value")},
        optional={"carry_over": carry},
    )
    return st.one_of(st.just({"type": "count"}), plain, unique, weighted)


filter_values: st.SearchStrategy[Any] = st.one_of(
    regions, st.integers(0, 5), st.sampled_from(["1", "2", True, False]), decimals(0, 5, 1)
)


@st.composite
def leaves(draw: st.DrawFn) -> Doc:
    """Return one condition of a filter."""
    name = draw(st.sampled_from(["region", "level", "deep.kind", "flag"]))
    operator = draw(
        st.sampled_from(
            ["eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in", "contains", "exists"]
        )
    )
    leaf: Doc = {"property": name, "operator": operator}
    if operator in ("in", "not_in"):
        leaf["value"] = draw(st.lists(filter_values, min_size=1, max_size=3))
    elif operator in ("gt", "gte", "lt", "lte"):
        leaf["value"] = draw(st.one_of(st.integers(0, 5), decimals(0, 5, 1)))
    elif operator == "contains":
        leaf["value"] = draw(st.sampled_from(["e", "us", "x"]))
    elif operator != "exists":
        leaf["value"] = draw(filter_values)
    return leaf


filters = st.recursive(
    leaves(),
    lambda nodes: st.one_of(
        st.fixed_dictionaries({"and": st.lists(nodes, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"or": st.lists(nodes, min_size=1, max_size=3)}),
    ),
    max_leaves=4,
)


@st.composite
def meters(draw: st.DrawFn, *, carried: bool = True) -> Doc:
    """Return a meter of the event `call`."""
    meter: Doc = {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "unit": "call",
        "aggregation": draw(aggregations(carried=carried)),
    }
    if draw(flags):
        meter["filter"] = draw(filters)
    if draw(flags):
        mode = draw(st.sampled_from(["up", "down", "half_up"]))
        meter["rounding"] = {"mode": mode, "digits": draw(st.integers(-1, 2))}
    return meter


@st.composite
def event_data(draw: st.DrawFn, value: st.SearchStrategy[Any]) -> Doc:
    """Return the data of one event."""
    members: dict[str, st.SearchStrategy[Any]] = {
        "value": value,
        "who": st.sampled_from(["a", "b", "c"]),
        "op": st.sampled_from(["add", "remove"]),
        "region": regions,
        "level": st.one_of(st.integers(0, 5), st.integers(0, 5).map(str)),
        "deep": st.fixed_dictionaries({"kind": filter_values}),
        "flag": flags,
    }
    return draw(st.fixed_dictionaries({}, optional=members))
