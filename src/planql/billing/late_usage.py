"""Late usage: what came to be known after its period was invoiced.

`price(all usage now known) - already billed`, as a line of its own on the next invoice. A minimum
that was topped up counts as billed, so that usage under it costs nothing more.

Source: RULES 8.5 (docs/rules/invoices.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from planql.billing.drafts import Draft, Scribe
from planql.billing.invoices import ZERO
from planql.billing.known_usage import KnownUsage
from planql.billing.occasions import Occasion
from planql.billing.pricing import Priced, net_of, rate_usage
from planql.billing.proration import Piece
from planql.billing.terms import Offer
from planql.catalog.meters import Meter
from planql.catalog.snapshot import Catalog
from planql.metering.measured import Group
from planql.money import round_amount
from planql.rating.lines import RatedLine
from planql.rating.minimums import top_up


@dataclass(slots=True)
class _Billed:
    """A usage piece as it was billed.

    Attributes:
        piece: What was measured.
        priced: Its lines as they were first billed.
        free_units: Of discounts then.
        amounts: Billed so far, by group.
        net: The same in all, less the charge's own discounts.
        topped_up: What was added to reach the minimum.
        known_at: Usage known then is in it.
    """

    piece: Piece[Offer]
    priced: Priced
    free_units: Fraction
    amounts: dict[Group, Fraction]
    net: Fraction
    topped_up: Fraction
    known_at: datetime


class LateUsage:
    """Remembers what was billed for usage, and bills the difference."""

    def __init__(self, catalog: Catalog, usage: KnownUsage, scribe: Scribe) -> None:
        self._catalog = catalog
        self._usage = usage
        self._scribe = scribe
        self._billed: list[_Billed] = []

    def remember(
        self,
        piece: Piece[Offer],
        priced: Priced,
        free_units: Fraction,
        drafts: Sequence[Draft],
        known_at: datetime,
    ) -> None:
        """Note that a piece was billed.

        Args:
            piece: What was measured.
            priced: Its lines.
            free_units: Of discounts.
            drafts: Its lines after the charge's own discounts, and the top-up.
            known_at: Usage known then is in it.
        """
        amounts = {each.line.group: each.line.amount for each in priced.lines}
        topped_up = net_of([each for each in drafts if each.line.kind == "minimum"])
        net = sum((each.counted for each in drafts if each.line.kind == "charge"), ZERO)
        self._billed.append(_Billed(piece, priced, free_units, amounts, net, topped_up, known_at))

    def lines(self, occasion: Occasion) -> tuple[Draft, ...]:
        """The lines for what became known since each piece was billed."""
        lines: list[Draft] = []
        for billed in self._billed:
            if self._is_news(billed, occasion.issued_at):
                lines += self._lines(billed, occasion)
            billed.known_at = occasion.issued_at
        return tuple(lines)

    def _is_news(self, billed: _Billed, until: datetime) -> bool:
        opens = self._meter(billed.piece).aggregation.carries_over()
        return self._usage.is_news(billed.known_at, until, billed.piece.span, opens=opens)

    def _meter(self, piece: Piece[Offer]) -> Meter:
        return self._catalog.meter(getattr(piece.held.charge, "meter", ""))

    def _lines(self, billed: _Billed, occasion: Occasion) -> Iterator[Draft]:
        known = self._usage.at(occasion.issued_at, billed.piece.span.end)
        allowance = billed.priced.allowance
        rating = rate_usage(
            billed.piece, self._meter(billed.piece), known, allowance, billed.free_units
        )
        rated = {line.group: line for line in rating.lines}
        groups = dict.fromkeys([*rated, *billed.amounts])
        differences = {
            group: _amount(rated, group) - billed.amounts.get(group, ZERO) for group in groups
        }
        billed.amounts = {group: _amount(rated, group) for group in groups}
        first = next(iter(groups))
        differences[first] -= self._under_minimum(billed, sum(differences.values(), ZERO))
        for group, difference in differences.items():
            if difference:
                line = rated.get(group) or RatedLine(ZERO, ZERO, ZERO, (), group)
                before = self._line_of(billed, line)
                yield self._scribe.late(before, difference, line, occasion.issued_on)

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

    def _line_of(self, billed: _Billed, rated: RatedLine) -> Draft:
        """The line that stands for a group's share of the period."""
        priced = billed.priced
        return self._scribe.rated(priced.offer, priced.span, rated, priced.portion)


def _amount(rated: dict[Group, RatedLine], group: Group) -> Fraction:
    return rated[group].amount if group in rated else ZERO
