"""When a subscription is invoiced, and what is due each time.

::

    start        change        boundary      boundary = end
      |------------|--------------|-------------|
      in advance   credits,       arrears of    arrears: the
                   in advance     the closed    final invoice
                   for the rest   period, in advance for the next

Owns: the order of occasions, their dates, the billing periods that discounts are counted in.
Does not own: what is due (`billing.dues`), prices.

Source: RULES 8.1, 8.4, 7.6; INTERFACES, stories and corner cases (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planql.billing.billing_periods import full_periods
from planql.billing.dues import Dues, collect
from planql.billing.timeline import Cut, Ending, Epoch, Timeline
from planql.periods import day_start, local_day


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time at which something may be due.

    Attributes:
        at: When it happens.
        issued_at: When its invoice is issued; what is known then counts.
        issued_on: The local day of that.
        period: Number of the billing period that durations of discounts count it in, from 0.
        is_fresh: Whether fixed discounts start afresh: at a boundary, a reset, a final invoice.
        is_deferred: Whether its lines wait for the next occasion.
        dues: What is due.
    """

    at: datetime
    issued_at: datetime
    issued_on: date
    period: int
    is_fresh: bool
    is_deferred: bool
    dues: Dues


@dataclass(frozen=True, slots=True)
class _Moment:
    """What happens at one time, and what that means for the invoice."""

    issued_at: datetime
    is_fresh: bool = True
    begins_period: bool = True
    is_deferred: bool = False


def occasions_of(
    timeline: Timeline, as_of: datetime, grace: timedelta = timedelta()
) -> tuple[Occasion, ...]:
    """The occasions whose invoice is issued by `as_of`, in the order of time.

    The last ones are deferred if their lines wait for an invoice after `as_of`.

    Args:
        timeline: Of the subscription.
        as_of: Inclusive.
        grace: How long after a boundary its invoice is issued.

    Raises:
        InvalidInput: `too-many-periods`, above 10,000 occasions.
    """
    until = as_of if timeline.ending is None else max(as_of, timeline.ending.at)
    calendar = _Calendar(timeline, until, grace)
    dues = collect(timeline, until)
    found: list[Occasion] = []
    for at in sorted({*dues, *calendar.boundaries, *calendar.marks()}):
        moment = calendar.moment(at)
        last = found[-1] if found else None
        issued_at = max(moment.issued_at, last.issued_at) if last else moment.issued_at
        if at > until or issued_at > as_of:
            break
        found.append(
            Occasion(
                at=at,
                issued_at=issued_at,
                issued_on=local_day(issued_at, timeline.time_zone),
                period=last.period + moment.begins_period if last else 0,
                is_fresh=moment.is_fresh,
                is_deferred=moment.is_deferred,
                dues=dues.get(at) or Dues(),
            )
        )
    return tuple(found)


class _Calendar:
    """The boundaries, changes and the end of one subscription."""

    def __init__(self, timeline: Timeline, until: datetime, grace: timedelta) -> None:
        self._timeline = timeline
        self._until = until
        self._grace = grace
        self._opening = timeline.trial_end or timeline.start
        self.boundaries = set(self._boundaries())

    def marks(self) -> Iterator[datetime]:
        """The start and the end, at which there is an occasion whatever is due."""
        yield self._timeline.start
        if self._timeline.ending is not None:
            yield self._timeline.ending.at

    def moment(self, at: datetime) -> _Moment:
        """What an occasion at `at` is: the end, the start, a boundary or a change."""
        ending = self._timeline.ending
        cut = self._cut_at(at)
        if ending is not None and at == ending.at:
            issued_at = ending.asked_at or at + self._grace
            return _Moment(issued_at, begins_period=self._ends_a_period(ending))
        if at == self._timeline.start:
            return _Moment(self._timeline.started_at, is_fresh=at >= self._opening)
        if at in self.boundaries:
            return _Moment(at + self._grace)
        if cut is None:
            return _Moment(at + self._grace, is_fresh=False, begins_period=False)
        # A change inside a trial keeps the trial's end: no billing period begins before it.
        epochs = self._timeline.epochs
        resets = at >= self._opening and any(epoch.start == at for epoch in epochs)
        return _Moment(cut.issued_at, resets, resets, cut.is_deferred and not resets)

    def _ends_a_period(self, ending: Ending) -> bool:
        """Whether the end is a boundary, and not a cancellation inside the period."""
        zone = self._timeline.time_zone
        epoch = self._timeline.epochs[-1]
        day = local_day(ending.at, zone)
        is_boundary = day_start(day, zone) == ending.at and epoch.grid(epoch.interval).starts_on(
            day
        )
        return ending.asked_at is None or (ending.asked_at == ending.at and is_boundary)

    def _cut_at(self, at: datetime) -> Cut | None:
        """The change at `at`; of several the last one, at once if any of them is."""
        cuts = [cut for cut in self._timeline.cuts if cut.at == at]
        at_once = [cut for cut in cuts if not cut.is_deferred]
        return next(reversed(at_once or cuts), None)

    def _boundaries(self) -> Iterator[datetime]:
        """Where the plan's billing periods start, the end of a trial that is reached included."""
        trial_end, ending = self._timeline.trial_end, self._timeline.ending
        if trial_end is not None and (ending is None or trial_end <= ending.at):
            yield trial_end
        for epoch in self._timeline.epochs:
            yield from self._epoch_boundaries(epoch)

    def _epoch_boundaries(self, epoch: Epoch) -> Iterator[datetime]:
        """The starts of the plan's periods inside the epoch, those of a free trial left out."""
        bills_trial = self._timeline.bills_trial_usage
        first = max(epoch.start, self._timeline.start if bills_trial else self._opening)
        zone = self._timeline.time_zone
        for period in full_periods(epoch, epoch.interval, epoch.start, self._until, zone):
            if first <= period.start and (epoch.end is None or period.start < epoch.end):
                yield period.start
