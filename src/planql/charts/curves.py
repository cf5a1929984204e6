"""Charts of price curves: what a period costs by the quantity used, with crossings marked.

A jump of a price is a dotted rise, with a dot on the amount that is due at the bound itself. Where
prices are equal, all their colours show: those drawn first are wider.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from planql.charts.axes import amount_text, quantity_text, set_amount_axis, set_quantity_axis
from planql.charts.notes import Note, write_notes
from planql.charts.sheets import ImageFormat, drawing, image, legend, sheet, shortened
from planql.charts.style import INK, MUTED, PALETTE
from planql.errors import InvalidInput
from planql.money import round_half_away
from planql.simulation.crossings import Comparison, Crossing, CrossingKind
from planql.simulation.curves import PriceCurve, common_currency

MOST_CURVES: Final = len(PALETTE)
"""Most prices of one chart."""

_DOTS: Final = 60
"""Most jumps of a curve that are marked one by one."""
_NOTES: Final = 6
"""Most crossings with their numbers beside them."""
_WIDTH: Final = 2.6
"""Points that a line is wide."""
_WIDER: Final = 2
"""Points that a line is wider than the one drawn over it."""
_RING: Final[Mapping[str, Any]] = {
    "marker": "o",
    "markersize": 11,
    "markerfacecolor": "white",
    "markeredgecolor": INK,
    "markeredgewidth": 2,
    "clip_on": False,
    "zorder": 5,
}
_HEADROOM: Final = 1.08
"""How far the amounts' axis reaches above the highest curve."""


