"""The minimum commitment of a plan, compared with the net lines of each closed period.

::

    closed period    |------------------------------|
    fee in advance   [ 100.00                       )
    credit                          [ -50.00        )
    usage            [ 30.00                        )     80.00 of 200.00: top-up 120.00

A line that reaches beyond the period counts with the share inside; one that was credited with what
the credit left of it, for the time that was used; a one-time line whole, where it starts.

Source: RULES 5, step 8; INTERFACES, `minimum_commitment` (docs/rules/invoices.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from planql.billing.drafts import Draft, Scribe
from planql.billing.invoices import ZERO
from planql.billing.proration import Piece, length
from planql.billing.runs import Commitment
from planql.billing.terms import ONE, Offer
from planql.catalog.rate_plans import OneTimeCharge
from planql.metering.spans import Span
from planql.money import round_amount
from planql.rating.minimums import top_up


@dataclass(slots=True)
class _Closed:
    """A closed period and the top-up that was billed for it."""

    piece: Piece[Commitment]
    minimum: Fraction
    billed: Fraction


class Commitments:
    """Remembers what lines added, and tops closed periods up."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._lines: list[Draft] = []
        self._closed: list[_Closed] = []

    def close(
        self,
        pieces: Iterable[Piece[Commitment]],
        drafts: Sequence[Draft],
        late: Sequence[Draft],
        issued_on: date,
    ) -> list[Draft]:
        """Take in the lines of an occasion; top up the periods that it closes.

        Args:
            pieces: Commitments whose period ends now.
            drafts: All lines of the occasion, late ones included, after the charges' discounts.
            late: Those of late usage, which may make an earlier top-up too great.
            issued_on: Of the occasion.
        """
        for draft in drafts:
            self._take_in(draft)
        corrections = list(self._corrections(late, issued_on))
        return [*corrections, *self._top_ups(pieces)]

    def _take_in(self, draft: Draft) -> None:
        """Keep what a line adds; a credit leaves the used time, and its price, of another line."""
        if draft.line.kind != "credit":
            self._lines.append(draft)
            return
        charged_id = draft.line.id.rpartition("/credit/")[0]
        index = [each.line.id for each in self._lines].index(charged_id)
        charged = self._lines[index]
        used = Span(charged.line.span.start, draft.line.span.start)
        counted = charged.counted + draft.counted
        line = replace(charged.line, span=used)
        self._lines[index] = replace(charged, line=line, counted=counted)

    def _top_ups(self, pieces: Iterable[Piece[Commitment]]) -> Iterator[Draft]:
        for piece in pieces:
            minimum = self._minimum(piece)
            missing = top_up(minimum, self._counted(piece))
            self._closed.append(_Closed(piece, minimum, round_amount(missing, piece.held.currency)))
            if missing > 0:
                portion = piece.portion(self._scribe.time_zone)
                yield self._scribe.top_up(piece.held, piece.span, missing, portion)

    def _corrections(self, late: Sequence[Draft], issued_on: date) -> Iterator[Draft]:
        """What late usage changes in the top-ups of periods that were closed before."""
        for closed in self._closed:
            if not any(_share(draft, closed.piece, self._scribe.time_zone) for draft in late):
                continue
            held = closed.piece.held
            missing = round_amount(
                top_up(closed.minimum, self._counted(closed.piece)), held.currency
            )
            difference, closed.billed = missing - closed.billed, missing
            if difference:
                portion = closed.piece.portion(self._scribe.time_zone)
                draft = self._scribe.top_up(held, closed.piece.span, difference, portion)
                yield self._scribe.late_top_up(draft, issued_on)

    def _minimum(self, piece: Piece[Commitment]) -> Fraction:
        return Fraction(piece.held.amount) * piece.allowance(self._scribe.time_zone)

    def _counted(self, piece: Piece[Commitment]) -> Fraction:
        """What the lines of the period come to."""
        time_zone = self._scribe.time_zone
        shares = (draft.counted * _share(draft, piece, time_zone) for draft in self._lines)
        return sum(shares, ZERO)


def _share(draft: Draft, piece: Piece[Commitment], time_zone: ZoneInfo) -> Fraction:
    """The share of a line's period that lies in the piece's; 0 for another currency."""
    line, period = draft.line.span, piece.span
    start, end = max(line.start, period.start), min(line.end, period.end)
    if draft.currency != piece.held.currency or end <= start:
        return ZERO
    if isinstance(draft.held, Offer) and isinstance(draft.held.charge, OneTimeCharge):
        return ONE if start == line.start else ZERO
    basis = piece.held.basis
    whole = length(line, basis, time_zone)
    return length(Span(start, end), basis, time_zone) / whole if whole else ONE
