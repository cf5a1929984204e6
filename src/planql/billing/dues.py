"""What is due of a subscription, by the time at which it is.

Owns: gathering the pieces of all charges, in advance, in arrears, measured, given back.
Does not own: when invoices are issued (`billing.occasions`), prices.

Source: RULES 8.1, 7.5; INTERFACES, stories (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from planql.billing.proration import Piece, in_advance, in_arrears
from planql.billing.runs import Commitment, charge_runs, commitment_runs
from planql.billing.terms import Offer
from planql.billing.timeline import Timeline
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


def collect(timeline: Timeline, until: datetime) -> dict[datetime, Dues]:
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
    segments = [each for epoch in timeline.epochs for each in epoch.segments]
    zone = timeline.time_zone
    for segment in segments:
        if segment.end is not None and segment.end <= segment.start:
            continue
        day = local_day(segment.start, zone)
        span = Span(segment.start, day_start(one_day_later(day), zone))
        for offer in segment.terms.offers():
            if isinstance(offer.charge, OneTimeCharge) and offer.charge.key not in met:
                met.add(offer.charge.key)
                yield segment.start, offer, span
