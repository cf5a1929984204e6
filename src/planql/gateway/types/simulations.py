"""What a simulation gives: runs, rows and days, each made only when it is asked for.

Days are made from a row's columns; of ten charges over ten years there are many, and most
questions are about totals.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import strawberry

from planql.gateway.principals import TRUSTED
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.money import Money, money, optional_money
from planql.gateway.types.simulation_enums import Recognition, SimulatedRowKind
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to
from planql.periods import one_day_later
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.results import Notice, Simulation
from planql.simulation.rows import Row
from planql.simulation.side_by_side import Simulated
from planql.simulation.totals import Totals

_CONFIDENTIAL = visible_to(*TRUSTED)


@strawberry.type(description="What was earned and spent over some days, in one currency.")
class SimulatedTotals:
    """`planql.simulation.totals.Totals`."""

    currency: CurrencyCode = strawberry.field(description="Of every amount.")
    revenue: Money = strawberry.field(description="At the currency's digits, of either sign.")
    cost: Money | None = strawberry.field(
        description="Exact; null where a part of it is unknown, and where nothing has a unit cost.",
        metadata=_CONFIDENTIAL,
    )
    margin: Money | None = strawberry.field(
        description="Revenue less cost; null where a part of the cost is unknown.",
        metadata=_CONFIDENTIAL,
    )
    margin_percentage: Fraction | None = strawberry.field(
        description="Margin in percent of revenue; null without revenue, too.",
        metadata=_CONFIDENTIAL,
    )
    missing: list[str] = strawberry.field(
        description="Why a cost is unknown, each reason once; empty where it is known.",
        metadata=_CONFIDENTIAL,
    )


@strawberry.type(description="Days one after another, and what all rows come to on them.")
class SimulatedSpan:
    """A billing period, a calendar month or a day."""

    start: dt.date = strawberry.field(description="The first day.")
    end: dt.date = strawberry.field(description="The day after the last one.")
    totals: list[SimulatedTotals] = strawberry.field(
        description="Of its days that lie in the range, one per currency."
    )


@strawberry.type(
    description="One row on one day. Amounts are in major units of the row's currency."
)
class SimulatedDay:
    """A place in the columns of a row."""

    date: dt.date = strawberry.field(description="The local day.")
    quantity: Fraction = strawberry.field(
        description="Of usage: by how much it rose that day. Of a fee: what stands that day."
    )
    cumulative: Fraction = strawberry.field(
        description="Of usage: from the start of its billing period to the end of the day."
    )
    revenue: Fraction = strawberry.field(
        description="Earned that day; a volume tier may make it negative."
    )
    cost: Fraction | None = strawberry.field(
        description="Null where it is unknown, and where nothing has a unit cost.",
        metadata=_CONFIDENTIAL,
    )
    margin: Fraction | None = strawberry.field(
        description="Revenue less cost; null where the cost is unknown.", metadata=_CONFIDENTIAL
    )


def _row_quantity(root: strawberry.Parent["SimulatedRow"]) -> Fraction | None:
    return root.row.total_quantity()


def _row_totals(root: strawberry.Parent["SimulatedRow"]) -> SimulatedTotals:
    return _totals_view(root.row.totals())


def _row_days(root: strawberry.Parent["SimulatedRow"]) -> list[SimulatedDay]:
    return [DayOfRow(root.row, place, day) for place, day in enumerate(root.dates)]  # type: ignore[misc]


def _row_source(root: strawberry.Parent["SimulatedRow"]) -> Source | None:
    document = root.priced.document
    for place, charge in enumerate(root.priced.plan.charges if document.path else ()):
        if charge.key == root.row.charge:
            return source_of(document, root.priced.catalog.commit, f"/charges/{place}")
    return None


@strawberry.type(description="A charge, or a cost that no charge carries, over the range.")
class SimulatedRow:
    """`planql.simulation.rows.Row`."""

    row: strawberry.Private[Row]
    dates: strawberry.Private[Sequence[dt.date]]
    priced: strawberry.Private[PricedPlan]
    charge: str | None = strawberry.field(
        description="Key of the charge, `minimum_commitment` or `adjustment`; null for a cost "
        "alone."
    )
    name: str = strawberry.field(description="For people.")
    kind: SimulatedRowKind = strawberry.field(description="What it is for.")
    currency: CurrencyCode = strawberry.field(description="Of every amount.")
    meter: str | None = strawberry.field(description="Key of the meter of usage.")
    quantity: Fraction | None = strawberry.field(
        resolver=_row_quantity,
        description="What was used in the range; null for fees and the like.",
    )
    totals: SimulatedTotals = strawberry.field(resolver=_row_totals, description="Over the range.")
    days: list[SimulatedDay] = strawberry.field(
        resolver=_row_days, description="One for each day of the range, in order."
    )
    source: Source | None = strawberry.field(
        resolver=_row_source,
        description="Where the price is written; null for a draft, and for what is no charge.",
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
    return _all_totals(root.simulation.totals)


def _run_rows(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedRow]:
    dates, priced = root.simulation.days, root.priced
    return [_row_view(row, dates, priced) for row in root.simulation.rows]


def _run_periods(root: strawberry.Parent["SimulatedRun"]) -> list[SimulatedSpan]:
    simulation = root.simulation
    return [
        SimulatedSpan(
            start=each.period.start,
            end=each.period.end,
            totals=_all_totals(simulation.of_period(each)),
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
        description="Missed guardrails, among others.", metadata=_CONFIDENTIAL
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


class DayOfRow:
    """Stands for a `SimulatedDay`: the members that nobody asks for are not worked out."""

    __slots__ = ("_place", "_row", "date")

    def __init__(self, row: Row, place: int, day: dt.date) -> None:
        self._row = row
        self._place = place
        self.date = day

    @property
    def quantity(self) -> Fraction:
        """As the row has it."""
        return self._row.quantity(self._place)

    @property
    def cumulative(self) -> Fraction:
        """As the row has it."""
        return self._row.cumulative(self._place)

    @property
    def revenue(self) -> Fraction:
        """As the row has it."""
        return self._row.revenue(self._place)

    @property
    def cost(self) -> Fraction | None:
        """As the row has it."""
        return self._row.cost(self._place)

    @property
    def margin(self) -> Fraction | None:
        """As the row has it."""
        return self._row.margin(self._place)


def _row_view(row: Row, dates: Sequence[dt.date], priced: PricedPlan) -> SimulatedRow:
    return SimulatedRow(
        row=row,
        dates=dates,
        priced=priced,
        charge=row.charge,
        name=row.name,
        kind=SimulatedRowKind(row.kind),
        currency=CurrencyCode(row.currency),
        meter=row.meter,
    )


def _spans(simulation: Simulation, starts: Sequence[int]) -> Iterator[SimulatedSpan]:
    """Spans that begin at these places, and at the first day; each ends where the next begins."""
    for first, end in pairwise(sorted({0, *starts, len(simulation.days)})):
        yield SimulatedSpan(
            start=simulation.days[first],
            end=one_day_later(simulation.days[end - 1]),
            totals=_all_totals(simulation.between(first, end)),
        )


def _all_totals(totals: Sequence[Totals]) -> list[SimulatedTotals]:
    return [_totals_view(each) for each in totals]


def _totals_view(totals: Totals) -> SimulatedTotals:
    currency = totals.currency
    return SimulatedTotals(
        currency=CurrencyCode(currency),
        revenue=money(totals.revenue, currency),
        cost=optional_money(totals.cost, currency),
        margin=optional_money(totals.margin, currency),
        margin_percentage=totals.margin_percentage,
        missing=list(totals.missing),
    )


def _notice_view(notice: Notice) -> SimulationNotice:
    return SimulationNotice(
        code=notice.code,
        message=notice.message,
        currency=CurrencyCode(notice.currency) if notice.currency else None,
        value=notice.value,
        limit=notice.limit,
    )