@dataclass(frozen=True, slots=True)
class CurveChart:
    """What a chart of curves shows.

    Attributes:
        title: What all curves have in common.
        unit: What is counted, for the axis: "Resolved tickets per month".
        curves: Prices, of one currency and range; 1 to 7.
        costs: What the same quantity costs the company, dashed.
        comparisons: Pairs of curves whose crossings are marked.
    """

    title: str
    unit: str
    curves: tuple[PriceCurve, ...]
    costs: tuple[PriceCurve, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


def curve_chart(chart: CurveChart, form: ImageFormat) -> bytes:
    """The chart as a file's bytes.

    Raises:
        CurrencyMismatch: the curves are in two currencies.
        InvalidInput: `too-many-curves`, over 7.
    """
    currency = common_currency([*chart.curves, *chart.costs])
    if len(chart.curves) > MOST_CURVES:
        raise InvalidInput(
            "too-many-curves", f"{len(chart.curves)} curves; a chart has {MOST_CURVES} at most"
        )
    with drawing():
        figure = sheet(chart.title)
        axes = figure.subplots()
        entries = list(_curves(axes, chart))
        set_quantity_axis(axes, float(_top(chart)), chart.unit)
        set_amount_axis(axes, currency)
        axes.set_ylim(0, _highest(chart) * _HEADROOM)
        _mark_crossings(axes, chart)
        legend(figure, entries)
        return image(figure, form)


def _curves(axes: Axes, chart: CurveChart) -> Iterator[Artist]:
    """Draw every curve, wider below others where some are equal; the entries of the legend."""
    wider = _WIDER if any(any(_equal_ranges(each)) for each in chart.comparisons) else 0
    for place, (curve, colour) in enumerate(zip(chart.curves, PALETTE, strict=False)):
        width = _WIDTH + wider * (len(chart.curves) - 1 - place)
        yield _curve(axes, curve, Pen(colour, "-", width))
    for cost in chart.costs:
        yield _curve(axes, cost, Pen(MUTED, "--", _WIDTH))


@dataclass(frozen=True, slots=True)
class Pen:
    """What a line is drawn with."""

    colour: str
    dashes: Literal["-", "--"]
    width: float


def _curve(axes: Axes, curve: PriceCurve, pen: Pen) -> Line2D:
    for run in _runs(curve):
        _stroke(axes, run, pen)
    jumps = list(_jumps(curve))
    for quantity, low, high in jumps:
        axes.plot([quantity] * 2, [low, high], color=pen.colour, linestyle=":", linewidth=1.4)
    if len(jumps) <= _DOTS:
        dots = [(float(bound), float(curve.amount(bound))) for bound in _jump_bounds(curve)]
        size = pen.width + 3
        axes.plot(*_unzipped(dots), color=pen.colour, linestyle="", marker="o", markersize=size)
    label = shortened(curve.name)
    return Line2D([], [], color=pen.colour, linestyle=pen.dashes, linewidth=_WIDTH, label=label)


def _stroke(axes: Axes, run: Sequence[tuple[float, float]], pen: Pen) -> None:
    axes.plot(
        *_unzipped(run),
        color=pen.colour,
        linestyle=pen.dashes,
        linewidth=pen.width,
        solid_capstyle="butt",
        clip_on=False,
    )


def _jump_bounds(curve: PriceCurve) -> Iterator[Fraction]:
    """The bounds at which the curve jumps, on either side."""
    for bound in curve.bounds:
        point = curve.at(bound)
        if not point.below == point.amount == point.above:
            yield bound


def _jumps(curve: PriceCurve) -> Iterator[tuple[float, float, float]]:
    """Each jump: the quantity, the least and the greatest amount there."""
    for bound in _jump_bounds(curve):
        point = curve.at(bound)
        amounts = (point.below, point.amount, point.above)
        yield float(bound), float(min(amounts)), float(max(amounts))


def _runs(curve: PriceCurve) -> Iterator[list[tuple[float, float]]]:
    """Each part of the curve without a jump: the ends of its lines."""
    jumps = set(_jump_bounds(curve))
    run: list[tuple[float, float]] = []
    for line, (start, end) in zip(curve.lines, pairwise(curve.bounds), strict=True):
        if run and start in jumps:
            yield run
            run = []
        run = [*run[:-1], (float(start), float(line.at(start))), (float(end), float(line.at(end)))]
    yield run


def _unzipped(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _top(chart: CurveChart) -> Fraction:
    return min(curve.top for curve in (*chart.curves, *chart.costs))


def _highest(chart: CurveChart) -> float:
    """The greatest amount on the chart; 1 where everything is free."""
    curves = (*chart.curves, *chart.costs)
    points = [curve.at(bound) for curve in curves for bound in curve.bounds]
    return float(max(max(point.below, point.amount, point.above) for point in points) or 1)


def _mark_crossings(axes: Axes, chart: CurveChart) -> None:
    """A ring on each crossing and each end of an equal range, with words where there are few."""
    marks = sorted({mark for each in chart.comparisons for mark in _marks(each)}, key=_from_left)
    notes = [Note(float(mark.quantity), float(mark.amount), mark.text) for mark in marks]
    for note in notes:
        axes.plot(note.x, note.y, **_RING)
    if len(notes) <= _NOTES:
        curves = (*chart.curves, *chart.costs)
        write_notes(axes, notes, [run for curve in curves for run in _runs(curve)])


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a chart that is worth a few words."""

    quantity: Fraction
    amount: Fraction
    text: str


def _from_left(mark: Mark) -> tuple[Fraction, str]:
    return mark.quantity, mark.text


def _marks(comparison: Comparison) -> Iterator[Mark]:
    for crossing in comparison.crossings:
        if crossing.kind is not CrossingKind.EQUAL:
            yield _mark(comparison, crossing)
    top = min(comparison.one.top, comparison.other.top)
    for crossing in _equal_ranges(comparison):
        if crossing.start > 0:
            yield _end_of_range(comparison, crossing.start, "from")
        if crossing.end < top:
            yield _end_of_range(comparison, crossing.end, "up to")


def _equal_ranges(comparison: Comparison) -> Iterator[Crossing]:
    """Ranges of equal prices; that both are still free is not worth a word."""
    for crossing in comparison.crossings:
        is_range = crossing.kind is CrossingKind.EQUAL
        if is_range and comparison.one.at(crossing.end).below > 0:
            yield crossing


def _mark(comparison: Comparison, crossing: Crossing) -> Mark:
    quantity = crossing.start
    if crossing.kind is CrossingKind.JUMP:
        return Mark(quantity, _meeting_height(comparison, quantity), f"above {_text(quantity)}")
    amount, currency = comparison.one.amount(quantity), comparison.one.currency
    text = f"{_text(quantity)}: {amount_text(amount, currency)}"
    return Mark(quantity, amount, text)


def _end_of_range(comparison: Comparison, quantity: Fraction, words: str) -> Mark:
    amount = comparison.one.amount(quantity)
    return Mark(quantity, amount, f"equal {words} {_text(quantity)}")


def _meeting_height(comparison: Comparison, quantity: Fraction) -> Fraction:
    """Where the dotted rise of one curve meets the other; the middle where both rise."""
    points = [comparison.one.at(quantity), comparison.other.at(quantity)]
    still = [point.amount for point in points if point.below == point.amount == point.above]
    return still[0] if still else (points[0].amount + points[1].amount) / 2


def _text(quantity: Fraction) -> str:
    """A quantity on a chart: two decimals are enough, but for very small ones."""
    return quantity_text(round_half_away(quantity, 2) if quantity > 1 else quantity)
