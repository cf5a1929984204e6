"""Simulations for people: periods, charges, what is missing, and all runs side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planql.cli.reporters.charge_places import DRAFT, where
from planql.cli.reporters.nouns import counted
from planql.cli.screens import print_table
from planql.cli.simulated import By, SimulatedRange
from planql.money import currency_digits, fixed, grouped, plain, round_half_away
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.results import Simulation
from planql.simulation.rows import Row
from planql.simulation.side_by_side import Simulated
from planql.simulation.totals import Totals

NONE: Final = "\N{EN DASH}"
"""What stands where there is no figure."""

_QUANTITY_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A row of the table of periods: from the day at `first` to the one before `end`."""

    first: int
    end: int


def print_simulations(answer: SimulatedRange, console: Console) -> None:
    """Print every run, then all of them side by side where there are several."""
    for place, run in enumerate(answer.runs):
        _say(console, "\n" * bool(place), end="")
        for currency, simulation in run.by_currency():
            _print_run(answer, run, currency, simulation, console)
        if not run.simulation.rows:
            _say(console, f"{_title(run)}: nothing is earned, and nothing is spent.")
        for notice in run.simulation.notices:
            _say(console, f"warning: {notice.message}")
    if len(answer.runs) > 1:
        _say(console, "")
        print_table(console, _side_by_side(answer.runs))
    if answer.unread:
        _say(console, f"{counted(answer.unread, 'line')} of the file could not be read as events")


def _print_run(
    answer: SimulatedRange, run: Simulated, currency: str, simulation: Simulation, console: Console
) -> None:
    _say(console, _title(run))
    first, last = simulation.days[0], simulation.days[-1]
    _say(console, f"{first} to {last}, {currency}, {answer.recognition}\n")
    print_table(console, _stretches_table(simulation, answer.by or "period", currency))
    _say(console, "")
    print_table(console, _charges_table(run.priced, simulation, currency))
    reasons = dict.fromkeys(reason for row in simulation.rows for reason in row.missing)
    for reason in reasons:
        _say(console, f"cost {NONE}: {reason}")


def _title(run: Simulated) -> str:
    return f"{run.plan.name} ({run.label}), {run.title}"


def _say(console: Console, text: str, end: str = "\n") -> None:
    console.print(Text(text), soft_wrap=True, end=end)


def _stretches_table(simulation: Simulation, by: By, currency: str) -> Table:
    """Revenue, cost and margin of each period; of a single charge its quantity, too."""
    only = simulation.rows[0] if len(simulation.rows) == 1 else None
    has_quantity = only is not None and only.total_quantity() is not None
    table = _table(*(["day"] if by == "day" else ["first day", "last day"]))
    numbers = ["quantity", *(["so far"] if by == "day" else [])] if has_quantity else []
    for heading in (*numbers, *_SUMS):
        table.add_column(heading, justify="right")
    for stretch in _stretches(simulation, by):
        totals = simulation.between(stretch.first, stretch.end)[0]
        quantities = _quantities(only, stretch)[: len(numbers)] if only else []
        days = [simulation.days[stretch.first], simulation.days[stretch.end - 1]]
        shown = days[:1] if by == "day" else days
        table.add_row(*map(str, shown), *quantities, *_sums(totals, currency))
    return table


_SUMS: Final = ("revenue", "cost", "margin", "%")


def _stretches(simulation: Simulation, by: By) -> Iterator[_Stretch]:
    """The billing periods, months or days of the range; a period beyond its ends is cut."""
    if by == "period":
        spans = {(each.first, each.end) for each in simulation.periods if each.end > each.first}
        yield from (_Stretch(*span) for span in sorted(spans))
        return
    starts = [place for place, day in enumerate(simulation.days) if by == "day" or day.day == 1]
    for first, end in pairwise(sorted({0, *starts, len(simulation.days)})):
        yield _Stretch(first, end)


def _quantities(row: Row, stretch: _Stretch) -> list[str]:
    used = row.total_quantity(stretch.first, stretch.end)
    return [NONE if used is None else _quantity(used), _quantity(row.cumulative(stretch.end - 1))]


def _charges_table(priced: PricedPlan, simulation: Simulation, currency: str) -> Table:
    """Every charge over the range, and the total; where there are drafts, which ones they are."""
    table = _table("charge")
    for heading in ("quantity", *_SUMS):
        table.add_column(heading, justify="right")
    places = [where(priced, row.charge).rpartition("/")[2] for row in simulation.rows]
    has_drafts = DRAFT in places
    if has_drafts:
        table.add_column("where")
    for row, place in zip(simulation.rows, places, strict=True):
        used = row.total_quantity()
        quantity = "" if used is None else _quantity(used)
        name = f"{row.name}, not billed" if row.kind == "unbilled_usage" else row.name
        last = [Text(place)] if has_drafts else []
        table.add_row(Text(name), quantity, *_sums(row.totals(), currency), *last)
    table.add_section()
    for totals in simulation.totals:
        table.add_row("total", "", *_sums(totals, currency))
    return table


def _side_by_side(runs: Sequence[Simulated]) -> Table:
    """A row for each run and currency."""
    table = _table("plan", "scenario", "")
    for heading in _SUMS:
        table.add_column(heading, justify="right")
    for run in runs:
        for totals in run.simulation.totals:
            sums = _sums(totals, totals.currency)
            table.add_row(Text(run.label), Text(run.title), totals.currency, *sums)
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading)
    return table


def _sums(totals: Totals, currency: str) -> list[str]:
    """Revenue, cost, margin and margin in percent, rounded for people.

    Where nothing has a unit cost, as of fees, there is no cost to show: neither 0 nor unknown.
    """
    digits = currency_digits(currency)
    has_cost = totals.cost is not None or totals.missing
    percentage = totals.margin_percentage
    return [
        _amount(totals.revenue, digits),
        _amount(totals.cost, digits) if has_cost else "",
        _amount(totals.margin, digits),
        NONE if percentage is None else f"{fixed(round_half_away(percentage, 1), 1)}",
    ]


def _amount(amount: Fraction | None, digits: int) -> str:
    return NONE if amount is None else grouped(fixed(amount, digits))


def _quantity(quantity: Fraction) -> str:
    return grouped(plain(round_half_away(quantity, _QUANTITY_DIGITS)))
