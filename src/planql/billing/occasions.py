"""When a subscription is invoiced, and what is due each time.

::

    start        change        boundary      boundary = end
      |------------|--------------|-------------|
      in advance   credits,       arrears of    arrears: the
                   in advance     the closed    final invoice
                   for the rest   period, in advance for the next

Owns: the order of occasions, their dates, the billing periods that discounts are counted in.
Does not own: prices.

Source: RULES 8.1, 8.4, 7.5, 7.6; INTERFACES, stories (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from planql.billing.proration import Piece, in_advance, in_arrears
from planql.billing.runs import Commitment, charge_runs, commitment_runs
from planql.billing.terms import Offer
from planql.billing.timeline import Cut, Epoch, Segment, Timeline
from planql.catalog.rate_plans import OneTimeCharge, RecurringCharge
from planql.metering.spans import Span
from planql.periods import day_start, local_day, one_day_later


@dataclass(slots=True)
class Dues:
    """What is due at one time, each in the order of the charges.

    Attributes:
        one_time: Charges that the subscription meets for the first time, and their day.
        opened: Pieces charged in advance.
        given_back: Pieces charged in advance of which the rest is unused.
        closed: Recurring pieces charged in arrears.
        measured: Usage pieces.
        committed: Minimum commitments of a closed period.
    """

    one_time: list[tuple[Offer, Span]] = field(default_factory=list)
    opened: list[Piece[Offer]] = field(default_factory=list)
    given_back: list[Piece[Offer]] = field(default_factory=list)
    closed: list[Piece[Offer]] = field(default_factory=list)
    measured: list[Piece[Offer]] = field(default_factory=list)
    committed: list[Piece[Commitment]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time at which something may be due.

    Attributes:
        at: When it happens.
        issued_at: When its invoice is issued; what is known then counts.
        issued_on: The local day of that.
        period: Number of the billing period that discounts count it in, from 0.
        opens: Whether it opens that period.
        is_deferred: Whether its lines wait for the next occasion.
        dues: What is due.
    """

    at: datetime
    issued_at: datetime
    issued_on: date
    period: int
    opens: bool
    is_deferred: bool
    dues: Dues


def occasions_of(
    timeline: Timeline, as_of: datetime, grace: timedelta = timedelta()
) -> tuple[Occasion, ...]:
    """The occasions up to `as_of`, in the order of time; the last ones may be issued later.

    Args:
        timeline: Of the subscription.
        as_of: Inclusive.
        grace: How long after a boundary its invoice is issued.
    """
    until = as_of if timeline.ending is None else max(as_of, timeline.ending.at)
    dues = _collect(timeline, until)
    boundaries = set(_boundaries(timeline, until))
    times = sorted({*dues, *boundaries, *_marks(timeline)})
    found: list[Occasion] = []
    for at in times:
        if at <= until:
            found.append(_occasion(timeline, at, dues.get(at), boundaries, grace, found[-1:]))
    return tuple(found)


def _marks(timeline: Timeline) -> Iterator[datetime]:
    """The start and the end, at which there is an occasion whatever is due."""
    yield timeline.start
    if timeline.ending is not None:
        yield timeline.ending.at


def _occasion(  # noqa: PLR0913, PLR0917 - all that decides a date
    timeline: Timeline,
    at: datetime,
    dues: Dues | None,
    boundaries: set[datetime],
    grace: timedelta,
    before: list[Occasion],
) -> Occasion:
    opens = at >= _billing_start(timeline)
    is_deferred = False
    issued_at = at + grace
    cut = _cut_at(timeline, at)
    if timeline.ending is not None and at == timeline.ending.at:
        issued_at = timeline.ending.asked_at or issued_at
    elif at == timeline.start:
        issued_at = timeline.started_at
    elif at in boundaries:
        pass
    elif cut is not None:
        issued_at, opens = cut.issued_at, _begins_epoch(timeline, at)
        is_deferred = cut.is_deferred and not opens
    else:
        opens = False
    last = before[0] if before else None
    issued_at = max(issued_at, last.issued_at) if last else issued_at
    period = last.period + opens if last else 0
    on = local_day(issued_at, timeline.time_zone)
    return Occasion(at, issued_at, on, period, opens, is_deferred, dues or Dues())


