"""Prices of pieces: what each costs for its part of the period, before discounts.

Source: RULES 5, steps 1 to 6; 4.4 (docs/rules/rating.md, docs/rules/proration.md).
"""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from planql.billing.drafts import Draft, Scribe
from planql.billing.measurements import Measurement
from planql.billing.proration import Piece, Portion
from planql.billing.terms import ONE, Offer
from planql.catalog.meters import Meter
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.money import added_up
from planql.rating.lines import Rating
from planql.rating.pipeline import rate_measured, rate_prepared

ZERO = Fraction(0)


class Priced(Struct, frozen=True, gc=False):
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


def price_usage(measurement: Measurement, meter: Meter, usage: Usage, scribe: Scribe) -> Priced:
    """A usage piece: what the meter measured in it, with its share of the allowances."""
    piece = measurement.piece
    offer, span, portion = piece.held, piece.span, piece.portion(scribe.time_zone)
    rating = rate_usage(measurement, meter, usage)
    lines = [scribe.rated(offer, span, line, portion, measurement) for line in rating.lines]
    return Priced(offer, span, portion, measurement.allowance, tuple(lines))


def rate_usage(measurement: Measurement, meter: Meter, usage: Usage) -> Rating:
    """The usage of a piece, measured and rated; free units shrink like included units."""
    piece = measurement.piece
    charge = piece.held.charge
    measured = measure(charge, meter, usage, piece.span, piece.full)
    return rate_measured(charge, measurement.prepared, measured, meter)


def net_of(drafts: Sequence[Draft]) -> Fraction:
    """What lines come to after the discounts they carry so far."""
    return added_up(draft.line.net for draft in drafts)


def _rate(offer: Offer, ratio: Fraction, allowance: Fraction, free_units: Fraction) -> Rating:
    """A quantity that stands for the whole period, such as seats.

    Its included units are as many all the time, and the model's amount is prorated already: they
    are lifted by what `allowance` takes from them, so that only cap and minimum shrink.
    """
    lifted = free_units
    if allowance != ONE:
        included = Fraction(offer.charge.included_units or 0)
        lifted = (included + free_units) / allowance - included
    prepared = offer.prepared_for(allowance, lifted)
    return rate_prepared(offer.charge, prepared, offer.quantity, ratio)
