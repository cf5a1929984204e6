"""Where two curves cross: which of them is lower over which quantities, exactly.

::

      |        b .-'          |            a ___|      |   a _______
      |      .-*'--- a        |        ___|  b  |      |  __|
      |   .-'                 |     __|_________|      |_|_____ b
      +--------|-------       +-----------|-----       +--|---------
            crossing                    jump             equal, then apart

Owns: the order of two curves over the whole range, and the quantities at which it changes.
Does not own: the curves (`planql.simulation.curves`).

Break-even is the same question, asked of a price and a cost.

Source: RULES 9 (docs/simulate.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

from planql.simulation.curves import Line, PriceCurve, common_currency, shared_bounds


class Order(StrEnum):
    """How the first of two curves relates to the other."""

    LOWER = "lower"
    EQUAL = "equal"
    HIGHER = "higher"


class CrossingKind(StrEnum):
    """How two curves meet.

    `crossing`: they are equal at one quantity, and change places there. `touch`: they are equal at
    one quantity, and keep their places, or the range ends there. `equal`: they are equal over a
    range. `jump`: they change places without being equal anywhere, for one of them jumps.
    """

    CROSSING = "crossing"
    TOUCH = "touch"
    EQUAL = "equal"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quantities over which the order of two curves stays the same.

    Attributes:
        start: The first quantity, or what all are above.
        end: The last quantity, or what all are below; `start` when it is one quantity.
        includes_start: Whether `start` belongs to it.
        includes_end: Whether `end` belongs to it.
        order: Of the first curve to the other.
    """

    start: Fraction
    end: Fraction
    includes_start: bool
    includes_end: bool
    order: Order

    @property
    def is_point(self) -> bool:
        """Whether it is a single quantity."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the order of two curves changes, or they meet.

    Attributes:
        start: The quantity, or the first of a range.
        end: The last quantity of a range, else `start`.
        before: The order right below `start`; None when nothing is below.
        after: The order right above `end`; None when nothing is above.
    """

    kind: CrossingKind
    start: Fraction
    end: Fraction
    before: Order | None
    after: Order | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two curves, held against each other.

    Attributes:
        stretches: Tile the range from 0 to the lesser top, in order; neighbours differ.
    """

    one: PriceCurve
    other: PriceCurve
    stretches: tuple[Stretch, ...]

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Where the order changes or the curves meet, ascending.

        That both are equal at quantity 0 alone is left out: nothing costs nothing.
        """
        return tuple(crossing for crossing in self._all() if crossing.end > 0)

    def _all(self) -> Iterator[Crossing]:
        neighbours = [None, *self.stretches, None]
        for before, here, after in zip(neighbours, self.stretches, neighbours[2:], strict=False):
            if here.order is Order.EQUAL:
                yield _meeting(before, here, after)
            elif after is not None and after.order is not Order.EQUAL:
                yield Crossing(CrossingKind.JUMP, here.end, here.end, here.order, after.order)


def compare(one: PriceCurve, other: PriceCurve) -> Comparison:
    """The order of two curves at every quantity from 0 to the lesser of their tops.

    Raises:
        CurrencyMismatch: they are in two currencies.
    """
    common_currency((one, other))
    pieces = _pieces(one, other)
    stretches = []
    for order, group in groupby(pieces, key=lambda piece: piece.order):
        first, *rest = group
        last = rest[-1] if rest else first
        stretches.append(
            Stretch(first.start, last.end, first.includes_start, last.includes_end, order)
        )
    return Comparison(one, other, tuple(stretches))


def _meeting(before: Stretch | None, here: Stretch, after: Stretch | None) -> Crossing:
    below = before.order if before else None
    above = after.order if after else None
    changes = below is not None and above is not None and below is not above
    point = CrossingKind.CROSSING if changes else CrossingKind.TOUCH
    kind = point if here.is_point else CrossingKind.EQUAL
    return Crossing(kind, here.start, here.end, below, above)


def _pieces(one: PriceCurve, other: PriceCurve) -> Iterator[Stretch]:
    """The range cut at every bound and every meeting, into points and what lies between them."""
    bounds = shared_bounds((one, other))
    yield _point(bounds[0], one, other)
    for start, end in pairwise(bounds):
        inside = (start + end) / 2
        difference = _difference(one.line_at(inside), other.line_at(inside))
        yield from _between(start, end, difference)
        yield _point(end, one, other)


def _point(quantity: Fraction, one: PriceCurve, other: PriceCurve) -> Stretch:
    order = _order(one.amount(quantity) - other.amount(quantity))
    return Stretch(quantity, quantity, includes_start=True, includes_end=True, order=order)


def _between(start: Fraction, end: Fraction, difference: Line) -> Iterator[Stretch]:
    """What lies between two bounds, cut where the difference is 0."""
    meeting = difference.reaches(Fraction(0))
    if meeting is None or not start < meeting < end:
        yield _open(start, end, difference)
        return
    yield _open(start, meeting, difference)
    yield Stretch(meeting, meeting, includes_start=True, includes_end=True, order=Order.EQUAL)
    yield _open(meeting, end, difference)


def _open(start: Fraction, end: Fraction, difference: Line) -> Stretch:
    order = _order(difference.at((start + end) / 2))
    return Stretch(start, end, includes_start=False, includes_end=False, order=order)


def _difference(one: Line, other: Line) -> Line:
    return Line(one.intercept - other.intercept, one.slope - other.slope)


def _order(difference: Fraction) -> Order:
    if difference == 0:
        return Order.EQUAL
    return Order.LOWER if difference < 0 else Order.HIGHER
