"""The account of one subscription: what each occasion charges, given all that was charged before.

::

    credits, late usage, one-time, in advance, in arrears, usage
      -> the charges' own discounts -> their minimums -> the plan's minimum commitment
      -> discounts of the plan -> discounts of the invoice

Owns: that order, and the memory that it needs.
Does not own: what is due when (`billing.occasions`), prices (`billing.pricing`), balances.

Source: RULES 5 and 8 (docs/rules/invoices.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from planql.billing.commitments import Commitments
from planql.billing.discounting import DiscountBook, Discounting, FreeUnits, uses
from planql.billing.drafts import Draft, Scribe, basis_of
from planql.billing.known_usage import KnownUsage
from planql.billing.late_usage import LateUsage
from planql.billing.measurements import Measurement
from planql.billing.occasions import Occasion
from planql.billing.pricing import ZERO, Priced, net_of, price_once, price_piece, price_usage
from planql.billing.proration import Piece, Portion, length
from planql.billing.terms import Offer, UsageOffer
from planql.billing.timeline import Timeline
from planql.catalog.snapshot import Catalog
from planql.metering.spans import Span
from planql.money import round_amount
from planql.rating.minimums import top_up


class Account:
    """Charges the occasions of one subscription, one after another."""

    def __init__(self, timeline: Timeline, catalog: Catalog, usage: KnownUsage) -> None:
        self._timeline = timeline
        self._catalog = catalog
        self._usage = usage
        self._scribe = Scribe(timeline.subscription, timeline.time_zone, catalog.commit)
        self._book = DiscountBook()
        self._in_advance: dict[tuple[str, Span], list[Draft]] = {}
        self._commitments = Commitments(self._scribe)
        self._late = LateUsage(catalog, usage, self._scribe, self._book)
        self._order = _charge_order(timeline)

    def charge(self, occasion: Occasion) -> list[Draft]:
        """The lines of an occasion, in the order of the charges; the next one in time."""
        self._book.go_on(occasion.period, fresh=occasion.is_fresh)
        late = () if occasion.is_deferred else self._late.lines(occasion)
        credits_ = list(self._credits(occasion))
        discounting = self._discounting(occasion, late)
        pricing = _Pricing(self._catalog, self._usage, self._scribe, discounting, occasion)
        priced = list(pricing.all())
        drafts = self._sorted([*late, *(line for each in priced for line in each.lines)])
        drafts = discounting.apply(drafts, "charges")
        drafts += self._top_ups(priced, drafts)
        pricing.remember(self._late, drafts)
        drafts = self._sorted([*drafts, *credits_])
        committed = occasion.dues.committed
        drafts += self._commitments.close(committed, drafts, late, occasion.issued_on)
        for scope in ("rate_plan", "invoice"):
            drafts = discounting.apply(drafts, scope)
        self._remember(occasion, drafts)
        return drafts

    def _discounting(self, occasion: Occasion, late: Sequence[Draft]) -> Discounting:
        terms = self._timeline.terms_at(occasion.at)
        redeemed = [each for each in terms.redeemed if each.at <= occasion.issued_at]
        dues = occasion.dues
        held = [offer for offer, _ in dues.one_time]
        held += [piece.held for piece in (*dues.opened, *dues.closed, *dues.measured)]
        held += [draft.held for draft in late if isinstance(draft.held, Offer)]
        plans = [piece.held for piece in dues.committed]
        return Discounting(uses(self._catalog, [*held, *plans], redeemed), self._book)

    def _top_ups(self, priced: Iterable[Priced], drafts: Sequence[Draft]) -> Iterator[Draft]:
        """What is missing to the charges' minimums, after their own discounts."""
        for each in priced:
            minimum = each.offer.charge.minimum
            if minimum is None:
                continue
            least = round_amount(Fraction(minimum) * each.allowance, each.offer.currency)
            missing = top_up(least, net_of(_lines_of(each, drafts)))
            if missing > 0:
                yield self._scribe.top_up(each.offer, each.span, missing, each.portion)

    def _credits(self, occasion: Occasion) -> Iterator[Draft]:
        """What is given back of lines charged in advance, with its share of their discounts."""
        for piece in occasion.dues.given_back:
            for charged in self._in_advance.get((piece.run.key, piece.span), ()):
                unused = Span(piece.run.end or piece.span.end, piece.span.end)
                basis = basis_of(charged.line)
                used = length(unused, basis, self._scribe.time_zone)
                whole = length(piece.span, basis, self._scribe.time_zone)
                portion = Portion(used, whole, "day" if charged.line.in_days else "second")
                self._book.give_back(charged, portion.ratio)
                yield self._scribe.credit(charged, unused, portion)

    def _remember(self, occasion: Occasion, drafts: Sequence[Draft]) -> None:
        """Keep what was charged in advance, for credits."""
        for piece in occasion.dues.opened:
            self._in_advance[piece.run.key, piece.span] = [
                draft
                for draft in drafts
                if draft.line.charge == piece.run.key
                and draft.line.span == piece.span
                and draft.line.kind in ("charge", "minimum")
            ]

    def _sorted(self, drafts: Iterable[Draft]) -> list[Draft]:
        """By charge, then time; a credit before the charge that takes its place."""

        def place(draft: Draft) -> tuple[int, object, bool]:
            line = draft.line
            return self._order.get(line.charge, len(self._order)), line.span.start, line.amount >= 0

        return sorted(drafts, key=place)


