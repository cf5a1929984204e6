"""The usage of one customer: events, each counted once, and totals per day."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

from planql.metering.daily_totals import DailyTotals, TotalsOfMeter, totals_by_meter
from planql.metering.events import UsageEvent
from planql.metering.spans import Span
from planql.periods import zone

__all__ = ["DailyTotals", "Usage"]

_TIME: Final = attrgetter("time")
_NO_TOTALS: Final = TotalsOfMeter(())


@dataclass(frozen=True, slots=True)
class Usage:
    """Events and daily totals of one customer, made ready to be measured many times.

    Attributes:
        events: In input order; of several with one identity only the first counts.
        totals: Added to what events give, for count and sum meters; assumed ones, for any meter.
        time_zone: In which the dates of `totals` are local days.
        duplicates: The events that do not count because their identity came before.
    """

    events: Sequence[UsageEvent]
    totals: Sequence[DailyTotals] = ()
    time_zone: ZoneInfo = field(default_factory=lambda: zone("UTC"))
    duplicates: tuple[UsageEvent, ...] = field(init=False, repr=False, compare=False)
    _by_type: Mapping[str, Sequence[UsageEvent]] = field(init=False, repr=False, compare=False)
    _by_meter: Mapping[str, TotalsOfMeter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, duplicates = _count_once(self.events)
        object.__setattr__(self, "duplicates", tuple(duplicates))
        object.__setattr__(self, "_by_type", _sorted_by_type(first))
        object.__setattr__(self, "_by_meter", totals_by_meter(self.totals, self.time_zone))

    def inside(self, event_type: str, span: Span) -> Sequence[UsageEvent]:
        """Events of one type in the span, in the order of their times, ties in input order."""
        events = self._by_type.get(event_type, ())
        first = bisect_left(events, span.start, key=_TIME)
        return events[first : bisect_left(events, span.end, lo=first, key=_TIME)]

    def before(self, event_type: str, span: Span) -> Sequence[UsageEvent]:
        """Events of one type before the span, in the same order."""
        events = self._by_type.get(event_type, ())
        return events[: bisect_left(events, span.start, key=_TIME)]

    def totals_of(self, meter: str) -> TotalsOfMeter:
        """All totals of one meter, with the instants of their days."""
        return self._by_meter.get(meter, _NO_TOTALS)


def _count_once(events: Iterable[UsageEvent]) -> tuple[list[UsageEvent], list[UsageEvent]]:
    """The first event of each identity, and all the others."""
    first: dict[tuple[str, str], UsageEvent] = {}
    duplicates = []
    for event in events:
        identity = (event.source, event.id)
        if identity in first:
            duplicates.append(event)
        else:
            first[identity] = event
    return list(first.values()), duplicates


def _sorted_by_type(events: Iterable[UsageEvent]) -> dict[str, list[UsageEvent]]:
    by_type: dict[str, list[UsageEvent]] = {}
    for event in events:
        by_type.setdefault(event.type, []).append(event)
    for same in by_type.values():
        same.sort(key=_TIME)
    return by_type
