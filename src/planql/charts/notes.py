"""A few words beside marks on a chart, placed where they cover neither lines nor each other.

Places are tried in a fixed order and the first of the best is taken, so that a chart is drawn the
same way every time. All distances are in points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from matplotlib.axes import Axes

from planql.charts.style import HEIGHT, INK, WIDTH

_POINTS_PER_INCH: Final = 72
_CHART: Final = (WIDTH * 0.9 * _POINTS_PER_INCH, HEIGHT * 0.74 * _POINTS_PER_INCH)
"""About the size of the one chart on a sheet."""
_LETTER: Final = 9.2
"""About the width of a bold letter."""
_LINE: Final = 20
_DISTANCES: Final = (22, 44, 70, 100, 135)
_SIDES: Final = ((1, -1), (-1, 1), (1, 1), (-1, -1))
"""Right below first, where a rising line leaves most room, then left above."""
_SAMPLES: Final = 240
"""Points of each line that words should not cover."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words about a place on the chart, in its own units."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class _Box:
    """Where words would stand."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    @property
    def is_on_chart(self) -> bool:
        width, height = _CHART
        return self.left >= 0 and self.bottom >= 0 and self.right <= width and self.top <= height


def write_notes(
    axes: Axes, notes: Sequence[Note], lines: Sequence[Sequence[tuple[float, float]]]
) -> None:
    """Write all notes, each joined to its place by a thin line.

    Args:
        axes: With its limits set; they start at 0.
        notes: From left to right.
        lines: The corners of what is drawn, from left to right.
    """
    covered = [_at(axes, x, y) for line in lines for x, y in _sampled(line)]
    taken: list[_Box] = []
    for note in notes:
        place = _at(axes, note.x, note.y)
        offset, box = min(
            _offers(place, note.text), key=lambda offer: _harm(offer[1], covered, taken)
        )
        taken.append(box)
        _write(axes, note, offset)


def _at(axes: Axes, x: float, y: float) -> tuple[float, float]:
    return x / axes.get_xlim()[1] * _CHART[0], y / axes.get_ylim()[1] * _CHART[1]


def _sampled(line: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Points on the straight parts between the corners of a line."""
    parts = max(_SAMPLES // max(len(line) - 1, 1), 2)
    for (x, y), (next_x, next_y) in pairwise(line):
        for part in range(parts + 1):
            yield x + (next_x - x) * part / parts, y + (next_y - y) * part / parts


def _offers(place: tuple[float, float], text: str) -> Iterator[tuple[tuple[int, int], _Box]]:
    """Every place that is tried: how far from the mark, and the box of the words there."""
    width = _LETTER * len(text)
    for distance in _DISTANCES:
        for side, up in _SIDES:
            offset = side * (distance // 2 + 8), up * distance
            left = place[0] + offset[0] - (width if side < 0 else 0)
            middle = place[1] + offset[1]
            yield offset, _Box(left, middle - _LINE / 2, left + width, middle + _LINE / 2)


def _harm(box: _Box, covered: Sequence[tuple[float, float]], taken: Sequence[_Box]) -> int:
    """How bad a place is: off the chart, over other words, over lines."""
    over_words = sum(box.meets(other) for other in taken)
    over_lines = sum(box.holds(*point) for point in covered)
    return 1000 * (not box.is_on_chart) + 100 * over_words + over_lines


def _write(axes: Axes, note: Note, offset: tuple[int, int]) -> None:
    axes.annotate(
        note.text,
        (note.x, note.y),
        xytext=offset,
        textcoords="offset points",
        horizontalalignment="left" if offset[0] > 0 else "right",
        verticalalignment="center",
        color=INK,
        fontweight="bold",
        arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.8},
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        zorder=6,
    )
