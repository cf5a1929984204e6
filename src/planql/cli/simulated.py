"""The answer of `planql simulate`, before it is printed in one form or another."""

from dataclasses import dataclass
from typing import Literal

from planql.periods import Period
from planql.simulation.results import Recognition
from planql.simulation.side_by_side import Simulated

By = Literal["period", "month", "day"]
"""What a row of a table, or a column of a chart, stands for."""


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
