"""Simulations and curves to draw, and what a drawn SVG says."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from tests.rating.building import Doc, usage_charge

from planql.charts.curves import CurveChart
from planql.simulation.crossings import compare
from planql.simulation.curves import charge_curve, cost_curve
from planql.simulation.results import Simulation
from planql.simulation.rows import COST_SCALE, Row, RowKind

GOLDENS = Path(__file__).resolve().parent.parent / "cases" / "charts"


def row(  # noqa: PLR0913 - a row has many members
    name: str,
    revenues: Sequence[int],
    costs: Sequence[int | None] | None = None,
    *,
    currency: str = "USD",
    kind: RowKind = "usage",
    missing: Sequence[str] = (),
) -> Row:
    """A row of a charge with `revenues` in cents and `costs` in dollars."""
    quantities = (0,) * len(revenues)
    return Row(
        subscription="s",
        charge=name.lower(),
        name=name,
        kind=kind,
        currency=currency,
        meter=None,
        quantities=quantities,
        cumulatives=quantities,
        revenues=tuple(revenues),
        costs=None if costs is None else tuple(map(scaled_cost, costs)),
        missing=tuple(missing),
    )


def scaled_cost(dollars: int | None) -> int | None:
    """A cost as rows hold it."""
    return None if dollars is None else dollars * COST_SCALE


def simulation(*rows: Row, start: date = date(2026, 10, 1)) -> Simulation:
    """A simulation of rows, from `start` on."""
    days = tuple(start + timedelta(place) for place in range(len(rows[0].revenues)))
    return Simulation(days, "accrual", rows, ())


def curve_chart_of(
    models: Sequence[Doc], top: int, unit_cost: str | None = None, title: str = "Tickets"
) -> CurveChart:
    """A chart of models up to a quantity, each compared with the next one and with the cost."""
    curves = tuple(
        charge_curve(usage_charge(model), "USD", Fraction(top), f"v{place}")
        for place, model in enumerate(models, start=1)
    )
    costs = (
        ()
        if unit_cost is None
        else (cost_curve("USD", Fraction(top), unit_cost=Fraction(unit_cost), fixed=Fraction(10)),)
    )
    pairs = [*pairwise(curves), *((curves[0], cost) for cost in costs)]
    comparisons = tuple(compare(one, other) for one, other in pairs)
    return CurveChart(title, "Tickets per month", curves, costs, comparisons)


def texts(svg: bytes) -> list[str]:
    """The texts on a chart; matplotlib draws their letters as shapes and notes the words."""
    return re.findall(r"<!-- (.*?) -->", svg.decode(), re.DOTALL)
