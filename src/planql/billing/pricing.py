"""Prices of pieces: what each costs for its part of the period, before discounts.

Source: RULES 5, steps 1 to 6; 4.4 (docs/rules/rating.md, docs/rules/proration.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from planql.billing.drafts import Draft, Scribe
from planql.billing.measurements import Measurement
from planql.billing.proration import Piece, Portion
from planql.billing.terms import ONE, Offer, UsageOffer
from planql.catalog.meters import Meter
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.money import added_up
from planql.rating.lines import Rating
from planql.rating.pipeline import rate_measured, rate_quantity

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Priced:
    """A piece and its lines.

    Attributes:
        offer: What was charged.
        span: For what time.
        portion: Which part of the full period that is.
        allowance: What the minimum is multiplied by.
        lines: One, or one per group of usage.
    """

    offer: Offer
    span: Span
    portion: Portion
    allowance: Fraction
    lines: tuple[Draft, ...]

    def measured_by(self, measurement: Measurement) -> "Priced":
        """The same, and how the usage of its lines was measured."""
        lines = tuple(replace(each, measured=measurement) for each in self.lines)
        return replace(self, lines=lines)


def price_piece(piece: Piece[Offer], free_units: Fraction, scribe: Scribe) -> Priced:
    """A recurring piece: the model's amount times the part of the period."""
    portion = piece.portion(scribe.time_zone)
    allowance = piece.allowance(scribe.time_zone)
    rating = _rate(piece.held, portion.ratio, allowance, free_units)
    (line,) = rating.lines
    draft = scribe.rated(piece.held, piece.span, line, portion)
    return Priced(piece.held, piece.span, portion, allowance, (draft,))


def price_once(offer: Offer, day: Span, free_units: Fraction, scribe: Scribe) -> Priced:
    """A one-time charge, in full, for the day on which the subscription first has it."""
    (line,) = _rate(offer, ONE, ONE, free_units).lines
    whole = Portion(ONE, ONE, "day")
    return Priced(offer, day, whole, ONE, (scribe.rated(offer, day, line, whole),))


def price_usage(
    piece: Piece[UsageOffer], meter: Meter, usage: Usage, free_units: Fraction, scribe: Scribe
) -> Priced:
    """A usage piece: what the meter measured in it, with its share of the allowances."""
    portion = piece.portion(scribe.time_zone)
    allowance = piece.allowance(scribe.time_zone)
    rating = rate_usage(piece, meter, usage, allowance, free_units)
    lines = [scribe.rated(piece.held, piece.span, line, portion) for line in rating.lines]
    return Priced(piece.held, piece.span, portion, allowance, tuple(lines))


def rate_usage(
    piece: Piece[UsageOffer], meter: Meter, usage: Usage, allowance: Fraction, free_units: Fraction
) -> Rating:
    """The usage of a piece, measured and rated; free units shrink like included units."""
    charge = piece.held.charge
    measured = measure(charge, meter, usage, piece.span, piece.full)
    return rate_measured(
        charge,
        piece.held.currency,
        measured,
        meter,
        allowance=allowance,
        free_units=free_units,
    )


def net_of(drafts: Sequence[Draft]) -> Fraction:
    """What lines come to after the discounts they carry so far."""
    return added_up(draft.line.net for draft in drafts)


def _rate(offer: Offer, ratio: Fraction, allowance: Fraction, free_units: Fraction) -> Rating:
    """A quantity that stands for the whole period, such as seats.

    Its included units are as many all the time, and the model's amount is prorated already: they
    are lifted by what `allowance` takes from them, so that only cap and minimum shrink.
    """
    included = Fraction(offer.charge.included_units or 0)
    lifted = (included + free_units) / allowance - included
    return rate_quantity(
        offer.charge,
        offer.currency,
        offer.quantity,
        proration=ratio,
        allowance=allowance,
        free_units=lifted,
    )
