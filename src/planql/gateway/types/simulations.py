"""What a simulation gives: runs, and what they come to by billing period, month and day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import strawberry

from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.simulated_rows import (
    CONFIDENTIAL,
    SimulatedRow,
    SimulatedTotals,
    row_view,
    totals_views,
)
from planql.gateway.types.simulation_enums import Recognition
from planql.periods import one_day_later
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.results import Notice, Simulation
from planql.simulation.side_by_side import Simulated


@strawberry.type(description="Days one after another, and what all rows come to on them.")
class SimulatedSpan:
    """A billing period, a calendar month or a day."""

    start: dt.date = strawberry.field(description="The first day.")
    end: dt.date = strawberry.field(description="The day after the last one.")
    totals: list[SimulatedTotals] = strawberry.field(
        description="Of its days that lie in the range, one per currency."
    )


@strawberry.type(description="What a person should know of a simulation.")
class SimulationNotice:
    """`planql.simulation.results.Notice`."""

    code: str = strawberry.field(
        description="Stable: `margin-under-guardrail`, `migration-overtaken`."
    )
    message: str = strawberry.field(description="In a sentence, values quoted.")
    currency: CurrencyCode | None = strawberry.field(
        description="Of the totals that it is about; null where it is about no amount."
    )
    value: Fraction | None = strawberry.field(
        description="What was found, such as the margin in percent; null for nothing."
    )
    limit: Fraction | None = strawberry.field(
        description="What it was held against; null for nothing."
    )


def _run_totals(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedTotals]:
    return totals_views(root.simulation.totals)


def _run_rows(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedRow]:
    dates, priced = root.simulation.days, root.priced
    return [row_view(row, dates, priced) for row in root.simulation.rows]


def _run_periods(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedSpan]:
    simulation = root.simulation
    return [
        SimulatedSpan(
            start=each.period.start,
            end=each.period.end,
            totals=totals_views(simulation.of_period(each)),
        )
        for each in simulation.periods
    ]


def _run_months(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedSpan]:
    starts = [place for place, day in enumerate(root.simulation.days) if day.day == 1]
    return list(_spans(root.simulation, starts))


def _run_days(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedSpan]:
    return list(_spans(root.simulation, range(len(root.simulation.days))))


@strawberry.type(
    description="One plan, used in one way; figures are for all customers of the scenario."
)
class SimulatedRun:
    """`planql.simulation.side_by_side.Simulated`."""

    simulation: strawberry.Private[Simulation]
    priced: strawberry.Private[PricedPlan]
    plan: str = strawberry.field(
        description="What the plan is called: `support-pro@2`, `main:support-pro@2`."
    )
    rate_plan: str = strawberry.field(description="Key of the plan.")
    version: int = strawberry.field(description="Its version.")
    scenario: str = strawberry.field(
        description="Key of the scenario, or of the customer whose usage was recorded."
    )
    name: str = strawberry.field(description="The scenario's name.")
    customers: int = strawberry.field(description="How many such customers the figures are for.")
    totals: list[SimulatedTotals] = strawberry.field(
        resolver=_run_totals, description="Over the range, one per currency."
    )
    periods: list[SimulatedSpan] = strawberry.field(
        resolver=_run_periods,
        description="Its billing periods, whole, even where they reach out of the range.",
    )
    months: list[SimulatedSpan] = strawberry.field(
        resolver=_run_months, description="The calendar months of the range, cut at its ends."
    )
    days: list[SimulatedSpan] = strawberry.field(
        resolver=_run_days, description="The days of the range, all rows together."
    )
    rows: list[SimulatedRow] = strawberry.field(
        resolver=_run_rows,
        description="Charges in the order of the plan, costs of no charge last.",
    )
    notices: list[SimulationNotice] = strawberry.field(
        description="Missed guardrails, among others.", metadata=CONFIDENTIAL
    )


@strawberry.type(description="What prices would earn and cost, before anyone saves them.")
class SimulatedRange:
    """An answer of `simulate`."""

    start: dt.date = strawberry.field(description="The first day.")
    end: dt.date = strawberry.field(description="The day after the last one.")
    recognition: Recognition = strawberry.field(description="Where revenue stands.")
    runs: list[SimulatedRun] = strawberry.field(description="By plan, then by scenario.")


def run_view(run: Simulated, priced: PricedPlan) -> SimulatedRun:
    """A run as the schema shows it."""
    return SimulatedRun(
        simulation=run.simulation,
        priced=priced,
        plan=run.label,
        rate_plan=run.plan.key,
        version=run.plan.version,
        scenario=run.scenario,
        name=run.name,
        customers=run.customers,
        notices=[_notice_view(each) for each in run.simulation.notices],
    )


def _spans(simulation: Simulation, starts: Sequence[int]) -> Iterator[SimulatedSpan]:
    """Spans that begin at these places, and at the first day; each ends where the next begins."""
    for first, end in pairwise(sorted({0, *starts, len(simulation.days)})):
        yield SimulatedSpan(
            start=simulation.days[first],
            end=one_day_later(simulation.days[end - 1]),
            totals=totals_views(simulation.between(first, end)),
        )


def _notice_view(notice: Notice) -> SimulationNotice:
    return SimulationNotice(
        code=notice.code,
        message=notice.message,
        currency=CurrencyCode(notice.currency) if notice.currency else None,
        value=notice.value,
        limit=notice.limit,
    )