class _Pricing:
    """Prices what is due on one occasion, with the free units of discounts."""

    def __init__(
        self,
        catalog: Catalog,
        usage: KnownUsage,
        scribe: Scribe,
        discounting: Discounting,
        occasion: Occasion,
    ) -> None:
        self._catalog = catalog
        self._usage = usage
        self._scribe = scribe
        self._discounting = discounting
        self._occasion = occasion
        self._measured: list[tuple[Piece[UsageOffer], Priced, FreeUnits]] = []

    def all(self) -> Iterator[Priced]:
        """The price of everything that is due."""
        dues = self._occasion.dues
        for offer, day in dues.one_time:
            yield self._once(offer, day)
        for piece in (*dues.opened, *dues.closed):
            yield self._recurring(piece)
        for piece in dues.measured:
            yield self._usage_of(piece)

    def remember(self, late: LateUsage, drafts: Sequence[Draft]) -> None:
        """Let late usage know what was billed."""
        for piece, each, free in self._measured:
            late.remember(piece, each, free, _lines_of(each, drafts, with_top_up=True), self._known)

    @property
    def _known(self) -> datetime:
        return self._occasion.issued_at

    def _once(self, offer: Offer, day: Span) -> Priced:
        without = price_once(offer, day, ZERO, self._scribe)
        free = self._in_force(self._discounting.free_units(offer), without)
        return price_once(offer, day, free, self._scribe) if free else without

    def _recurring(self, piece: Piece[Offer]) -> Priced:
        without = price_piece(piece, ZERO, self._scribe)
        free = self._in_force(self._discounting.free_units(piece.held), without)
        return price_piece(piece, free, self._scribe) if free else without

    def _usage_of(self, piece: Piece[UsageOffer]) -> Priced:
        meter = self._catalog.meter(piece.held.charge.meter)
        known = self._usage.at(self._known, piece.span.end)
        allowance = piece.allowance(self._scribe.time_zone)
        measurement = Measurement(piece, allowance, ZERO, self._known)
        priced = price_usage(measurement, meter, known, self._scribe)
        free = self._discounting.free_units(piece.held)
        units = self._in_force(free, priced)
        if units:
            measurement = replace(measurement, free_units=units)
            priced = price_usage(measurement, meter, known, self._scribe)
        self._measured.append((piece, priced, free))
        return priced

    def _in_force(self, free: FreeUnits, without: Priced) -> Fraction:
        """The free units of discounts, which begin where there is something to pay."""
        if not free.discounts or not net_of(without.lines):
            return ZERO
        return free.take(self._discounting.book)


def _lines_of(priced: Priced, drafts: Sequence[Draft], *, with_top_up: bool = False) -> list[Draft]:
    """The lines of a piece as they are after discounts."""
    ids = {each.line.id for each in priced.lines}
    return [
        draft
        for draft in drafts
        if draft.line.id in ids
        or (
            with_top_up
            and draft.line.kind == "minimum"
            and draft.line.charge == priced.offer.charge.key
            and draft.line.span == priced.span
        )
    ]


def _charge_order(timeline: Timeline) -> dict[str, int]:
    """Place of each charge: as its plan lists it, plans in the order in which they were entered."""
    keys = [
        charge.key
        for epoch in timeline.epochs
        for segment in epoch.segments
        for charge in segment.terms.plan.entity.charges
    ]
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}
