"""Recorded usage as what a simulation runs on."""

from datetime import UTC, datetime

from planql.metering.events import UsageEvent
from planql.metering.spans import Span
from planql.periods import zone
from planql.simulation.recorded import recorded_usage

JUNE = Span(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
LATE = datetime(2026, 8, 5, tzinfo=UTC)


def event(day: int, recorded_at: datetime | None = None) -> UsageEvent:
    """An event of June."""
    return UsageEvent(str(day), "usage", JUNE.start.replace(day=day), recorded_at=recorded_at)


def test_what_was_recorded_late_is_known_at_its_time() -> None:
    """A simulation asks what usage earns, not when it was reported."""
    known = recorded_usage([event(3), event(9, LATE)], zone("UTC"))
    assert not known.is_news(JUNE.end, LATE, JUNE, opens=False)
    inside = known.at(JUNE.end, JUNE.end).inside("usage", JUNE)
    assert [(each.id, each.recorded_at) for each in inside] == [("3", None), ("9", None)]
