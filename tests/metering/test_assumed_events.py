"""The events that a daily total stands for."""

from dataclasses import astuple
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from msgspec.structs import replace
from tests.metering.building import JUNE, assumed_total, meter_of, span, total

from planql.catalog.meters import Meter
from planql.errors import InvalidInput
from planql.metering.assumed_events import events_of_days
from planql.metering.measured import EventValue
from planql.metering.usage import DailyTotals, Usage

SUM = meter_of({"aggregation": {"type": "sum", "property": "value"}})
COUNT = meter_of({"aggregation": {"type": "count"}})
DAY = "2026-06-02"
MONTH = span(JUNE)


def events_of(totals: DailyTotals, meter: Meter) -> list[EventValue]:
    """The events that a day of June stands for; they happen when it begins."""
    (placed,) = Usage([], [totals]).totals_of("m").inside(MONTH)
    timed = list(events_of_days(placed, meter))
    assert {time for time, _ in timed} <= {datetime(2026, 6, 2, tzinfo=UTC)}
    return [event for _, event in timed]


@pytest.mark.parametrize(
    ("quantity", "size", "expected"),
    [
        ("100", "40", [("40", 2), ("20", 1)]),
        ("80", "40", [("40", 2)]),
        ("20", "40", [("20", 1)]),
        ("0", "40", []),
        ("1", "0.3", [("0.3", 3), ("0.1", 1)]),
        ("-100", "40", [("-40", 2), ("-20", 1)]),
        ("1000000000000", "0.01", [("0.01", 100_000_000_000_000)]),
    ],
)
def test_a_day_is_as_many_events_as_make_its_quantity(
    quantity: str, size: str, expected: list[tuple[str, int]]
) -> None:
    """Whole ones first, in one piece however many, then what is left."""
    events = events_of(assumed_total(DAY, quantity, None, size), SUM)
    assert [astuple(event) for event in events] == [
        (DAY, Fraction(value), times) for value, times in expected
    ]


def test_an_assumed_count_is_of_events_of_1() -> None:
    """Nobody has to say what one event adds to a count."""
    events = events_of(assumed_total(DAY, "3"), COUNT)
    assert [(event.value, event.times) for event in events] == [(Fraction(1), 3)]


def test_a_recorded_total_may_say_its_events() -> None:
    """With a size it stands for events; without, it is as it always was: for none."""
    recorded = total(DAY, "3")
    sized = replace(recorded, event_value=Fraction(3))
    assert events_of(recorded, COUNT) == []
    assert [event.value for event in events_of(sized, SUM)] == [Fraction(3)]


def test_assumed_usage_without_a_size_of_its_events_is_refused() -> None:
    """It would otherwise cost nothing, without a word."""
    with pytest.raises(InvalidInput, match='usage of meter "m" is assumed without') as caught:
        events_of(assumed_total(DAY, "3"), SUM)
    assert caught.value.code == "events-needed"
