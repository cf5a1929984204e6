"""Price curves for programs: what `planql simulate --curve --format json` prints."""

import json
from collections.abc import Sequence
from fractions import Fraction

from planql.cli.reporters.simulation_json import DecimalText
from planql.entity import Entity, Items
from planql.money import plain
from planql.simulation.crossings import Comparison, Crossing, CrossingKind, Order, Stretch
from planql.simulation.curves import CurvePoint, PriceCurve
from planql.simulation.priced_curves import PricedCurves


class PointReport(Entity):
    """A curve at one quantity; amounts are exact and not rounded."""

    quantity: DecimalText
    amount: DecimalText
    """Due for exactly this quantity."""
    below: DecimalText
    """What quantities right below tend to; `amount` where the curve does not jump."""
    above: DecimalText
    """What quantities right above tend to; `amount` where the curve does not jump."""
    unit_price: DecimalText | None
    """Amount / quantity; null at quantity 0."""


class CurveReport(Entity):
    """The price of a billing period, or its cost, by quantity."""

    name: str
    points: Items[PointReport]
    """Between two of them the curve is straight, unless more than 200 packages end there."""


class StretchReport(Entity):
    """Quantities over which the order of two curves stays the same."""

    start: DecimalText
    end: DecimalText
    includes_start: bool
    includes_end: bool
    order: Order
    """Of the first curve to the other."""


class CrossingReport(Entity):
    """Where the order of two curves changes, or they meet."""

    kind: CrossingKind
    """`jump`: they change places without being equal anywhere."""
    start: DecimalText
    end: DecimalText
    """The same as `start`, unless they are equal over a range."""
    before: Order | None
    """The order right below; null when nothing is below."""
    after: Order | None
    """The order right above; null when nothing is above."""


class ComparisonReport(Entity):
    """Two curves, held against each other."""

    one: str
    """Name of the first curve."""
    other: str
    """Name of the other curve."""
    stretches: Items[StretchReport]
    """Tile the range, in order."""
    crossings: Items[CrossingReport]
    """Ascending; that both are 0 at quantity 0 is left out."""


class CurvesReport(Entity):
    """What `planql simulate --curve --format json` prints."""

    title: str
    unit: str
    """What is counted."""
    currency: str
    """ISO 4217 code of every amount."""
    curves: Items[CurveReport]
    cost: CurveReport | None
    """What the same quantity costs the company; null when that is not known."""
    comparisons: Items[ComparisonReport]
    """Each pair of prices."""
    break_even: Items[ComparisonReport]
    """Each price with its cost; it earns money where it is higher."""
    remarks: Items[str]
    """What a person should know."""


def curves_document(answer: PricedCurves) -> str:
    """The answer as one JSON document."""
    quantities = answer.quantities
    report = CurvesReport(
        title=answer.title,
        unit=answer.unit,
        currency=answer.currency,
        curves=tuple(_curve(curve, quantities) for curve in answer.curves),
        cost=None if answer.cost is None else _curve(answer.cost, quantities),
        comparisons=tuple(map(_comparison, answer.between)),
        break_even=tuple(map(_comparison, answer.break_even)),
        remarks=answer.remarks,
    )
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _curve(curve: PriceCurve, quantities: Sequence[Fraction]) -> CurveReport:
    points = tuple(_point(curve.at(quantity)) for quantity in quantities)
    return CurveReport(name=curve.name, points=points)


def _point(point: CurvePoint) -> PointReport:
    return PointReport(
        quantity=plain(point.quantity),
        amount=plain(point.amount),
        below=plain(point.below),
        above=plain(point.above),
        unit_price=None if point.unit_price is None else plain(point.unit_price),
    )


def _comparison(comparison: Comparison) -> ComparisonReport:
    return ComparisonReport(
        one=comparison.one.name,
        other=comparison.other.name,
        stretches=tuple(map(_stretch, comparison.stretches)),
        crossings=tuple(map(_crossing, comparison.crossings)),
    )


def _stretch(stretch: Stretch) -> StretchReport:
    return StretchReport(
        start=plain(stretch.start),
        end=plain(stretch.end),
        includes_start=stretch.includes_start,
        includes_end=stretch.includes_end,
        order=stretch.order,
    )


def _crossing(crossing: Crossing) -> CrossingReport:
    return CrossingReport(
        kind=crossing.kind,
        start=plain(crossing.start),
        end=plain(crossing.end),
        before=crossing.before,
        after=crossing.after,
    )
