"""Charts of impacts: revenue before and after by plan and scenario, and customers by change.

::

    support-pro, Typical    ########  $8,069          customers
                            #########  $8,354  +3 %      |    _
    support-pro, Heavy      ####  ...                    |  _| |_
                                                         +--------- change in percent

One panel for each currency of scenarios, and one for each currency of customers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from planql.charts.axes import amount_text, percentage_text
from planql.charts.sheets import ImageFormat, drawing, image, legend, sheet, shortened
from planql.charts.style import INK, MUTED, PALETTE
from planql.errors import InvalidInput
from planql.impact.results import Bucket, Impact, Movement, PlanPair, ScenarioImpact
from planql.money import plain

MOST_PAIRS: Final = 10
"""Most plans and scenarios in one panel; those that change most are kept."""

_BEFORE: Final = "#9AA5B1"
_AFTER: Final = PALETTE[0]
_RISE: Final = PALETTE[5]
_FALL: Final = PALETTE[2]
_THICKNESS: Final = 0.38
"""Of a bar, where a pair and the gap after it take 1."""
_ROOM: Final = {1: 1.35, 2: 1.85}
"""Panels side by side -> width of one over its longest bar: room for the words at its end."""
_FEW: Final = 7
_SMALL: Final = {True: 11, False: 9}
"""Whether there are few buckets -> size of the letters below them."""
_NAME: Final = 30
"""Most characters of a name beside a bar."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two bars: the average month of all customers of a scenario, before and after."""

    name: str
    before: Fraction | None
    after: Fraction | None

    @property
    def greatest(self) -> Fraction:
        """The longer bar."""
        return max(each for each in (self.before, self.after) if each is not None)

    @property
    def change(self) -> Fraction:
        """How far apart the two are."""
        return abs((self.after or Fraction(0)) - (self.before or Fraction(0)))


@dataclass(slots=True)
class _Panels:
    """What is drawn: pairs by currency, and the customers of each currency."""

    pairs: dict[str, list[_Pair]] = field(default_factory=dict)
    movements: tuple[Movement, ...] = ()

    @property
    def count(self) -> int:
        """How many panels there are."""
        return len(self.pairs) + len(self.movements)


def impact_chart(impact: Impact, form: ImageFormat) -> bytes:
    """A chart of an impact: a panel for each currency of scenarios and of customers.

    Raises:
        InvalidInput: `nothing-to-draw`, when no revenue is known.
    """
    customers = impact.customers
    panels = _Panels(_pairs(impact.scenarios), customers.movements if customers else ())
    if not panels.count:
        raise InvalidInput("nothing-to-draw", "no revenue is known, neither before nor after")
    with drawing():
        return image(_drawn(panels, f"Impact on {_plans(impact)}"), form)


def _plans(impact: Impact) -> str:
    """Every plan with its versions: "support-pro v2 → v3"."""
    return ", ".join(f"{pair.key} {_versions(pair)}" for pair in impact.plans)


def _versions(pair: PlanPair) -> str:
    versions = [f"v{side.entity.version}" for side in (pair.before, pair.after) if side]
    return " → ".join(dict.fromkeys(versions))


def _pairs(scenarios: Sequence[ScenarioImpact]) -> dict[str, list[_Pair]]:
    """The pairs of each currency; one whose currency changes has a bar in each."""
    found: dict[str, list[_Pair]] = {}
    for each in scenarios:
        sides = [each.before_per_month, each.after_per_month]
        name = f"{shortened(each.plan.key, _NAME)}\n{shortened(each.name, _NAME)}"
        for currency in dict.fromkeys(side.currency for side in sides if side):
            amounts = [
                side.revenue if side and side.currency == currency else None for side in sides
            ]
            found.setdefault(currency, []).append(_Pair(name, *amounts))
    return found


