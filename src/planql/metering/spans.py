"""Spans of time between two instants."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` (inclusive) to `end` (exclusive); both know their zone.

    They are kept in UTC, where lengths and comparisons are those of elapsed time: instants of one
    zone are otherwise compared by their wall clocks.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC:
            object.__setattr__(self, "start", self.start.astimezone(UTC))
        if self.end.tzinfo is not UTC:
            object.__setattr__(self, "end", self.end.astimezone(UTC))

    @property
    def length(self) -> timedelta:
        """Elapsed time, to the microsecond; daylight saving changes it."""
        return self.end - self.start

    def holds(self, instant: datetime) -> bool:
        """Whether `instant` lies in the span; its end does not."""
        return self.start <= instant < self.end
