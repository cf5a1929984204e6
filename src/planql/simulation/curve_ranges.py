"""The range of quantities that a curve is worth looking at, and the quantities to list in it.

Owns: how far curves are drawn when nobody says, the rows of a table of points.
Does not own: the curves (`planql.simulation.curves`).

Source: RULES 9 (docs/simulate.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final

from planql.catalog.rate_plans import Charge, UsageCharge
from planql.charge_models import Packages
from planql.charge_models.scales import AMOUNT_SCALE, PRICE_SCALE, QUANTITY_SCALE
from planql.rating.prepared import ZERO, prepare
from planql.simulation.curves import Line, PriceCurve, shared_bounds

MOST_POINTS: Final = 200
"""Most bounds that all have a row of their own."""

_STEPS: Final = 10
"""About how many rows lie at even distances."""
_WORTH_SEEING: Final = Fraction(100)
"""Amount, in major units, that a curve without any bound reaches."""
_LEAST: Final = Fraction(10)
"""The least range that is suggested."""
_FAR: Final = 20
"""How many times further than every bound two prices may meet, and still be shown."""
_BEYOND_BOUND: Final = 2
_BEYOND_MEETING: Final = Fraction(5, 4)
_NICE: Final = tuple(Fraction(tenths, 10) for tenths in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80))
_NICE_STEPS: Final = (Fraction(1), Fraction(2), Fraction(5))


@dataclass(frozen=True, slots=True)
class _Course:
    """What is known of a charge without drawing it.

    Attributes:
        bounds: Included units and tier ends, in units of the meter.
        limits: Where its last line meets the cap and the minimum.
        line: How it goes on after the last bound.
    """

    bounds: tuple[Fraction, ...]
    limits: tuple[Fraction, ...]
    line: Line


def suggested_top(charges: Sequence[tuple[Charge, str]]) -> Fraction:
    """A round quantity beyond every bound, cap and meeting of `charges`, 10 at least.

    Args:
        charges: Each with its currency; at least one.

    Returns:
        Above 0. The declared maximum of all charges is the limit, where there is one.
    """
    courses = [_course(charge, currency) for charge, currency in charges]
    furthest = max((bound for course in courses for bound in course.bounds), default=ZERO)
    meetings = [
        meeting for meeting in _meetings(courses) if not furthest or meeting <= _FAR * furthest
    ]
    far_enough = max([_BEYOND_BOUND * furthest, *(_BEYOND_MEETING * each for each in meetings)])
    wanted = far_enough or max(filter(None, map(_worth_seeing, courses)), default=_LEAST)
    return min([round_up(max(wanted, _LEAST)), *_greatest(charge for charge, _ in charges)])


def round_up(quantity: Fraction, nice: Sequence[Fraction] = _NICE) -> Fraction:
    """The next round number: 130 -> 150, 4,200 -> 5,000; `quantity` is above 0."""
    power = Fraction(1)
    while power * 10 <= quantity:
        power *= 10
    while power > quantity:
        power /= 10
    return next((power * each for each in nice if power * each >= quantity), power * 10)


def listed_quantities(
    curves: Sequence[PriceCurve], others: Iterable[Fraction] = ()
) -> tuple[Fraction, ...]:
    """The quantities of a table: even steps, `others`, and every bound while they are 200 at most.

    Of more bounds - the edges of small packages - only the ends of the range stay.
    """
    bounds = shared_bounds(curves)
    top = bounds[-1]
    kept = bounds if len(bounds) <= MOST_POINTS else (ZERO, top)
    step = round_up(top / _STEPS, _NICE_STEPS)
    even = (step * number for number in range(int(top / step) + 1))
    return tuple(sorted({*kept, *even, *(each for each in others if each <= top)}))


def _course(charge: Charge, currency: str) -> _Course:
    prepared = prepare(charge, currency)
    shape, included = prepared.shape, prepared.included_units
    if isinstance(shape, Packages):
        size = Fraction(shape.size, QUANTITY_SCALE)
        slope = Fraction(shape.price, AMOUNT_SCALE) / size
        bounds, intercept = [size * 5], ZERO
    else:
        slope = Fraction(shape.slopes[-1], PRICE_SCALE)
        bounds = [Fraction(bound, QUANTITY_SCALE) for bound in shape.bounds]
        intercept = Fraction(shape.intercepts[-1], AMOUNT_SCALE)
    line = Line(intercept - slope * included, slope)
    levels = [level for level in (Fraction(charge.minimum or 0), prepared.cap_amount) if level]
    reached = [line.reaches(level) or ZERO for level in levels]
    ends = [included, *(included + bound for bound in bounds)]
    return _Course(tuple(filter(_is_above_0, ends)), tuple(filter(_is_above_0, reached)), line)


def _worth_seeing(course: _Course) -> Fraction | None:
    return course.line.reaches(_WORTH_SEEING)


def _meetings(courses: Sequence[_Course]) -> Iterator[Fraction]:
    """Where a course meets its cap or its minimum, or two of them meet, above 0."""
    for course in courses:
        yield from course.limits
    for one, other in combinations([course.line for course in courses], 2):
        apart = Line(one.intercept - other.intercept, one.slope - other.slope)
        yield from filter(_is_above_0, [apart.reaches(ZERO) or ZERO])


def _is_above_0(quantity: Fraction) -> bool:
    return quantity > 0


def _greatest(charges: Iterable[Charge]) -> list[Fraction]:
    """The greatest of the declared maximums, when every charge has one."""
    declared = [None if isinstance(each, UsageCharge) else each.quantity for each in charges]
    most = [each.maximum if each else None for each in declared]
    known = [Fraction(each) for each in most if each]
    return [max(known)] if known and len(known) == len(most) else []
