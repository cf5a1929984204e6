"""Random events, meters and filters as planql's own values, for the laws of metering."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from planql.aggregations import Aggregation
from planql.catalog.filters import AllOf, AnyOf, Condition, Filter
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.entity import read_entity
from planql.metering.events import UsageEvent
from planql.metering.measure import Measured, measure
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage

Data = dict[str, object]

moderate = settings(max_examples=100)
"""Few enough examples to run with every change, the same ones each time."""

START = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 30
JUNE = Span(START, START + timedelta(days=DAYS))
_MICROSECONDS = DAYS * 86_400_000_000

decimals = st.decimals(-1000, 1000, places=4)
numbers: st.SearchStrategy[int | Decimal] = st.integers(-(10**20), 10**20) | decimals
scalars: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["eu", "us", "5", "5.0", "05", "", "true", True, False]),
    st.integers(-3, 6),
    st.decimals(-3, 6, places=1),
)
values: st.SearchStrategy[Any] = scalars | st.sampled_from([[], ["eu"], {}, {"eu": 1}])
data: st.SearchStrategy[Data] = st.fixed_dictionaries(
    {}, optional={"a": values | st.none(), "b": scalars, "c": st.fixed_dictionaries({"d": scalars})}
)

instants = st.integers(0, _MICROSECONDS - 1).map(lambda n: START + timedelta(microseconds=n))


def readable_data(value: st.SearchStrategy[Any] = numbers) -> st.SearchStrategy[Data]:
    """Data that every aggregation can read: a number, a name, an operation and a group."""
    return st.fixed_dictionaries(
        {
            "value": value,
            "name": st.sampled_from("abcd"),
            "op": st.sampled_from(["add", "remove"]),
            "region": st.sampled_from(["eu", "us", None]),
        }
    )


@st.composite
def events(draw: st.DrawFn, content: st.SearchStrategy[Data] | None = None) -> list[UsageEvent]:
    """Events of June with distinct ids and distinct times, in any order."""
    times = draw(st.lists(instants, max_size=12, unique=True))
    content = readable_data() if content is None else content
    return [
        UsageEvent(str(number), "usage", time, draw(content)) for number, time in enumerate(times)
    ]


def condition(path: str, operator: str, value: object = None) -> Condition:
    """A condition as if it were read from a file."""
    members = {"property": path, "operator": operator}
    has_value = operator != "exists"
    return read_entity(Condition, {**members, "value": value} if has_value else members)


def all_parts(parts: Sequence[Filter]) -> AllOf:
    """An and of filters."""
    return AllOf.model_construct(parts=tuple(parts))


def any_part(parts: Sequence[Filter]) -> AnyOf:
    """An or of filters."""
    return AnyOf.model_construct(parts=tuple(parts))


AGGREGATIONS: list[Data] = [
    {"type": "count"},
    {"type": "sum", "property": "value"},
    {"type": "max", "property": "value"},
    {"type": "min", "property": "value"},
    {"type": "avg", "property": "value"},
    {"type": "latest", "property": "value"},
    {"type": "unique_count", "property": "name", "operation_property": "op"},
    {"type": "time_weighted_sum", "property": "value"},
]

ADDITIVE = AGGREGATIONS[:2]

conditions: st.SearchStrategy[Condition] = st.builds(
    condition,
    st.sampled_from(["a", "b", "c.d", "missing"]),
    st.sampled_from(["eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in", "contains", "exists"]),
    scalars | st.lists(scalars, max_size=3),
)
filters: st.SearchStrategy[Filter] = st.recursive(
    conditions,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(all_parts),
        st.lists(parts, min_size=1, max_size=3).map(any_part),
    ),
    max_leaves=5,
)


def meter_of(aggregation: Data, **members: object) -> Meter:
    """A meter with this aggregation."""
    basis = {"key": "m", "event": "usage", "unit": "unit", "aggregation": aggregation}
    return read_entity(Meter, {**basis, **members})


def charge_of(tree: Filter | None = None, **members: object) -> UsageCharge:
    """A charge of the meter, perhaps with a filter."""
    model = {"type": "per_unit", "unit_amount": "1"}
    basis = {"key": "c", "name": "C", "type": "usage", "meter": "m", "model": model}
    return read_entity(UsageCharge, {**basis, **members}).model_copy(update={"filter": tree})


def measured(
    aggregation: Data,
    happened: Sequence[UsageEvent],
    span: Span = JUNE,
    totals: Sequence[DailyTotals] = (),
    charge: UsageCharge | None = None,
) -> Measured:
    """What a meter with this aggregation measures in a span of June."""
    return measure(
        charge or charge_of(), meter_of(aggregation), Usage(happened, totals), span, JUNE
    )


def quantity(
    aggregation: Data, happened: Sequence[UsageEvent], span: Span = JUNE
) -> Fraction | None:
    """The quantity of a charge without groups."""
    return measured(aggregation, happened, span).groups[0].quantity


def arithmetic(aggregation: Data) -> Aggregation:
    """The aggregation itself."""
    return meter_of(aggregation).aggregation
