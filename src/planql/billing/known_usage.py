"""What was known of a customer's usage at one time.

An event counts where its `time` says; it is known from `recorded_at` on. Usage that becomes known
after its period was invoiced is late.

Source: RULES 8.5; INTERFACES, "late usage" (docs/rules/invoices.md).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planql.metering.events import UsageEvent
from planql.metering.spans import Span
from planql.metering.usage import DailyTotal, Usage
from planql.periods import day_start, local_day


class KnownUsage:
    """All usage of a customer, and when it became known."""

    def __init__(
        self, events: Sequence[UsageEvent], totals: Sequence[DailyTotal], time_zone: ZoneInfo
    ) -> None:
        self._zone = time_zone
        self._events = [(event, event.recorded_at or event.time) for event in events]
        self._totals = [(total, self._recorded(total)) for total in totals]
        self._all = Usage(events, totals, time_zone)
        self._late = sorted(self._times(is_late=True))
        self._at: dict[datetime, Usage] = {}

    def at(self, instant: datetime, before: datetime) -> Usage:
        """Usage known at `instant`, inclusive, as far as it lies before `before`."""
        if instant >= before and not any(recorded > instant for _, recorded in self._late):
            return self._all
        if instant not in self._at:
            events = [event for event, recorded in self._events if recorded <= instant]
            totals = [total for total, recorded in self._totals if recorded <= instant]
            self._at[instant] = Usage(events, totals, self._zone)
        return self._at[instant]

    def is_news(self, after: datetime, until: datetime, span: Span, *, opens: bool) -> bool:
        """Whether usage of `span` became known after `after` and by `until`.

        Args:
            after: Exclusive.
            until: Inclusive.
            span: The period that usage must lie in.
            opens: Whether usage from before the period counts, too, as its opening state.
        """
        in_time = self._times(is_late=False) if after < span.end else iter(())
        candidates = [*self._late, *in_time]
        return any(
            after < recorded <= until and time < span.end and (opens or span.start <= time)
            for time, recorded in candidates
        )

    def days_of_news(self, after: datetime, until: datetime, before: datetime) -> Iterator[date]:
        """The local days on which usage from before `before` became known in that time."""
        days = {
            local_day(recorded, self._zone)
            for time, recorded in self._times(is_late=None)
            if after < recorded <= until and time < before
        }
        yield from sorted(days)

    def _recorded(self, total: DailyTotal) -> datetime:
        return total.recorded_at or day_start(total.date, self._zone)

    def _times(self, *, is_late: bool | None) -> Iterator[tuple[datetime, datetime]]:
        """When usage happened and became known: late, in time, or (None) all of it."""
        for event, recorded in self._events:
            if is_late is None or (recorded > event.time) is is_late:
                yield event.time, recorded
        for total, recorded in self._totals:
            time = day_start(total.date, self._zone)
            if is_late is None or (recorded > time) is is_late:
                yield time, recorded
