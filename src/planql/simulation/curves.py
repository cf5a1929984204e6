"""Price curves: what one billing period costs, as a function of the quantity used in it.

::

    amount                      o jump: the amount just above a bound differs
      |            cap .--------
      |              .'           straight between two bounds, exactly
      |      o-----.'
      |  .--'
      +--|------|---|----------- quantity
         bounds: included units, tier ends, package edges, where cap and minimum are met

Owns: curves of charges, of costs, and of sums of them; the points at which a curve is drawn.
Does not own: the arithmetic of a model (`planql.rating.prepared`, which is asked for every
amount), where two curves cross (`planql.simulation.crossings`).

A curve is unrounded, after included units, cap and minimum, before discounts, of a whole period
and one group. Quantities are those of the meter, before included units, from 0 to a greatest one;
both ends belong to the curve. Rounded to the currency it is what `planql rate` answers.

Source: RULES 4, 5 and 9 (docs/simulate.md).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from planql.catalog.rate_plans import Charge
from planql.charge_models import Packages, PercentageModel
from planql.charge_models.scales import AMOUNT_SCALE, QUANTITY_SCALE, scaled_quantity
from planql.errors import CurrencyMismatch, InvalidInput
from planql.money import plain
from planql.rating.prepared import ZERO, PreparedCharge, prepare

MOST_BOUNDS: Final = 20_000
"""Most package edges of one curve."""

Amounts = Callable[[Fraction], Fraction]
"""From a quantity to the amount of it, in major units, unrounded."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: `intercept` major units, and `slope` more for every unit."""

    intercept: Fraction
    slope: Fraction

    def at(self, quantity: Fraction) -> Fraction:
        """The amount of `quantity`, in major units."""
        return self.intercept + self.slope * quantity

    def reaches(self, amount: Fraction) -> Fraction | None:
        """The quantity, of either sign, at which the line is at `amount`; None when it is level."""
        return (amount - self.intercept) / self.slope if self.slope else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A curve at one quantity; all amounts in major units, unrounded.

    Attributes:
        amount: Due for exactly `quantity`.
        below: What quantities just below tend to; `amount` where the curve does not jump.
        above: What quantities just above tend to; `amount` where the curve does not jump.
    """

    quantity: Fraction
    amount: Fraction
    below: Fraction
    above: Fraction

    @property
    def unit_price(self) -> Fraction | None:
        """Amount / quantity; None at quantity 0."""
        return self.amount / self.quantity if self.quantity else None


@dataclass(frozen=True, slots=True)
class PriceCurve:
    """An amount for every quantity from 0 to `top`, both inclusive.

    Attributes:
        name: What it is called beside others.
        bounds: Ascending, from 0 to `top`: outside of them the curve is straight.
        amounts: In major units, exactly at each bound.
        lines: Between each bound and the next, both exclusive; one fewer than bounds.
    """

    name: str
    currency: str
    bounds: tuple[Fraction, ...]
    amounts: tuple[Fraction, ...]
    lines: tuple[Line, ...]

    @property
    def top(self) -> Fraction:
        """The greatest quantity, inclusive."""
        return self.bounds[-1]

    def amount(self, quantity: Fraction) -> Fraction:
        """The amount of `quantity`, in major units, unrounded.

        Raises:
            InvalidInput: `out-of-range`, below 0 or above `top`.
        """
        return self.at(quantity).amount

    def at(self, quantity: Fraction) -> CurvePoint:
        """The curve at `quantity`, with its limits from both sides.

        Raises:
            InvalidInput: `out-of-range`, below 0 or above `top`.
        """
        if not 0 <= quantity <= self.top:
            raise InvalidInput(
                "out-of-range",
                f'the quantity "{plain(quantity)}" is not between 0 and "{plain(self.top)}"',
            )
        index = bisect_left(self.bounds, quantity)
        if self.bounds[index] != quantity:
            amount = self.lines[index - 1].at(quantity)
            return CurvePoint(quantity, amount, amount, amount)
        amount = self.amounts[index]
        below = self.lines[index - 1].at(quantity) if index else amount
        above = self.lines[index].at(quantity) if index < len(self.lines) else amount
        return CurvePoint(quantity, amount, below, above)

    def line_at(self, inside: Fraction) -> Line:
        """The line around a quantity that lies between two bounds."""
        return self.lines[bisect_left(self.bounds, inside) - 1]

    def named(self, name: str) -> "PriceCurve":
        """The same curve under another name."""
        return replace(self, name=name)


def charge_curve(charge: Charge, currency: str, top: Fraction, name: str = "") -> PriceCurve:
    """The curve of `charge`, called `name` or else as the charge is.

    Args:
        charge: A valid charge of any type; the quantity of one that is not metered is the declared
            one, whatever its bounds.
        currency: An ISO 4217 code.
        top: The greatest quantity, above 0, inclusive.
        name: What the curve is called beside others.

    Raises:
        InvalidInput: `events-needed`, for prices per event; `too-many-bounds`, when more than
            20,000 packages fit below `top`.
    """
    _require_no_events(charge)
    prepared = prepare(charge, currency)

    def amount(quantity: Fraction) -> Fraction:
        units = scaled_quantity(quantity) - prepared.included
        return Fraction(prepared.shape.amount(units), AMOUNT_SCALE)

    curve = _through(name or charge.name, currency, _bounds(prepared, top), amount)
    return _limited(curve, Fraction(charge.minimum or 0), prepared.cap_amount)


def cost_curve(
    currency: str, top: Fraction, *, unit_cost: Fraction, fixed: Fraction = ZERO, name: str = "cost"
) -> PriceCurve:
    """What the same usage costs the company: `fixed` + `unit_cost` x quantity, in major units."""
    return _through(name, currency, (ZERO, top), Line(fixed, unit_cost).at)


def sum_of(curves: Sequence[PriceCurve], name: str) -> PriceCurve:
    """The curve of everything in `curves` together, up to the least of their tops.

    Raises:
        CurrencyMismatch: they are not of one currency.
    """
    currency = common_currency(curves)
    bounds = shared_bounds(curves)
    return _through(
        name, currency, bounds, lambda quantity: sum((c.amount(quantity) for c in curves), ZERO)
    )


def common_currency(curves: Sequence[PriceCurve]) -> str:
    """The currency that all curves are in.

    Raises:
        CurrencyMismatch: there are two.
    """
    for one, other in pairwise(curves):
        if one.currency != other.currency:
            raise CurrencyMismatch(one.currency, other.currency)
    return curves[0].currency


def shared_bounds(curves: Sequence[PriceCurve]) -> tuple[Fraction, ...]:
    """Every bound of every curve, ascending, up to the least of their tops."""
    top = min(curve.top for curve in curves)
    found = {bound for curve in curves for bound in curve.bounds if bound <= top}
    return tuple(sorted({*found, top}))


def _through(name: str, currency: str, bounds: Sequence[Fraction], amount: Amounts) -> PriceCurve:
    """The curve of a function that is straight between each of `bounds` and the next."""
    return PriceCurve(
        name,
        currency,
        tuple(bounds),
        tuple(amount(bound) for bound in bounds),
        tuple(_line(start, end, amount) for start, end in pairwise(bounds)),
    )


def _line(start: Fraction, end: Fraction, amount: Amounts) -> Line:
    """The line that `amount` is between two bounds, from two places in between."""
    third = (end - start) / 3
    one, other = start + third, end - third
    low = amount(one)
    slope = (amount(other) - low) / third
    return Line(low - slope * one, slope)


def _limited(curve: PriceCurve, least: Fraction, most: Fraction | None) -> PriceCurve:
    """`curve`, nowhere below `least` nor above `most`."""
    levels = [least] if most is None else [least, most]
    bounds = sorted({*curve.bounds, *_meeting(curve, levels)})

    def amount(quantity: Fraction) -> Fraction:
        whole = curve.amount(quantity)
        return max(least, whole if most is None else min(whole, most))

    return _through(curve.name, curve.currency, bounds, amount)


def _meeting(curve: PriceCurve, levels: Iterable[Fraction]) -> Iterator[Fraction]:
    """The quantities between two bounds at which the curve is at one of `levels`."""
    for level in levels:
        for line, (start, end) in zip(curve.lines, pairwise(curve.bounds), strict=True):
            quantity = line.reaches(level)
            if quantity is not None and start < quantity < end:
                yield quantity


def _bounds(prepared: PreparedCharge, top: Fraction) -> tuple[Fraction, ...]:
    """0, `top`, and where the model changes its course between them."""
    included = prepared.included_units
    shape = prepared.shape
    if isinstance(shape, Packages):
        edges = _package_edges(Fraction(shape.size, QUANTITY_SCALE), top - included)
    else:
        edges = [Fraction(bound, QUANTITY_SCALE) for bound in shape.bounds]
    inside = {included, *(included + edge for edge in edges)}
    return tuple(sorted({ZERO, top, *(bound for bound in inside if bound < top)}))


def _package_edges(size: Fraction, reach: Fraction) -> list[Fraction]:
    """Where packages of `size` end, up to `reach` units."""
    count = max(reach // size, 0)
    if count > MOST_BOUNDS:
        raise InvalidInput(
            "too-many-bounds",
            f'{count} packages of "{plain(size)}" end below the greatest quantity; at most '
            f"{MOST_BOUNDS} are drawn",
            hint=f'ask for quantities up to "{plain(size * MOST_BOUNDS)}"',
        )
    return [size * number for number in range(1, count + 1)]


def _require_no_events(charge: Charge) -> None:
    if isinstance(charge.model, PercentageModel) and charge.model.is_per_event:
        raise InvalidInput(
            "events-needed",
            f'charge "{charge.key}" prices each event; it has no curve over their sum',
            hint="`planql rate` with the events says what they cost",
        )