def _cut_at(timeline: Timeline, at: datetime) -> Cut | None:
    """The change at `at`; of several, the last one, at once if any of them is."""
    cuts = [cut for cut in timeline.cuts if cut.at == at]
    if not cuts:
        return None
    return replace(cuts[-1], is_deferred=all(cut.is_deferred for cut in cuts))


def _begins_epoch(timeline: Timeline, at: datetime) -> bool:
    return any(epoch.start == at for epoch in timeline.epochs)


def _boundaries(timeline: Timeline, until: datetime) -> Iterator[datetime]:
    """Where the plan's billing periods start, the end of a trial included."""
    if timeline.trial_end is not None:
        yield timeline.trial_end
    for epoch in timeline.epochs:
        yield from _epoch_boundaries(epoch, timeline, until)


def _epoch_boundaries(epoch: Epoch, timeline: Timeline, until: datetime) -> Iterator[datetime]:
    zone = timeline.time_zone
    for period in epoch.grid(epoch.interval).from_day(local_day(epoch.start, zone)):
        start = day_start(period.start, zone)
        if start > until or (epoch.end is not None and start >= epoch.end):
            return
        if start >= max(epoch.start, _billing_start(timeline)):
            yield start


def _billing_start(timeline: Timeline) -> datetime:
    """Where billing periods begin: at the end of a trial whose usage is not billed."""
    if timeline.trial_end is None or timeline.bills_trial_usage:
        return timeline.start
    return timeline.trial_end


def _collect(timeline: Timeline, until: datetime) -> dict[datetime, Dues]:
    """Everything that is due by `until`, by the time at which it is."""
    dues: dict[datetime, Dues] = {}

    def at(time: datetime) -> Dues:
        return dues.setdefault(time, Dues())

    zone = timeline.time_zone
    for time, offer, day in _one_time(timeline):
        at(time).one_time.append((offer, day))
    for run in charge_runs(timeline):
        charge = run.first.charge
        if isinstance(charge, RecurringCharge) and charge.timing == "in_advance":
            for piece in in_advance(run, until, zone):
                at(piece.charged_at).opened.append(piece)
                if _has_unused_end(piece):
                    at(run.end or piece.full.end).given_back.append(piece)
            continue
        is_usage = not isinstance(charge, RecurringCharge)
        for piece in in_arrears(run, until, zone, is_usage=is_usage):
            due = at(piece.charged_at)
            (due.measured if is_usage else due.closed).append(piece)
    for commitment in commitment_runs(timeline):
        for part in in_arrears(commitment, until, zone, is_usage=False):
            at(part.charged_at).committed.append(part)
    return dues


def _has_unused_end(piece: Piece[Offer]) -> bool:
    """Whether the run ended inside the period; the basis `none` gives nothing back."""
    end = piece.run.end
    return end is not None and end < piece.full.end and piece.held.basis != "none"


def _one_time(timeline: Timeline) -> Iterator[tuple[datetime, Offer, Span]]:
    """One-time charges where the subscription first has them, with that local day."""
    met: set[str] = set()
    segments: list[Segment] = [each for epoch in timeline.epochs for each in epoch.segments]
    zone = timeline.time_zone
    for segment in segments:
        if segment.end is not None and segment.end <= segment.start:
            continue
        day = local_day(segment.start, zone)
        span = Span(day_start(day, zone), day_start(one_day_later(day), zone))
        for offer in segment.terms.offers():
            if isinstance(offer.charge, OneTimeCharge) and offer.charge.key not in met:
                met.add(offer.charge.key)
                yield segment.start, offer, span
