"""Rows of a simulation and their days, each made only when it is asked for.

Days are made from a row's columns; of ten charges over ten years there are many, and most
questions are about totals.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import cast

import strawberry

from planql.gateway.principals import TRUSTED
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.money import Money, money, optional_money
from planql.gateway.types.simulation_enums import SimulatedRowKind
from planql.gateway.types.sources import Source, source_of
from planql.gateway.visibility import visible_to
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.rows import Row
from planql.simulation.totals import Totals

CONFIDENTIAL = visible_to(*TRUSTED)
"""Of every cost and margin, whoever sees the type that it is in."""


@strawberry.type(description="What was earned and spent over some days, in one currency.")
class SimulatedTotals:
    """`planql.simulation.totals.Totals`."""

    currency: CurrencyCode = strawberry.field(description="Of every amount.")
    revenue: Money = strawberry.field(description="At the currency's digits, of either sign.")
    cost: Money | None = strawberry.field(
        description="Exact; null where a part of it is unknown, and where nothing has a unit cost.",
        metadata=CONFIDENTIAL,
    )
    margin: Money | None = strawberry.field(
        description="Revenue less cost; null where a part of the cost is unknown.",
        metadata=CONFIDENTIAL,
    )
    margin_percentage: Fraction | None = strawberry.field(
        description="Margin in percent of revenue; null without revenue above 0, too.",
        metadata=CONFIDENTIAL,
    )
    missing: list[str] = strawberry.field(
        description="Why a cost is unknown, each reason once; empty where it is known.",
        metadata=CONFIDENTIAL,
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
        metadata=CONFIDENTIAL,
    )
    margin: Fraction | None = strawberry.field(
        description="Revenue less cost; null where the cost is unknown.", metadata=CONFIDENTIAL
    )


def _row_quantity(root: strawberry.Parent["SimulatedRow"]) -> Fraction | None:
    return root.row.total_quantity()


def _row_totals(root: strawberry.Parent["SimulatedRow"]) -> SimulatedTotals:
    return _totals_view(root.row.totals())


def _row_days(root: strawberry.Parent["SimulatedRow"]) -> list[SimulatedDay]:
    days = [DayOfRow(root.row, place, day) for place, day in enumerate(root.dates)]
    return cast("list[SimulatedDay]", days)


def _row_source(root: strawberry.Parent["SimulatedRow"]) -> Source | None:
    written = root.priced.written(root.row.charge)
    if written is None:
        return None
    return source_of(written.document, root.priced.catalog.commit, written.pointer)


def _row_is_draft(root: strawberry.Parent["SimulatedRow"]) -> bool:
    return root.priced.is_draft(root.row.charge)


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
    is_draft: bool = strawberry.field(
        resolver=_row_is_draft,
        description="Whether it is a charge that is in no file of the catalog.",
    )
    source: Source | None = strawberry.field(
        resolver=_row_source,
        description="Where the price is written; null for a draft, and for what is no charge.",
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


def row_view(row: Row, dates: Sequence[dt.date], priced: PricedPlan) -> SimulatedRow:
    """A row as the schema shows it; `dates` are the days of its columns."""
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


def totals_views(totals: Iterable[Totals]) -> list[SimulatedTotals]:
    """Totals as the schema shows them."""
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
