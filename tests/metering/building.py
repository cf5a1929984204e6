"""Charges, meters and usage from the short forms of the case files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.charge_models.scales import QUANTITY_SCALE, scaled_quantity
from planql.entity import parse_instant, parse_json, read_entity
from planql.metering.events import UsageEvent, read_event
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage
from planql.periods import zone

CASES = Path(__file__).parent.parent / "cases" / "metering"
JUNE = ("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z")

Doc = dict[str, Any]


def load_cases(*folders: str) -> list[Any]:
    """Every case of every file of these folders, marked with its file's name."""
    files = sorted(path for folder in folders for path in (CASES / folder).glob("*.json"))
    return [
        {**case, "file": path.stem} for path in files for case in parsed(path.read_text("utf-8"))
    ]


def parsed(text: str) -> Any:  # noqa: ANN401 - JSON of any shape
    """JSON with exact numbers."""
    return parse_json(text)


def named(case: Doc) -> str:
    """A case's name among the tests."""
    return f"{case['file']}: {case.get('about', case['because'])}"


def meter_of(members: Doc) -> Meter:
    """A meter of events of type "usage"; `members` say what matters."""
    return read_entity(Meter, {"key": "m", "event": "usage", "unit": "unit", **members})


def charge_of(members: Doc | None = None) -> UsageCharge:
    """A usage charge of meter "m"; `members` say what matters."""
    model = {"type": "per_unit", "unit_amount": "1"}
    basis = {"key": "c", "name": "C", "type": "usage", "meter": "m", "model": model}
    return read_entity(UsageCharge, {**basis, **(members or {})})


def event(id_: str, time: str, data: Mapping[str, object], type_: str = "usage") -> UsageEvent:
    """An event of the meter's type."""
    return read_event({"id": id_, "type": type_, "time": time, "data": data})


def span(bounds: Sequence[str]) -> Span:
    """A span between two instants."""
    start, end = (parse_instant(bound) for bound in bounds)
    assert start is not None
    assert end is not None
    return Span(start, end)


def usage_of(case: Doc) -> Usage:
    """The events and totals of a case, beside others that no meter here reads."""
    other_event = event("other", "2026-06-15T00:00:00Z", {"value": 1000}, "other")
    other_total = total("2026-06-15", "1000", meter="other")
    events = [event(*row) for row in case["events"]]
    totals = [total(day, quantity) for day, quantity in case.get("totals", ())]
    assumed = [assumed_total(*row) for row in case.get("assumed", ())]
    time_zone = zone(case.get("time_zone", "UTC"))
    return Usage((other_event, *events), (other_total, *totals, *assumed), time_zone)


class Day(NamedTuple):
    """A day of a column, and its quantity in units."""

    date: date
    quantity: Fraction


def each_day(columns: Iterable[DailyTotals]) -> Iterator[Day]:
    """The days of all columns, one column after the other."""
    for column in columns:
        for day, units in zip(column.days, column.quantities, strict=True):
            yield Day(day, Fraction(units, QUANTITY_SCALE))


def total(
    day: str, quantity: str, data: Mapping[str, object] | None = None, meter: str = "m"
) -> DailyTotals:
    """A total of one day that was recorded."""
    units = scaled_quantity(Fraction(quantity))
    return DailyTotals(meter, (date.fromisoformat(day),), (units,), data=data)


def assumed_total(
    day: str,
    quantity: str,
    data: Mapping[str, object] | None = None,
    event_value: str | None = None,
) -> DailyTotals:
    """A total of one day of meter "m" that is an assumption."""
    return DailyTotals(
        meter="m",
        days=(date.fromisoformat(day),),
        quantities=(scaled_quantity(Fraction(quantity)),),
        data=data,
        event_value=None if event_value is None else Fraction(event_value),
        is_assumed=True,
    )
