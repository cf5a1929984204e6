"""From usage events to a quantity: filters, aggregations, rounding, groups.

Everything is recomputed from the whole list of events each time it is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from tests.oracle.numerals import Doc, RefusedError, event_number, round_half_away


@dataclass(frozen=True)
class Event:
    """One usage event that matches a meter, in the order it was given."""

    identity: str
    time: datetime
    data: Mapping[str, object]
    value: Fraction


@dataclass(frozen=True)
class Group:
    """What was measured for one value of `group_by` (the whole, without it)."""

    key: tuple[tuple[str, str | None], ...]
    quantity: Fraction | None
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Measurement:
    """The groups of a charge, and the events whose value could not be read."""

    groups: tuple[Group, ...]
    rejected: tuple[str, ...]


def instant(text: str) -> datetime:
    """Return an instant, or the UTC midnight that opens a bare date."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def look_up(data: Mapping[str, object], path: str) -> object:
    """Return the property at a dotted path; None when missing (null is missing)."""
    found: object = data
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def equal(actual: object, wanted: object) -> bool:
    """Return whether two values are equal in a filter."""
    if isinstance(actual, bool) or isinstance(wanted, bool):
        return isinstance(actual, bool) and isinstance(wanted, bool) and actual == wanted
    if isinstance(actual, str) and isinstance(wanted, str):
        return actual == wanted
    if isinstance(actual, int | Decimal) or isinstance(wanted, int | Decimal):
        left, right = event_number(actual), event_number(wanted)
        return left is not None and left == right
    return False


def compare(actual: object, wanted: object) -> int | None:
    """Return the order of two numbers (or numeric strings), None when either is no number."""
    left, right = event_number(actual), event_number(wanted)
    if left is None or right is None:
        return None
    return (left > right) - (left < right)


def _operator(name: str, actual: object, wanted: object) -> bool:
    order = compare(actual, wanted)
    answers: dict[str, Callable[[], bool]] = {
        "eq": lambda: equal(actual, wanted),
        "ne": lambda: not equal(actual, wanted),
        "in": lambda: isinstance(wanted, list) and any(equal(actual, w) for w in wanted),
        "not_in": lambda: isinstance(wanted, list) and not any(equal(actual, w) for w in wanted),
        "gt": lambda: order == 1,
        "gte": lambda: order in (0, 1),
        "lt": lambda: order == -1,
        "lte": lambda: order in (0, -1),
        "contains": lambda: (
            isinstance(actual, str) and isinstance(wanted, str) and wanted in actual
        ),
        "exists": lambda: True,
    }
    return answers[name]()


def matches(tree: Doc | None, data: Mapping[str, object]) -> bool:
    """Return whether the event's data passes a filter; no filter passes everything."""
    if not tree:
        return True
    if "and" in tree:
        return all(matches(node, data) for node in tree["and"])
    if "or" in tree:
        return any(matches(node, data) for node in tree["or"])
    actual = look_up(data, tree["property"])
    return actual is not None and _operator(tree["operator"], actual, tree.get("value"))


