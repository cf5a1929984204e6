"""Every case under tests/cases/simulation/days gives the days that were worked out by hand."""

from pathlib import Path

import pytest
from tests.simulation.day_cases import (
    FOLDER,
    Doc,
    as_written,
    case_files,
    read_case,
    simulated,
    totals_as_text,
    unexpected_days,
)

from planql.simulation.results import Simulation
from planql.simulation.rows import Row

COLUMNS = ("quantity", "cumulative", "revenue", "cost", "margin")


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.mark.parametrize("path", case_files(), ids=_name)
def test_days(path: Path) -> None:
    """Rows, totals, billing periods and notices are those that the case expects."""
    case = read_case(path)
    expected = case.document["expected"]
    simulation = simulated(case)
    for wanted in expected.get("rows", []):
        assert _unexpected(simulation, wanted) == [], case.document["because"]
    _check_sums(simulation, expected)


def _unexpected(simulation: Simulation, wanted: Doc) -> list[str]:
    row = _row(simulation, wanted)
    found = [
        problem
        for name in COLUMNS
        if name in wanted
        for problem in unexpected_days(wanted[name], row, simulation.days, name)
    ]
    if "missing" in wanted and list(row.missing) != wanted["missing"]:
        found.append(f"missing: {row.missing}")
    return found


def _row(simulation: Simulation, wanted: Doc) -> Row:
    named = ("charge", "name", "kind", "subscription", "currency", "meter")
    members = {name: wanted[name] for name in named if name in wanted}
    (row,) = [
        row
        for row in simulation.rows
        if all(getattr(row, name) == value for name, value in members.items())
    ]
    return row


def _check_sums(simulation: Simulation, expected: Doc) -> None:
    if "totals" in expected:
        found = [totals_as_text(each) for each in simulation.totals]
        for one, wanted in zip(found, expected["totals"], strict=True):
            assert one == one | as_written(wanted)
    if "periods" in expected:
        periods = [
            {
                "start": str(each.period.start),
                "end": str(each.period.end),
                "revenue": str(sum(total.revenue for total in simulation.of_period(each))),
            }
            for each in simulation.periods
        ]
        assert periods == expected["periods"]
    if "order" in expected:
        assert [row.charge or row.name for row in simulation.rows] == expected["order"]
    if "notices" in expected:
        assert [each.message for each in simulation.notices] == expected["notices"]


@pytest.mark.parametrize("path", case_files(), ids=_name)
def test_case_says_what_it_shows(path: Path) -> None:
    """A case gives the arithmetic in words, and expects something."""
    case = read_case(path)
    assert len(case.document["because"]) > 20
    assert case.document["expected"]
