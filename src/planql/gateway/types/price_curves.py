"""What `priceCurve` gives: amounts by quantity, where they cross, where they break even."""

from collections.abc import Sequence
from fractions import Fraction

import strawberry

from planql.gateway.principals import TRUSTED
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.simulation_enums import CurveCrossingKind, CurveOrder
from planql.gateway.visibility import visible_to
from planql.simulation import crossings, curves
from planql.simulation.priced_curves import PricedCurves

_CONFIDENTIAL = visible_to(*TRUSTED)


@strawberry.type(
    description="A curve at one quantity. Amounts are in major units of the currency of the "
    "curves, exact and not rounded."
)
class CurvePoint:
    """`planql.simulation.curves.CurvePoint`."""

    quantity: Fraction = strawberry.field(description="How much, before included units.")
    amount: Fraction = strawberry.field(description="Due for exactly this quantity.")
    below: Fraction = strawberry.field(
        description="What quantities right below tend to; `amount` where the curve does not jump."
    )
    above: Fraction = strawberry.field(
        description="What quantities right above tend to; `amount` where the curve does not jump."
    )
    unit_price: Fraction | None = strawberry.field(
        description="Amount / quantity; null at quantity 0."
    )


def _points(root: strawberry.Parent["PriceCurve"]) -> list[CurvePoint]:
    return [_point_view(root.curve.at(quantity)) for quantity in root.quantities]


@strawberry.type(description="The price of a billing period, or its cost, by quantity.")
class PriceCurve:
    """`planql.simulation.curves.PriceCurve`."""

    curve: strawberry.Private[curves.PriceCurve]
    quantities: strawberry.Private[Sequence[Fraction]]
    name: str = strawberry.field(description="What it is called beside others.")
    points: list[CurvePoint] = strawberry.field(
        resolver=_points,
        description="By quantity, at the same quantities for all curves. Between two of them a "
        "curve is straight, unless more than 200 packages end there.",
    )


@strawberry.type(description="Quantities over which the order of two curves stays the same.")
class CurveStretch:
    """`planql.simulation.crossings.Stretch`."""

    start: Fraction = strawberry.field(description="The first quantity, or what all are above.")
    end: Fraction = strawberry.field(description="The last quantity, or what all are below.")
    includes_start: bool = strawberry.field(description="Whether `start` belongs to it.")
    includes_end: bool = strawberry.field(description="Whether `end` belongs to it.")
    order: CurveOrder = strawberry.field(description="Of the first curve to the other.")


@strawberry.type(description="Where the order of two curves changes, or they meet.")
class CurveCrossing:
    """`planql.simulation.crossings.Crossing`."""

    kind: CurveCrossingKind = strawberry.field(description="How they meet.")
    start: Fraction = strawberry.field(description="The quantity, or the first of a range.")
    end: Fraction = strawberry.field(
        description="The same as `start`, unless they are equal over a range."
    )
    before: CurveOrder | None = strawberry.field(
        description="The order right below; null when nothing is below."
    )
    after: CurveOrder | None = strawberry.field(
        description="The order right above; null when nothing is above."
    )


@strawberry.type(description="Two curves, held against each other.")
class CurveComparison:
    """`planql.simulation.crossings.Comparison`."""

    one: str = strawberry.field(description="Name of the first curve.")
    other: str = strawberry.field(description="Name of the other curve.")
    stretches: list[CurveStretch] = strawberry.field(
        description="They tile the range of quantities, in order."
    )
    crossings: list[CurveCrossing] = strawberry.field(
        description="Ascending; that both are 0 at quantity 0 is left out."
    )


def _curves(root: strawberry.Parent["PriceCurves"]) -> list[PriceCurve]:
    return [_curve_view(each, root.quantities) for each in root.priced.curves]


def _cost(root: strawberry.Parent["PriceCurves"]) -> PriceCurve | None:
    cost = root.priced.cost
    return None if cost is None else _curve_view(cost, root.quantities)


def _comparisons(root: strawberry.Parent["PriceCurves"]) -> list[CurveComparison]:
    return [_comparison_view(each) for each in root.priced.between]


def _break_even(root: strawberry.Parent["PriceCurves"]) -> list[CurveComparison]:
    return [_comparison_view(each) for each in root.priced.break_even]


@strawberry.type(
    description="Prices of a billing period by quantity: after included units, cap and minimum, "
    "before discounts, not rounded."
)
class PriceCurves:
    """`planql.simulation.priced_curves.PricedCurves`."""

    priced: strawberry.Private[PricedCurves]
    quantities: strawberry.Private[Sequence[Fraction]]
    title: str = strawberry.field(description="What the prices have in common.")
    unit: str = strawberry.field(
        description="What is counted in one billing period: `Resolved tickets, monthly`."
    )
    currency: CurrencyCode = strawberry.field(description="Of every amount.")
    curves: list[PriceCurve] = strawberry.field(
        resolver=_curves, description="By plan, then by charge."
    )
    cost: PriceCurve | None = strawberry.field(
        resolver=_cost,
        description="What the same quantity costs the company; null when that is not known.",
        metadata=_CONFIDENTIAL,
    )
    comparisons: list[CurveComparison] = strawberry.field(
        resolver=_comparisons, description="Each pair of prices: where they cross."
    )
    break_even: list[CurveComparison] = strawberry.field(
        resolver=_break_even,
        description="Each price with its cost: it earns money where it is higher.",
        metadata=_CONFIDENTIAL,
    )
    remarks: list[str] = strawberry.field(
        description="What a person should know: why a cost is not known.", metadata=_CONFIDENTIAL
    )


def curves_view(found: PricedCurves) -> PriceCurves:
    """Curves as the schema shows them."""
    return PriceCurves(
        priced=found,
        quantities=found.quantities,
        title=found.title,
        unit=found.unit,
        currency=CurrencyCode(found.currency),
        remarks=list(found.remarks),
    )


def _curve_view(curve: curves.PriceCurve, quantities: Sequence[Fraction]) -> PriceCurve:
    return PriceCurve(curve=curve, quantities=quantities, name=curve.name)


def _point_view(point: curves.CurvePoint) -> CurvePoint:
    return CurvePoint(
        quantity=point.quantity,
        amount=point.amount,
        below=point.below,
        above=point.above,
        unit_price=point.unit_price,
    )


def _comparison_view(found: crossings.Comparison) -> CurveComparison:
    return CurveComparison(
        one=found.one.name,
        other=found.other.name,
        stretches=[_stretch_view(each) for each in found.stretches],
        crossings=[_crossing_view(each) for each in found.crossings],
    )


def _stretch_view(stretch: crossings.Stretch) -> CurveStretch:
    return CurveStretch(
        start=stretch.start,
        end=stretch.end,
        includes_start=stretch.includes_start,
        includes_end=stretch.includes_end,
        order=CurveOrder(stretch.order),
    )


def _crossing_view(crossing: crossings.Crossing) -> CurveCrossing:
    return CurveCrossing(
        kind=CurveCrossingKind(crossing.kind),
        start=crossing.start,
        end=crossing.end,
        before=CurveOrder(crossing.before) if crossing.before else None,
        after=CurveOrder(crossing.after) if crossing.after else None,
    )
