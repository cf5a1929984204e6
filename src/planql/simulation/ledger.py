"""Rows while they are being filled: columns of integers over the days of the range.

Owns: cutting what is spread over days to the range, which rows there are.
Does not own: what goes into them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add, mul, sub

from planql.charge_models.scales import Scaled
from planql.simulation.day_ranges import DayRange
from planql.simulation.entries import RowKey
from planql.simulation.rows import Row
from planql.simulation.unit_costs import UnitCosts


@dataclass(slots=True)
class Columns:
    """The columns of one row, one number for each day of the range.

    Attributes:
        name: For people.
        costs: As far as they are known; None as long as nothing in the row has a unit cost.
        unknown: Places of the days whose cost is not known.
        missing: Why costs are unknown; a set that keeps its order.
    """

    name: str
    quantities: list[Scaled]
    cumulatives: list[Scaled]
    revenues: list[int]
    costs: list[Scaled] | None = None
    unknown: set[int] = field(default_factory=set)
    missing: dict[str, None] = field(default_factory=dict)

    def add_costs(
        self, days: DayRange, first: int, running: Sequence[Scaled], units: UnitCosts
    ) -> None:
        """Add what a running quantity rose by each day, times the unit cost of that day.

        Args:
            days: The range.
            first: Ordinal of the first day of `running`; one of its days is in the range.
            running: Up to the end of each day.
            units: What one unit costs on each day of the range.
        """
        costs = self._open_costs(days)
        start, end = days.places(first, len(running))
        rises = _rises(running, start + days.first - first, end - start)
        added = map(mul, rises, units.amounts[start:end])
        costs[start:end] = map(add, costs[start:end], added)
        for each in units.unknown:
            self._mark(max(each.start, start), min(each.end, end), each.reason)

    def mark(self, days: DayRange, first: int, count: int, reason: str) -> None:
        """Let the cost of some days be unknown, those outside the range left aside."""
        self._open_costs(days)
        self._mark(*days.places(first, count), reason)

    def known_costs(self) -> tuple[Scaled | None, ...] | None:
        """The cost of each day, None where it is unknown; None when nothing has a unit cost."""
        if self.costs is None:
            return None
        costs: list[Scaled | None] = [*self.costs]
        for place in self.unknown:
            costs[place] = None
        return tuple(costs)

    def _mark(self, start: int, end: int, reason: str) -> None:
        if start < end:
            self.unknown.update(range(start, end))
            self.missing[reason] = None

    def _open_costs(self, days: DayRange) -> list[Scaled]:
        if self.costs is None:
            self.costs = [0] * days.count
        return self.costs


class Ledger:
    """All rows of a simulation."""

    def __init__(self, days: DayRange) -> None:
        self._days = days
        self._rows: dict[RowKey, Columns] = {}

    def columns(self, key: RowKey, name: str) -> Columns:
        """The columns of a row, which begins with nothing on any day."""
        columns = self._rows.get(key)
        if columns is None:
            count = self._days.count
            columns = self._rows[key] = Columns(name, [0] * count, [0] * count, [0] * count)
        return columns

    def add_revenue(self, key: RowKey, name: str, first: int, units: Sequence[int]) -> None:
        """Add minor units to days from the ordinal `first` on; those outside are left out."""
        start, end = self._days.places(first, len(units))
        if start < end:
            skipped = start + self._days.first - first
            revenues = self.columns(key, name).revenues
            added = units[skipped : skipped + end - start]
            revenues[start:end] = map(add, revenues[start:end], added)

    def add_quantity(self, key: RowKey, name: str, first: int, values: Sequence[Scaled]) -> None:
        """Add to what stands on days from the ordinal `first` on, some of them in the range."""
        start, end = self._days.places(first, len(values))
        skipped = start + self._days.first - first
        columns = self.columns(key, name)
        added = values[skipped : skipped + end - start]
        columns.quantities[start:end] = map(add, columns.quantities[start:end], added)
        columns.cumulatives[start:end] = columns.quantities[start:end]

    def add_usage(self, key: RowKey, name: str, first: int, running: Sequence[Scaled]) -> None:
        """Add what a running quantity rose by each day, from the ordinal `first` on.

        Some of these days are in the range.
        """
        start, end = self._days.places(first, len(running))
        skipped = start + self._days.first - first
        columns = self.columns(key, name)
        rises = _rises(running, skipped, end - start)
        columns.quantities[start:end] = map(add, columns.quantities[start:end], rises)
        columns.cumulatives[start:end] = running[skipped : skipped + end - start]

    def rows(self, rank: Callable[[RowKey], tuple[int, ...]]) -> tuple[Row, ...]:
        """The rows by `rank`, those of one rank as they were begun."""
        keys = sorted(self._rows, key=rank)
        return tuple(_row(key, self._rows[key]) for key in keys)


def _rises(running: Sequence[Scaled], skipped: int, count: int) -> Iterator[Scaled]:
    """By how much a running quantity rose on each of `count` days, after `skipped` ones."""
    before = running[skipped - 1] if skipped else 0
    days = running[skipped : skipped + count]
    return map(sub, days, [before, *days])


def _row(key: RowKey, columns: Columns) -> Row:
    return Row(
        subscription=key.subscription,
        charge=key.charge,
        name=columns.name,
        kind=key.kind,
        currency=key.currency,
        meter=key.meter,
        quantities=tuple(columns.quantities),
        cumulatives=tuple(columns.cumulatives),
        revenues=tuple(columns.revenues),
        costs=columns.known_costs(),
        missing=tuple(columns.missing),
    )
