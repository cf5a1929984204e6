"""Simulations for spreadsheets: one line per day and charge."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import Final

from planql.cli.reporters.charge_places import where
from planql.cli.simulated import SimulatedRange
from planql.money import currency_digits, fixed, plain
from planql.simulation.rows import Row
from planql.simulation.side_by_side import Simulated

COLUMNS: Final = (
    "plan",
    "scenario",
    "customers",
    "date",
    "charge",
    "name",
    "kind",
    "quantity",
    "cumulative",
    "currency",
    "revenue",
    "cost",
    "margin",
    "missing",
    "source",
)
"""Names of the columns; a charge, a cost or a margin that there is not, is empty.

`missing` says why a cost is not known; it is empty where one is, and for fees, which have none.
`source` is the file and line of the charge's price, or "draft"; it is empty for what is no charge.
"""


def simulations_csv(answer: SimulatedRange) -> str:
    """The answer as CSV with a heading; numbers are plain decimal text, exact."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for run in answer.runs:
        writer.writerows(_lines(run))
    return text.getvalue()


def _lines(run: Simulated) -> Iterator[tuple[object, ...]]:
    """The lines of a run, charge by charge."""
    head = (run.label, run.scenario, run.customers)
    for row in run.simulation.rows:
        digits = currency_digits(row.currency)
        source = where(run.priced, row.charge)
        for place, day in enumerate(run.simulation.days):
            yield (
                *head,
                day,
                row.charge or "",
                row.name,
                row.kind,
                plain(row.quantity(place)),
                plain(row.cumulative(place)),
                row.currency,
                fixed(row.revenue(place), digits),
                _text(row.cost(place)),
                _text(row.margin(place)),
                _missing(row, place),
                source,
            )


def _missing(row: Row, place: int) -> str:
    """Why the cost of a day is not known: what is missing in the row."""
    return "; ".join(row.missing) if row.margin(place) is None else ""


def _text(number: Fraction | None) -> str:
    return "" if number is None else plain(number)
