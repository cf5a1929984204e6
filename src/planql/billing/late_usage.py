"""Late usage: what came to be known after its period was invoiced.

`price(all usage now known) - already billed`, as a line of its own on the next invoice. A minimum
that was topped up counts as billed, so that usage under it costs nothing more.

Source: RULES 8.5 (docs/rules/invoices.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from planql.billing.discounting import DiscountBook, FreeUnits
from planql.billing.drafts import Draft, Scribe
from planql.billing.invoices import ZERO
from planql.billing.known_usage import KnownUsage
from planql.billing.measurements import Measurement
from planql.billing.occasions import Occasion
from planql.billing.pricing import Priced, net_of, rate_usage
from planql.billing.proration import Piece
from planql.billing.terms import UsageOffer
from planql.catalog.meters import Meter
from planql.catalog.snapshot import Catalog
from planql.metering.measured import Group
from planql.metering.spans import Span
from planql.money import added_up, round_amount
from planql.rating.lines import RatedLine, Rating
from planql.rating.minimums import top_up


@dataclass(slots=True)
class _Billed:
    """A usage piece as it was billed.

    Attributes:
        piece: What was measured.
        priced: Its lines as they were first billed.
        free: Units of discounts, in force from the first time that there was something to pay.
        amounts: Billed so far, by group.
        net: The same in all, less the charge's own discounts.
        topped_up: What was added to reach the minimum.
        known_at: Usage known then is in it.
    """

    piece: Piece[UsageOffer]
    priced: Priced
    free: FreeUnits
    amounts: dict[Group, Fraction]
    net: Fraction
    topped_up: Fraction
    known_at: datetime


class LateUsage:
    """Remembers what was billed for usage, and bills the difference."""

    def __init__(
        self, catalog: Catalog, usage: KnownUsage, scribe: Scribe, book: DiscountBook
    ) -> None:
        self._catalog = catalog
        self._usage = usage
        self._scribe = scribe
        self._book = book
        self._billed: list[_Billed] = []
        self._latest: Span | None = None
        """What was billed that reaches furthest."""
        self._looked_at: datetime | None = None

    def remember(
        self,
        piece: Piece[UsageOffer],
        priced: Priced,
        free: FreeUnits,
        drafts: Sequence[Draft],
        known_at: datetime,
    ) -> None:
        """Note that a piece was billed.

        Args:
            piece: What was measured.
            priced: Its lines.
            free: Units of discounts.
            drafts: Its lines after the charge's own discounts, and the top-up.
            known_at: Usage known then is in it.
        """
        amounts = {each.line.group: each.line.amount for each in priced.lines}
        topped_up = net_of([each for each in drafts if each.line.kind == "minimum"])
        net = added_up(each.counted for each in drafts if each.line.kind == "charge")
        self._billed.append(_Billed(piece, priced, free, amounts, net, topped_up, known_at))
        self._looked_at = self._looked_at or known_at
        if self._latest is None or self._latest.end < piece.span.end:
            self._latest = piece.span

    def lines(self, occasion: Occasion) -> tuple[Draft, ...]:
        """The lines for what became known since each piece was billed."""
        if not self._may_be_late(occasion.issued_at):
            return ()
        lines: list[Draft] = []
        for billed in self._billed:
            if self._is_news(billed, occasion.issued_at):
                lines += self._lines(billed, occasion)
            billed.known_at = occasion.issued_at
        return tuple(lines)

    def _may_be_late(self, until: datetime) -> bool:
        """Whether something of any billed period became known since the last look.

        Nearly always nothing did, and the pieces need not be asked one by one.
        """
        looked_at, self._looked_at = self._looked_at, until
        if looked_at is None or self._latest is None:
            return False
        return self._usage.is_news(looked_at, until, self._latest, opens=True)

    def _is_news(self, billed: _Billed, until: datetime) -> bool:
        opens = self._meter(billed.piece).aggregation.carries_over()
        return self._usage.is_news(billed.known_at, until, billed.piece.span, opens=opens)

    def _meter(self, piece: Piece[UsageOffer]) -> Meter:
        return self._catalog.meter(piece.held.charge.meter)

    def _lines(self, billed: _Billed, occasion: Occasion) -> Iterator[Draft]:
        measured, rating = self._rating(billed, occasion.issued_at)
        rated = {line.group: line for line in rating.lines}
        _move_empty(billed.amounts, rated)
        groups = dict.fromkeys([*rated, *billed.amounts])
        differences = {
            group: _amount(rated, group) - billed.amounts.get(group, ZERO) for group in groups
        }
        billed.amounts = {group: _amount(rated, group) for group in groups}
        first = next(iter(groups))
        differences[first] -= self._under_minimum(billed, sum(differences.values(), ZERO))
        for group, difference in differences.items():
            if difference:
                line = rated.get(group) or RatedLine(ZERO, 0, ZERO, (), group)
                before = self._line_of(billed, line, measured)
                yield self._scribe.late(before, difference, line, occasion.issued_on)

    def _rating(self, billed: _Billed, known_at: datetime) -> tuple[Measurement, Rating]:
        """The price of all usage known at `known_at`, with the free units of discounts."""
        piece, allowance = billed.piece, billed.priced.allowance
        meter = self._meter(piece)
        known = self._usage.at(known_at, piece.span.end)
        measurement = Measurement(piece, allowance, ZERO, known_at)
        rating = rate_usage(measurement, meter, known)
        units = billed.free.take(self._book) if rating.amount else ZERO
        if units:
            measurement = replace(measurement, free_units=units)
            rating = rate_usage(measurement, meter, known)
        return measurement, rating

    def _under_minimum(self, billed: _Billed, more: Fraction) -> Fraction:
        """What of `more` had been paid already as a top-up to the minimum."""
        offer = billed.piece.held
        billed.net += more
        if offer.charge.minimum is None:
            return ZERO
        minimum = Fraction(offer.charge.minimum) * billed.priced.allowance
        missing = top_up(round_amount(minimum, offer.currency), billed.net)
        used, billed.topped_up = billed.topped_up - missing, missing
        return used

    def _line_of(self, billed: _Billed, rated: RatedLine, measured: Measurement) -> Draft:
        """The line that stands for a group's share of the period."""
        priced = billed.priced
        return self._scribe.rated(priced.offer, priced.span, rated, priced.portion, measured)


def _move_empty(billed: dict[Group, Fraction], rated: Mapping[Group, RatedLine]) -> None:
    """Let what was billed without a group, for want of usage, count for the first group."""
    if () in billed and () not in rated:
        billed[next(iter(rated))] = billed.pop(())


def _amount(rated: Mapping[Group, RatedLine], group: Group) -> Fraction:
    return rated[group].amount if group in rated else ZERO
