"""The answer of `planql simulate`, before it is printed in one form or another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from planql.catalog.rate_plans import RatePlan
from planql.periods import Period
from planql.simulation.results import Recognition, Simulation

By = Literal["period", "month", "day"]
"""What a row of a table, or a column of a chart, stands for."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """One plan under one scenario.

    Attributes:
        label: What the user called the plan: "support-pro@2", "main:support-pro@2".
        scenario: Key of the scenario; "inline", or the customer whose usage was recorded.
        name: The scenario's, for people.
        customers: How many such customers there are.
        simulation: Of all of these customers together, of the charges that were asked for.
    """

    label: str
    plan: RatePlan
    scenario: str
    name: str
    customers: int
    simulation: Simulation

    @property
    def title(self) -> str:
        """The scenario and how many customers it stands for: "Typical, 120 customers"."""
        return self.name if self.customers == 1 else f"{self.name}, {self.customers:,} customers"

    def by_currency(self) -> Iterator[tuple[str, Simulation]]:
        """The simulation in each of its currencies alone."""
        for totals in self.simulation.totals:
            rows = tuple(row for row in self.simulation.rows if row.currency == totals.currency)
            yield totals.currency, replace(self.simulation, rows=rows)


@dataclass(frozen=True, slots=True)
class SimulatedRange:
    """Everything that was simulated at once.

    Attributes:
        days: The range, half-open.
        by: What the user wants to see; None is the form's own choice.
        runs: By plan, then by scenario.
        unread: How many lines of a file of recorded usage are no events.
    """

    days: Period
    recognition: Recognition
    by: By | None
    runs: tuple[Simulated, ...]
    unread: int = 0
