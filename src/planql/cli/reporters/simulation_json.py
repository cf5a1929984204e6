"""Simulations for programs: what `planql simulate --format json` prints."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from planql.catalog.diff import line_of
from planql.cli.simulated import SimulatedRange
from planql.entity import Entity, Items
from planql.money import plain
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.results import BillingPeriod, Notice, Recognition, Simulation
from planql.simulation.rows import Row, RowKind
from planql.simulation.side_by_side import Simulated
from planql.simulation.totals import Totals

DecimalText = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}),
]
"""A number as plain decimal text, exact; one without an end has 12 decimals."""
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""A local day: 2026-10-01."""


class TotalsReport(Entity):
    """Sums over some days, in one currency."""

    currency: str
    """ISO 4217 code of every amount."""
    revenue: DecimalText
    """At the currency's digits."""
    cost: DecimalText | None
    """Exact; null where a part of it is unknown, and where nothing has a unit cost."""
    margin: DecimalText | None
    """Revenue less cost; null where a part of the cost is unknown."""
    margin_percentage: DecimalText | None
    """Margin in percent of revenue; null without revenue above 0, too."""
    missing: Items[str]
    """Why a cost is unknown, each reason once; empty where it is known."""


class PeriodReport(Entity):
    """A billing period, as far as it lies in the range."""

    start: Day
    """Its first day."""
    end: Day
    """The day after its last one."""
    totals: Items[TotalsReport]
    """Of the days of the period that lie in the range, by currency."""


class DayReport(Entity):
    """One charge on one day."""

    date: Day
    quantity: DecimalText
    """Of usage: how much it rose that day. Of a fee: what stands that day."""
    cumulative: DecimalText
    """Of usage: from the start of its billing period to the end of the day."""
    revenue: DecimalText
    """In the row's currency; a volume tier may make a day negative."""
    cost: DecimalText | None
    """Null where it is unknown, and where nothing has a unit cost."""
    margin: DecimalText | None
    """Revenue less cost; null where the cost is unknown."""


class SourceReport(Entity):
    """Where the price of a charge is written."""

    path: str
    """The file, inside its repository."""
    line: Annotated[int, Field(ge=1)]
    version: int
    """Of the rate plan."""
    commit: str | None
    """Of git; null when the catalog was read from a directory."""


class RowReport(Entity):
    """A charge, or a cost that no charge carries."""

    charge: str | None
    """Key of the charge; null for a cost alone."""
    name: str
    kind: RowKind
    """What the row is for."""
    meter: str | None
    """Key of the meter of usage."""
    quantity: DecimalText | None
    """What was used in the range; null for fees and the like."""
    is_draft: bool
    """Whether it is a charge that is in no file of the catalog."""
    source: SourceReport | None
    """Where its price is written; null for a draft, and for what is no charge."""
    totals: TotalsReport
    """Over the range."""
    days: Items[DayReport]
    """One for each day of the range."""


class NoticeReport(Entity):
    """What a person should know of a simulation."""

    code: Literal["margin-under-guardrail", "migration-overtaken"]
    message: str
    currency: str | None
    value: DecimalText | None
    """What was found, such as the margin in percent."""
    limit: DecimalText | None
    """What it was held against."""


class RunReport(Entity):
    """One plan under one scenario; figures are for all of its customers."""

    plan: str
    """As it was named: `support-pro@2`, `main:support-pro@2`."""
    rate_plan: str
    """Key of the plan."""
    version: int
    scenario: str
    """Key of the scenario; `inline`, or the customer whose usage was recorded."""
    name: str
    """The scenario's name."""
    customers: Annotated[int, Field(ge=1)]
    """How many such customers the figures are for."""
    totals: Items[TotalsReport]
    """Over the range, by currency."""
    periods: Items[PeriodReport]
    rows: Items[RowReport]
    """Charges in the order of the plan, costs of no charge last."""
    notices: Items[NoticeReport]
    """Missed guardrails, among others."""


class SimulationReport(Entity):
    """What `planql simulate --format json` prints."""

    start: Day
    """First day of the range."""
    end: Day
    """The day after its last one."""
    recognition: Recognition
    """`accrual`: revenue stands on the days it is for; `billed`: on the day of its invoice."""
    runs: Items[RunReport]
    """By plan, then by scenario."""


def simulations_document(answer: SimulatedRange) -> str:
    """The answer as one JSON document."""
    report = SimulationReport(
        start=str(answer.days.start),
        end=str(answer.days.end),
        recognition=answer.recognition,
        runs=tuple(map(_run, answer.runs)),
    )
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _run(run: Simulated) -> RunReport:
    simulation = run.simulation
    return RunReport(
        plan=run.label,
        rate_plan=run.plan.key,
        version=run.plan.version,
        scenario=run.scenario,
        name=run.name,
        customers=run.customers,
        totals=tuple(map(_totals, simulation.totals)),
        periods=tuple(_period(simulation, period) for period in simulation.periods),
        rows=tuple(_row(row, run.priced, simulation.days) for row in simulation.rows),
        notices=tuple(map(_notice, simulation.notices)),
    )


def _totals(totals: Totals) -> TotalsReport:
    return TotalsReport(
        currency=totals.currency,
        revenue=plain(totals.revenue),
        cost=_text(totals.cost),
        margin=_text(totals.margin),
        margin_percentage=_text(totals.margin_percentage),
        missing=totals.missing,
    )


def _period(simulation: Simulation, period: BillingPeriod) -> PeriodReport:
    return PeriodReport(
        start=str(period.period.start),
        end=str(period.period.end),
        totals=tuple(map(_totals, simulation.of_period(period))),
    )


def _row(row: Row, priced: PricedPlan, days: tuple[date, ...]) -> RowReport:
    return RowReport(
        charge=row.charge,
        name=row.name,
        kind=row.kind,
        meter=row.meter,
        quantity=_text(row.total_quantity()),
        is_draft=priced.is_draft(row.charge),
        source=_source(row, priced),
        totals=_totals(row.totals()),
        days=tuple(_day(row, place, day) for place, day in enumerate(days)),
    )


def _source(row: Row, priced: PricedPlan) -> SourceReport | None:
    written = priced.written(row.charge)
    if written is None:
        return None
    document = written.document
    return SourceReport(
        path=document.path,
        line=line_of(document, written.pointer),
        version=document.entity.version,
        commit=priced.catalog.commit,
    )


def _day(row: Row, place: int, day: date) -> DayReport:
    return DayReport(
        date=str(day),
        quantity=plain(row.quantity(place)),
        cumulative=plain(row.cumulative(place)),
        revenue=plain(row.revenue(place)),
        cost=_text(row.cost(place)),
        margin=_text(row.margin(place)),
    )


def _notice(notice: Notice) -> NoticeReport:
    return NoticeReport(
        code=notice.code,
        message=notice.message,
        currency=notice.currency,
        value=_text(notice.value),
        limit=_text(notice.limit),
    )


def _text(number: Fraction | Decimal | None) -> str | None:
    return None if number is None else plain(number)
