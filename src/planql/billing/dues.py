"""What is due of a subscription, by the time at which it is.

Owns: gathering the pieces of all charges, in advance, in arrears, measured, given back.
Does not own: when invoices are issued (`billing.occasions`), prices.

Source: RULES 8.1, 7.5; INTERFACES, stories (docs/rules/invoices.md).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from planql.billing.proration import Piece, in_advance, in_arrears
from planql.billing.runs import Commitment, Run, charge_runs, commitment_runs, is_usage
from planql.billing.terms import Offer, UsageOffer
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
    measured: list[Piece[UsageOffer]] = field(default_factory=list)
    committed: list[Piece[Commitment]] = field(default_factory=list)


def collect(timeline: Timeline, until: datetime) -> Mapping[datetime, Dues]:
    """Everything that is due by `until`, by the time at which it is."""
    dues: defaultdict[datetime, Dues] = defaultdict(Dues)
    zone = timeline.time_zone
    for time, offer, day in _one_time(timeline):
        dues[time].one_time.append((offer, day))
    for run in charge_runs(timeline):
        _collect_run(run, until, zone, dues)
    for commitment in commitment_runs(timeline):
        for part in in_arrears(commitment, until, zone, is_usage=False):
            dues[part.charged_at].committed.append(part)
    return dues


def _collect_run(
    run: Run[Offer], until: datetime, zone: ZoneInfo, dues: defaultdict[datetime, Dues]
) -> None:
    """Add the pieces of a recurring or usage charge to what is due."""
    if is_usage(run):
        for measured in in_arrears(run, until, zone, is_usage=True):
            dues[measured.charged_at].measured.append(measured)
    elif _is_in_advance(run):
        for opened in in_advance(run, until, zone):
            dues[opened.charged_at].opened.append(opened)
            if _has_unused_end(opened):
                dues[run.end or opened.full.end].given_back.append(opened)
    else:
        for closed in in_arrears(run, until, zone, is_usage=False):
            dues[closed.charged_at].closed.append(closed)


def _is_in_advance(run: Run[Offer]) -> bool:
    charge = run.first.charge
    return isinstance(charge, RecurringCharge) and charge.timing == "in_advance"


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
