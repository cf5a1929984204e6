"""Charts of simulations: stacked revenue, cost below the axis, the margin as a line.

::

    Support Pro, version 2
    Typical: revenue $12,000.00, margin 63 %      Busy: ...
      |      ___                                    |    ______
      |  ___|   |__  revenue by charge              |___|
      |-'''''''''''-  margin                        |-''''''''-
      +-------------                                +----------
      |_____________| cost                          |_________|
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from textwrap import wrap
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from planql.charts.axes import amount_text, percentage_text, set_amount_axis, set_day_axis
from planql.charts.columns import OTHERS, By, Columns, columns, layer_names
from planql.charts.sheets import LONGEST_TEXT, ImageFormat, drawing, image, legend, sheet, shortened
from planql.charts.style import COST, INK, OTHERS_COLOUR, PALETTE
from planql.errors import InvalidInput
from planql.simulation.results import Simulation
from planql.simulation.totals import Totals

MOST_PANELS: Final = 12
"""Most panels of one chart."""

_PANELS_IN_A_ROW: Final = 3
_TWO_BY_TWO: Final = 4
_LABELS: Final = 12
"""Most labels of days below a chart as wide as the sheet."""
_BARS: Final = 40
"""Most columns with a gap between them."""
_FILLED: Final = 0.9
"""Part of a column that is filled."""
_ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One simulation beside others.

    Attributes:
        title: What differs from the others: the scenario, the version; may have lines.
        simulation: Of one customer.
        customers: How many such customers it stands for.
    """

    title: str
    simulation: Simulation
    customers: int = 1


@dataclass(frozen=True, slots=True)
class _Stack:
    """A panel in one currency, ready to be drawn."""

    panel: Panel
    totals: Totals
    columns: Columns


def simulation_chart(
    title: str, panels: Sequence[Panel], form: ImageFormat, by: By = "day"
) -> bytes:
    """A chart of simulations side by side, one panel for each and each of its currencies.

    All panels of one currency share the height of their axes.

    Raises:
        InvalidInput: `nothing-to-draw`, when no panel has a row; `too-many-panels`, over 12.
    """
    stacks = [
        _Stack(panel, each.times(panel.customers), _columns(panel, each.currency, by))
        for panel in panels
        for each in panel.simulation.totals
    ]
    _require_panels(stacks)
    with drawing():
        figure = _drawn(title, stacks, by)
        return image(figure, form)


def _columns(panel: Panel, currency: str, by: By) -> Columns:
    return columns(panel.simulation, currency, panel.customers, by)


def _require_panels(stacks: Sequence[_Stack]) -> None:
    if not stacks:
        raise InvalidInput("nothing-to-draw", "the simulation has neither revenue nor cost")
    if len(stacks) > MOST_PANELS:
        raise InvalidInput(
            "too-many-panels", f"{len(stacks)} panels; a chart has {MOST_PANELS} at most"
        )


