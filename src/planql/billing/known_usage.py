"""What was known of a customer's usage at one time.

An event counts where its `time` says; it is known from `recorded_at` on. Usage that becomes known
after its period was invoiced is late.

Nearly always everything of a period was known when it was invoiced. Then the same usage, sorted
once, answers for every period; only where something came later are events chosen one by one.

Source: RULES 8.5; INTERFACES, "late usage" (docs/rules/invoices.md).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from planql.metering.events import UsageEvent
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage
from planql.periods import day_start, local_day


class KnownUsage:
    """All usage of a customer, and when it became known."""

    def __init__(
        self, events: Sequence[UsageEvent], totals: Sequence[DailyTotals], time_zone: ZoneInfo
    ) -> None:
        self._zone = time_zone
        self._all = Usage(events, totals, time_zone)
        self._at: dict[datetime, Usage] = {}
        happened = sorted({*self._happened()})
        self._times = [time for time, _ in happened]
        self._known_from = list(accumulate((recorded for _, recorded in happened), max))
        self._news = _News((recorded, time) for time, recorded in happened)

    def at(self, instant: datetime, before: datetime) -> Usage:
        """Usage known at `instant`, inclusive, as far as it lies before `before`.

        There may be more in it that lies at or after `before`.
        """
        many = bisect_left(self._times, before)
        if not many or self._known_from[many - 1] <= instant:
            return self._all
        if instant not in self._at:
            events = [each for each in self._all.events if _recorded(each) <= instant]
            totals = [self._known(each, instant) for each in self._all.totals]
            self._at[instant] = Usage(events, totals, self._zone)
        return self._at[instant]

    def known_from(self, before: datetime) -> datetime | None:
        """From when on all usage that lies before `before` is known; None when there is none."""
        many = bisect_left(self._times, before)
        return self._known_from[many - 1] if many else None

    def is_news(self, after: datetime, until: datetime, span: Span, *, opens: bool) -> bool:
        """Whether usage of `span` became known after `after` and by `until`.

        Args:
            after: Exclusive.
            until: Inclusive.
            span: The period that usage must lie in.
            opens: Whether usage from before the period counts, too, as its opening state.
        """
        times = self._news.times(after, until)
        if not times or times[0] >= span.end:
            return False
        first = 0 if opens else bisect_left(times, span.start)
        return first < bisect_left(times, span.end)

    def next_news(self, after: datetime) -> datetime | None:
        """When more becomes known, after `after`; None when nothing does."""
        return self._news.next(after)

    def days_of_news(self, after: datetime, until: datetime, before: datetime) -> Iterator[date]:
        """The local days on which usage from before `before` became known in that time."""
        days = {
            local_day(recorded, self._zone)
            for recorded, time in self._news.between(after, until)
            if time < before
        }
        yield from sorted(days)

    def _known(self, totals: DailyTotals, instant: datetime) -> DailyTotals:
        """The totals known at `instant`: of those that say no time the days begun by then."""
        recorded_at = totals.recorded_at
        begun = [(recorded_at or day_start(day, self._zone)) <= instant for day in totals.days]
        return totals.only(begun)

    def _happened(self) -> Iterator[tuple[datetime, datetime]]:
        """When usage happened and became known; the days of many meters are the same."""
        for event in self._all.events:
            yield event.time, event.recorded_at or event.time
        for days, recorded_at in {(each.days, each.recorded_at) for each in self._all.totals}:
            for start in (day_start(day, self._zone) for day in days):
                yield start, recorded_at or start


def _recorded(event: UsageEvent) -> datetime:
    return event.recorded_at or event.time


class _News:
    """Usage by when it became known."""

    def __init__(self, known: Iterable[tuple[datetime, datetime]]) -> None:
        self._known = sorted(known)
        self._recorded = [recorded for recorded, _ in self._known]
        self._asked: tuple[datetime, datetime] | None = None
        self._times: list[datetime] = []

    def between(self, after: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """When it became known, after `after` and by `until`, and happened."""
        first = bisect_right(self._recorded, after)
        return self._known[first : bisect_right(self._recorded, until)]

    def next(self, after: datetime) -> datetime | None:
        """When the first of it that was not known at `after` became known."""
        place = bisect_right(self._recorded, after)
        return self._recorded[place] if place < len(self._recorded) else None

    def times(self, after: datetime, until: datetime) -> Sequence[datetime]:
        """When that happened, ascending; asked for one stretch many times in a row."""
        if self._asked != (after, until):
            self._asked = (after, until)
            self._times = sorted(time for _, time in self.between(after, until))
        return self._times
