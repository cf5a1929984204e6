"""Spans between two instants."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tests.metering.building import JUNE, span

from planql.metering.spans import Span


def test_a_span_measures_elapsed_time_across_daylight_saving() -> None:
    """29 March 2026 has 23 hours in Berlin, although wall clocks show 24."""
    berlin = ZoneInfo("Europe/Berlin")
    day = Span(datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 3, 30, tzinfo=berlin))
    assert day.length == timedelta(hours=23)


def test_a_span_holds_its_start_and_not_its_end() -> None:
    """Half-open, whatever the offsets."""
    june = span(JUNE)
    plus_two = timezone(timedelta(hours=2))
    assert june.holds(datetime(2026, 6, 1, 2, tzinfo=plus_two))
    assert not june.holds(datetime(2026, 6, 1, 1, 59, tzinfo=plus_two))
    assert not june.holds(datetime(2026, 7, 1, tzinfo=UTC))