def _drawn(title: str, stacks: Sequence[_Stack], by: By) -> Figure:
    across = _across(len(stacks))
    down = -(-len(stacks) // across)
    figure = sheet(title, rows=down)
    names = layer_names(stack.columns for stack in stacks)
    places = list(figure.subplots(down, across, squeeze=False).flat)
    for axes in places[len(stacks) :]:
        axes.remove()
    for axes, stack in zip(places, stacks, strict=False):
        _draw(axes, stack, names, across)
    _share_heights(places, stacks)
    places[0].set_ylabel(f"Per {by}")
    legend(figure, _handles(stacks, names))
    return figure


def _across(panels: int) -> int:
    """How many stand side by side: up to 3, but 4 as two by two."""
    return 2 if panels == _TWO_BY_TWO else min(panels, _PANELS_IN_A_ROW)


def _draw(axes: Axes, stack: _Stack, names: Sequence[str], across: int) -> None:
    most = LONGEST_TEXT // across
    title = [shortened(line, most) for line in stack.panel.title.splitlines()]
    sums = _sums(stack.totals)
    together = ", ".join(sums)
    lines = (
        [together]
        if len(together) <= most
        else [row for each in sums for row in wrap(each, most, break_on_hyphens=False)]
    )
    axes.set_title("\n".join([*title, *lines]))
    below = [-(cost or _ZERO) for cost in stack.columns.costs]
    _area(axes, stack.columns.edges, [_ZERO] * len(below), below, COST)
    _stack_layers(axes, stack.columns, names, below)
    if stack.totals.margin is not None:
        _margin_line(axes, stack.columns)
    axes.axhline(0, color=INK, linewidth=0.8)
    set_amount_axis(axes, stack.totals.currency)
    set_day_axis(axes, stack.panel.simulation.days, _LABELS // across)


def _sums(totals: Totals) -> tuple[str, str]:
    """What the panel comes to: "revenue $1,200.00" and "margin $720.00 (60 %)", or why not."""
    revenue = f"revenue {amount_text(totals.revenue, totals.currency)}"
    if totals.margin is None:
        first, *others = totals.missing
        more = f", and {len(others)} more" if others else ""
        return revenue, f"no margin: {first}{more}"
    share = totals.margin_percentage
    percent = "" if share is None else f" ({percentage_text(share)})"
    return revenue, f"margin {amount_text(totals.margin, totals.currency)}{percent}"


def _stack_layers(
    axes: Axes, stack: Columns, names: Sequence[str], below: Sequence[Fraction]
) -> None:
    """Every layer on those before it; what is negative goes down from below the costs."""
    high, low = [_ZERO] * len(below), list(below)
    for layer, colour in zip(stack.gathered(names), _colours(names), strict=True):
        base = [
            up if amount >= 0 else down
            for amount, up, down in zip(layer.amounts, high, low, strict=True)
        ]
        tops = [start + amount for start, amount in zip(base, layer.amounts, strict=True)]
        high = [max(each) for each in zip(high, tops, strict=True)]
        low = [min(each) for each in zip(low, tops, strict=True)]
        if layer.weight:
            _area(axes, stack.edges, base, tops, colour)


def _area(
    axes: Axes,
    edges: Sequence[int],
    base: Sequence[Fraction],
    tops: Sequence[Fraction],
    colour: str,
) -> None:
    """Columns from `base` to `tops`: bars with gaps where there are few, one area otherwise."""
    starts, ends = [*map(float, base)], [*map(float, tops)]
    if len(starts) <= _BARS:
        heights = [end - start for start, end in zip(starts, ends, strict=True)]
        widths = [(end - start) * _FILLED for start, end in pairwise(edges)]
        axes.bar(edges[:-1], heights, widths, starts, align="edge", color=colour, linewidth=0)
    else:
        last = [starts[-1]], [ends[-1]]
        axes.fill_between(
            edges, starts + last[0], ends + last[1], step="post", color=colour, linewidth=0
        )


def _margin_line(axes: Axes, stack: Columns) -> None:
    """The margin of every column at its middle; all of them are known."""
    margins = [float(margin or _ZERO) for margin in stack.margins]
    middles = [start + (end - start) * _FILLED / 2 for start, end in pairwise(stack.edges)]
    if len(margins) <= _BARS:
        axes.plot(middles, margins, color=INK, linewidth=1.8, marker="o", markersize=4)
    else:
        axes.step(stack.edges, [*margins, margins[-1]], where="post", color=INK, linewidth=1.1)


def _share_heights(places: Sequence[Axes], stacks: Sequence[_Stack]) -> None:
    """Panels of one currency get one scale, so that their heights compare."""
    scales: dict[str, list[Axes]] = {}
    for axes, stack in zip(places, stacks, strict=False):
        scales.setdefault(stack.totals.currency, []).append(axes)
    for same in scales.values():
        lows, highs = zip(*(axes.get_ylim() for axes in same), strict=True)
        for axes in same:
            axes.set_ylim(min(lows), max(highs))


def _colours(names: Sequence[str]) -> Sequence[str]:
    """A colour for each of `names`, and one for the others."""
    return [*PALETTE[: len(names)], OTHERS_COLOUR]


def _handles(stacks: Sequence[_Stack], names: Sequence[str]) -> list[Artist]:
    """The entries of the legend: charges, cost, margin."""
    entries: list[Artist] = [
        Patch(color=colour, label=shortened(name))
        for name, colour in zip([*names, OTHERS], _colours(names), strict=True)
        if name in names or any(stack.columns.gathered(names)[-1].weight for stack in stacks)
    ]
    if any(any(stack.columns.costs) for stack in stacks):
        entries.append(Patch(color=COST, label="Cost"))
    if any(stack.totals.margin is not None for stack in stacks):
        entries.append(Line2D([], [], color=INK, linewidth=1.8, label="Margin"))
    return entries
