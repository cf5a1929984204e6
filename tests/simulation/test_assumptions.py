"""Spreading assumed usage over days."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.metering.building import each_day

from planql.catalog.scenarios import AssumedUsage
from planql.entity import parse_json, read_entity
from planql.errors import InvalidInput
from planql.metering.spans import Span
from planql.periods import Period, day_start, zone
from planql.simulation.assumptions import assumed_totals, known_usage

FOLDER = Path(__file__).parent.parent / "cases" / "simulation" / "assumptions"


def load_cases() -> Iterator[dict[str, Any]]:
    """Every case of every file, marked with its file's name."""
    for path in sorted(FOLDER.glob("*.json")):
        cases: Any = parse_json(path.read_text("utf-8"))
        yield from ({**case, "file": path.stem} for case in cases)


UTC = zone("UTC")
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def assumed(quantity: dict[str, Any], **members: object) -> AssumedUsage:
    """Usage of meter "m"."""
    return read_entity(AssumedUsage, {"meter": "m", "quantity": quantity, **members})


def unfolded(days: str) -> Iterator[Fraction]:
    """The quantities that a case lists."""
    for token in days.split():
        times, _, quantity = token.rpartition("x")
        yield from [Fraction(quantity)] * int(times or 1)


def days_of(case: dict[str, Any]) -> Period:
    """The range of a case."""
    start, end = map(date.fromisoformat, case["range"])
    return Period(start, end)


@pytest.mark.parametrize(
    "case", list(load_cases()), ids=lambda case: f"{case['file']}: {case['about']}"
)
def test_days_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    """Every day from the first one on, without gaps but for days that do not exist."""
    days = days_of(case)
    time_zone = zone(case.get("time_zone", "UTC"))
    totals = list(each_day(assumed_totals([assumed(case["quantity"])], days, time_zone)))
    assert [total.quantity for total in totals] == list(unfolded(case["days"]))
    existing = (date.fromordinal(days.start.toordinal() + number) for number in range(days.days))
    wanted = [day for day in existing if day.isoformat() not in case.get("skipped", ())]
    assert [total.date for total in totals] == wanted[: len(totals)]


def test_every_day_carries_what_is_assumed_of_its_events() -> None:
    """Properties, the size of an event and that it is an assumption go with the days."""
    usage = assumed(
        {"type": "level", "quantity": "1"}, properties={"region": "eu"}, event_value="2.50"
    )
    (totals,) = assumed_totals([usage], JUNE, UTC)
    assert (totals.meter, totals.data, totals.event_value) == (
        "m",
        {"region": "eu"},
        Fraction(5, 2),
    )
    assert totals.is_assumed
    assert totals.recorded_at is None
    assert len(totals.days) == 30


def test_nothing_is_made_up_where_nothing_is_said() -> None:
    """Without properties days have no data, and without a size their events have none."""
    (totals,) = assumed_totals([assumed({"type": "level", "quantity": "1"})], JUNE, UTC)
    assert (totals.data, totals.event_value) == (None, None)


def test_several_usages_come_one_after_the_other() -> None:
    """In the order given, each by day, so that "latest" can tell them apart."""
    usages = [assumed({"type": "level", "quantity": quantity}) for quantity in ("2", "1")]
    totals = each_day(assumed_totals(usages, Period(date(2026, 6, 1), date(2026, 6, 3)), UTC))
    assert [(total.date.day, int(total.quantity)) for total in totals] == [
        (1, 2),
        (2, 2),
        (1, 1),
        (2, 1),
    ]


def test_assumed_usage_is_known_when_its_day_begins() -> None:
    """So nothing of it is ever late: what a boundary invoices was known by then."""
    berlin = zone("Europe/Berlin")
    usage = assumed({"type": "monthly", "total": "500"})
    known = known_usage(assumed_totals([usage], JUNE, berlin), berlin)
    span = Span(day_start(JUNE.start, berlin), day_start(JUNE.end, berlin))
    assert not known.is_news(span.end, day_start(date(2027, 1, 1), berlin), span, opens=False)
    (placed,) = known.at(span.end, span.end).totals_of("m").inside(span)
    assert sum(total.quantity for total in each_day([placed.totals])) == 500


def test_a_range_at_the_end_of_the_calendar_is_refused() -> None:
    """There is no month after December 9999 to spread up to."""
    days = Period(date(9999, 12, 1), date(9999, 12, 31))
    with pytest.raises(InvalidInput) as caught:
        assumed_totals([assumed({"type": "level", "quantity": "1"})], days, UTC)
    assert caught.value.code == "date-out-of-range"
