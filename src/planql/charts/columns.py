"""What a chart of a simulation stacks: exact sums of days or months, then floats for the paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from planql.simulation.results import Simulation
from planql.simulation.rows import Row
from planql.simulation.totals import Totals, in_all

By = Literal["day", "month"]
"""What one column stands for: a day, or the days of a calendar month inside the range."""

MOST_LAYERS: Final = 7
"""Most colours of one stack; what earns least is drawn together."""

OTHERS: Final = "Other charges"
"""What they are called."""

_ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Layer:
    """The revenue of one charge, column by column, in major units."""

    name: str
    amounts: tuple[Fraction, ...]

    @property
    def weight(self) -> Fraction:
        """How much of a chart it takes."""
        return sum((abs(amount) for amount in self.amounts), _ZERO)


@dataclass(frozen=True, slots=True)
class Columns:
    """All amounts of a chart in one currency.

    Attributes:
        edges: Places of days at which columns begin; then the place after the last day.
        layers: Revenue by name of the charge, in the order of the plan; only what earned anything.
        costs: Of each column; None where a part is unknown.
        margins: Of each column; None where a part of its cost is unknown.
    """

    edges: tuple[int, ...]
    layers: tuple[Layer, ...]
    costs: tuple[Fraction | None, ...]
    margins: tuple[Fraction | None, ...]

    def gathered(self, names: Sequence[str]) -> tuple[Layer, ...]:
        """A layer for each of `names`, and all others together in the last one."""
        zero = (_ZERO,) * len(self.costs)
        by_name = {layer.name: layer for layer in self.layers}
        others = [layer.amounts for layer in self.layers if layer.name not in names]
        together = (sum(column, _ZERO) for column in zip(zero, *others, strict=True))
        kept = (by_name.get(name, Layer(name, zero)) for name in names)
        return (*kept, Layer(OTHERS, tuple(together)))


def columns(simulation: Simulation, currency: str, customers: int, by: By) -> Columns:
    """The columns of a simulation in `currency`, for so many customers."""
    edges = _edges(simulation.days, by)
    rows = [row for row in simulation.rows if row.currency == currency]
    sums = [_column(rows, span, customers) for span in pairwise(edges)]
    return Columns(
        edges,
        tuple(_layers(rows, edges, customers)),
        tuple(None if each.missing else each.cost or _ZERO for each in sums),
        tuple(each.margin for each in sums),
    )


def layer_names(stacks: Iterable[Columns]) -> tuple[str, ...]:
    """The names that get a colour of their own, in the order they come up; 7 at most.

    Of more, those that weigh most over all stacks; one colour is then left to the others.
    """
    weights: dict[str, Fraction] = {}
    for layer in (layer for stack in stacks for layer in stack.layers):
        weights[layer.name] = weights.get(layer.name, _ZERO) + layer.weight
    if len(weights) <= MOST_LAYERS:
        return tuple(weights)
    heaviest = sorted(weights, key=lambda name: weights[name], reverse=True)[: MOST_LAYERS - 1]
    return tuple(name for name in weights if name in heaviest)


def _edges(days: Sequence[date], by: By) -> tuple[int, ...]:
    starts = (place for place, day in enumerate(days) if by == "day" or day.day == 1)
    return tuple(sorted({0, *starts, len(days)}))


def _column(rows: Sequence[Row], span: tuple[int, int], customers: int) -> Totals:
    """The sums of one column; `rows` are of one currency."""
    sums = in_all(row.totals(*span) for row in rows)
    return sums[0].times(customers)


def _layers(rows: Sequence[Row], edges: Sequence[int], customers: int) -> Iterator[Layer]:
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        if any(row.revenues):
            by_name.setdefault(row.name, []).append(row)
    for name, same in by_name.items():
        yield Layer(name, tuple(_revenue(same, span, customers) for span in pairwise(edges)))


def _revenue(rows: Sequence[Row], span: tuple[int, int], customers: int) -> Fraction:
    return sum((row.totals(*span).revenue for row in rows), _ZERO) * customers