def text_of(value: object) -> str | None:
    """Return a group value as text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _selected(charge: Doc, meter: Doc, events: Sequence[Doc]) -> list[Doc]:
    seen: set[tuple[str, str]] = set()
    chosen = []
    for event in events:
        identity = (event.get("source", ""), event["id"])
        fits = event["type"] == meter["event"] and identity not in seen
        seen.add(identity)
        data = event.get("data", {})
        if fits and matches(meter.get("filter"), data) and matches(charge.get("filter"), data):
            chosen.append(event)
    return chosen


def _readable(meter: Doc, events: Sequence[Doc]) -> tuple[list[Event], list[str]]:
    aggregation = meter["aggregation"]
    good: list[Event] = []
    bad: list[str] = []
    for event in events:
        data = event.get("data", {})
        value: Fraction | None = Fraction(1)
        if aggregation["type"] == "unique_count":
            known = look_up(data, aggregation["property"])
            value = None if known is None else Fraction(1)
        elif aggregation["type"] != "count":
            value = event_number(look_up(data, aggregation["property"]))
        if value is None:
            bad.append(event["id"])
        else:
            good.append(Event(event["id"], instant(event["time"]), data, value))
    return good, bad


def _present(aggregation: Doc, events: Sequence[Event]) -> Fraction:
    present: set[str | None] = set()
    for event in events:
        key = text_of(look_up(event.data, aggregation["property"]))
        name = aggregation.get("operation_property")
        if name is not None and look_up(event.data, name) == "remove":
            present.discard(key)
        else:
            present.add(key)
    return Fraction(len(present))


def seconds(start: datetime, end: datetime) -> Fraction:
    """Return the exact seconds that pass between two instants."""
    gap = end.astimezone(UTC) - start.astimezone(UTC)
    return Fraction(gap.days * 86400 + gap.seconds) + Fraction(gap.microseconds, 10**6)


def _weighted(events: Sequence[Event], span: tuple[datetime, datetime], full: Fraction) -> Fraction:
    start, end = span
    area = sum((e.value * seconds(max(e.time, start), end) for e in events), Fraction(0))
    return area / full


def aggregate(
    meter: Doc,
    events: Sequence[Event],
    span: tuple[datetime, datetime],
    full: Fraction,
    extra: Fraction,
) -> Fraction | None:
    """Return the quantity of these events, in time order; `extra` is known from daily totals."""
    aggregation = meter["aggregation"]
    values = [event.value for event in events]
    kind = aggregation["type"]
    if kind in ("count", "sum"):
        return sum(values, Fraction(0)) + extra
    if kind == "unique_count":
        return _present(aggregation, events)
    if kind == "time_weighted_sum":
        return _weighted(events, span, full)
    if not values:
        return None
    answers = {
        "max": max(values),
        "min": min(values),
        "avg": sum(values, Fraction(0)) / len(values),
        "latest": values[-1],
    }
    return answers[kind]


def ten_to(places: int) -> Fraction:
    """Return a power of ten, exactly."""
    return Fraction(10**places) if places >= 0 else Fraction(1, 10**-places)


def _rounded(meter: Doc, quantity: Fraction | None) -> Fraction | None:
    rounding = meter.get("rounding")
    if quantity is None or not rounding:
        return quantity
    scale = ten_to(rounding["digits"])
    if rounding["mode"] == "half_up":
        return round_half_away(quantity, rounding["digits"])
    scaled = quantity * scale
    floor = scaled.numerator // scaled.denominator
    ceiling = -(-scaled.numerator // scaled.denominator)
    return (floor if rounding["mode"] == "down" else ceiling) / scale


def _group_key(charge: Doc, data: Mapping[str, object]) -> tuple[tuple[str, str | None], ...]:
    return tuple((name, text_of(look_up(data, name))) for name in charge.get("group_by", []))


def measure(  # noqa: PLR0913, the parts of one question
    charge: Doc,
    meter: Doc,
    events: Sequence[Doc],
    span: tuple[datetime, datetime],
    *,
    full: Fraction,
    totals: Fraction | None = None,
) -> Measurement:
    """Return the quantity of every group of a charge over a half-open span of instants."""
    start, end = span
    carried = bool(meter["aggregation"].get("carry_over"))
    chosen = [
        event
        for event in _selected(charge, meter, events)
        if instant(event["time"]) < end and (carried or instant(event["time"]) >= start)
    ]
    good, bad = _readable(meter, chosen)
    good.sort(key=lambda event: event.time)
    if totals and meter["aggregation"]["type"] not in ("count", "sum"):
        raise RefusedError("daily totals serve count and sum only")
    keys = {_group_key(charge, event.data) for event in good}
    if totals is not None or not charge.get("group_by"):
        keys.add(_group_key(charge, {}))
    groups = []
    for key in sorted(keys, key=lambda key: [(value is not None, value or "") for _, value in key]):
        mine = tuple(event for event in good if _group_key(charge, event.data) == key)
        extra = totals if key == _group_key(charge, {}) else None
        quantity = aggregate(meter, mine, span, full, extra or Fraction(0))
        idle = bool(charge.get("group_by")) and extra is None
        if idle and not quantity and all(event.time < start for event in mine):
            continue
        groups.append(Group(key, _rounded(meter, quantity), mine))
    return Measurement(tuple(groups), tuple(bad))