def _drawn(panels: _Panels, title: str) -> Figure:
    across = min(panels.count, 2)
    down = -(-panels.count // across)
    figure = sheet(title, rows=down)
    places = list(figure.subplots(down, across, squeeze=False).flat)
    for axes in places[panels.count :]:
        axes.remove()
    for axes, (currency, pairs) in zip(places, panels.pairs.items(), strict=False):
        _draw_pairs(axes, pairs, currency, _ROOM[across])
    for axes, movement in zip(places[len(panels.pairs) :], panels.movements, strict=False):
        _draw_movement(axes, movement)
    legend(figure, list(_handles(panels)))
    return figure


def _handles(panels: _Panels) -> Iterator[Artist]:
    if panels.pairs:
        yield Patch(color=_BEFORE, label="Before")
        yield Patch(color=_AFTER, label="After")
    if panels.movements:
        yield Patch(color=_RISE, label="Would pay more")
        yield Patch(color=_FALL, label="Would pay less")


def _draw_pairs(axes: Axes, pairs: Sequence[_Pair], currency: str, room: float) -> None:
    """Bars that lie, the first pair on top; how much each is, and how much changes, at its end."""
    kept = _most_changed(pairs)
    cut = len(pairs) - len(kept)
    more = f", {len(kept)} of {len(pairs)}" if cut else ""
    axes.set_title(
        f"Revenue in an average month ({currency}{more})\nall customers of each scenario"
    )
    for place, pair in enumerate(kept):
        _bar(axes, place - _THICKNESS / 2, pair.before, _BEFORE, currency)
        _bar(axes, place + _THICKNESS / 2, pair.after, _AFTER, currency, _change(pair))
    axes.set_yticks(range(len(kept)), [pair.name for pair in kept])
    axes.set_ylim(max(len(kept), 2) - 0.4, -0.6)
    axes.set_xlim(0, float(max(pair.greatest for pair in kept)) * room or 1)
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)


def _most_changed(pairs: Sequence[_Pair]) -> Sequence[_Pair]:
    """All of them, or those that change most, in their order."""
    largest = sorted(pairs, key=lambda pair: pair.change, reverse=True)[:MOST_PAIRS]
    return [pair for pair in pairs if pair in largest]


def _bar(  # noqa: PLR0913, PLR0917 - where, how long, and how it looks
    axes: Axes,
    place: float,
    amount: Fraction | None,
    colour: str,
    currency: str,
    change: str = "",
) -> None:
    if amount is None:
        return
    length = float(amount)
    axes.barh(place, length, _THICKNESS, color=colour, linewidth=0)
    axes.annotate(
        f"{amount_text(amount, currency)}{change}",
        (max(length, 0), place),
        xytext=(6, 0),
        textcoords="offset points",
        verticalalignment="center",
        color=INK if change else MUTED,
    )


def _change(pair: _Pair) -> str:
    """The change in percent; that something is new where there was nothing."""
    if pair.before is None or pair.after is None:
        return " (new)" if pair.before is None else ""
    if not pair.before:
        return ""
    percentage = (pair.after / pair.before - 1) * 100
    return f" ({'+' if percentage > 0 else ''}{percentage_text(percentage)})"


def _draw_movement(axes: Axes, movement: Movement) -> None:
    """How many customers change by how many percent, falls left of rises."""
    axes.set_title(
        f"Customers by change in percent ({movement.currency})\n"
        f"{movement.more:,} pay more, {movement.less:,} less, {movement.same:,} the same"
    )
    buckets = _filled(movement.percentages)
    counts = [bucket.customers for bucket in buckets]
    places = range(len(buckets))
    axes.bar(places, counts, 0.86, color=[_colour(bucket) for bucket in buckets], linewidth=0)
    for place, count in zip(places, counts, strict=True):
        if count:
            axes.annotate(
                f"{count:,}",
                (place, count),
                xytext=(0, 5),
                textcoords="offset points",
                horizontalalignment="center",
                color=INK,
            )
    axes.set_xticks(
        places, [_label(bucket) for bucket in buckets], fontsize=_SMALL[len(buckets) <= _FEW]
    )
    axes.set_ylim(0, max([*counts, 1]) * 1.15)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))


def _filled(buckets: Sequence[Bucket]) -> Sequence[Bucket]:
    """From the first bucket with anybody to the last one, and the middle."""
    middle = len(buckets) // 2
    filled = [middle, *(place for place, each in enumerate(buckets) if each.customers)]
    return buckets[max(min(filled) - 1, 0) : max(filled) + 2]


def _colour(bucket: Bucket) -> str:
    if bucket.lower == bucket.upper:
        return _BEFORE
    return _RISE if bucket.lower is not None and bucket.lower >= 0 else _FALL


def _label(bucket: Bucket) -> str:
    """The bounds of a bucket, one below the other."""
    lower, upper = bucket.lower, bucket.upper
    if upper is None:
        return f"over\n{_bound(lower)}"
    if lower is None:
        return f"under\n{_bound(upper)}"
    return "0" if lower == upper else f"{_bound(lower)}\nto {_bound(upper)}"


def _bound(value: Fraction | None) -> str:
    number = value or Fraction(0)
    return f"{'+' if number > 0 else ''}{plain(number)}"
