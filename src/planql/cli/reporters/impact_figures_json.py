"""Sums of an impact for programs: totals, differences, and both sides of a comparison.

Every number is a plain decimal as text; what has no finite expansion is rounded to 12 decimals.
"""

from datetime import date
from fractions import Fraction

from planql.entity import Entity, Items
from planql.impact.comparisons import Comparison, Outcome
from planql.impact.figures import Difference
from planql.money import plain
from planql.periods import Period
from planql.simulation.totals import Totals


class MonthsReport(Entity):
    """Calendar months in a row."""

    first_day: date
    """Of the first month."""
    last_day: date
    """Of the last month."""
    count: int
    """How many months."""


class TotalsReport(Entity):
    """What something earns and costs, in major units of one currency."""

    currency: str
    """Of every amount."""
    revenue: str
    """Net of discounts."""
    cost: str | None
    """Null where it is unknown, and where nothing has a unit cost: then `missing` is empty."""
    margin: str | None
    """Revenue less cost; null where the cost is unknown."""
    margin_percentage: str | None
    """Of revenue; null without revenue, and where the cost is unknown."""
    missing: Items[str]
    """Why the cost is unknown."""


class DifferenceReport(Entity):
    """Before, after, and after less before."""

    before: TotalsReport
    """With the prices of the base."""
    after: TotalsReport
    """With the prices of the head."""
    revenue: str
    """By how much revenue rises; negative where it falls."""
    revenue_percentage: str | None
    """The same in percent of what it was; null where that is 0."""
    cost: str | None
    """By how much cost rises; null where a side is unknown, and where neither has a unit cost."""
    margin: str | None
    """By how much the margin rises; null where a cost is unknown."""
    margin_percentage_points: str | None
    """By how many points the margin in percent rises; null where a side has none."""


class OutcomeReport(Entity):
    """One customer on one side."""

    version: int | None
    """Of the rate plan; null where there is none on this side."""
    totals: TotalsReport | None
    """Over all months; null where `unknown` says why."""
    months: Items[TotalsReport]
    """Month by month; empty where there is no figure."""
    unknown: str
    """Why there is no figure; empty where there is one."""
    notices: Items[str]
    """What else is known, such as a margin under the guardrail."""


class ComparisonReport(Entity):
    """One customer on both sides, over the same months."""

    months: MonthsReport | None
    """The months compared; null where there is none."""
    before: OutcomeReport
    """With the prices of the base."""
    after: OutcomeReport
    """With the prices of the head."""
    per_month: DifferenceReport | None
    """The average month; null where `incomparable` says why."""
    incomparable: str
    """Why there is no difference; empty where there is one."""


def months_report(months: tuple[Period, ...]) -> MonthsReport | None:
    """The months; None without any."""
    if not months:
        return None
    last = date.fromordinal(months[-1].end.toordinal() - 1)
    return MonthsReport(first_day=months[0].start, last_day=last, count=len(months))


def comparison_report(comparison: Comparison) -> ComparisonReport:
    """Both sides and the average month."""
    return ComparisonReport(
        months=months_report(comparison.months),
        before=_outcome(comparison.before),
        after=_outcome(comparison.after),
        per_month=optional_difference(comparison.per_month),
        incomparable=comparison.incomparable,
    )


def difference_report(difference: Difference) -> DifferenceReport:
    """Both sides and what lies between them."""
    return DifferenceReport(
        before=_totals(difference.before),
        after=_totals(difference.after),
        revenue=plain(difference.revenue),
        revenue_percentage=number(difference.revenue_percentage),
        cost=number(difference.cost),
        margin=number(difference.margin),
        margin_percentage_points=number(difference.margin_percentage_points),
    )


def optional_difference(difference: Difference | None) -> DifferenceReport | None:
    """The same, where there is one."""
    return None if difference is None else difference_report(difference)


def number(value: Fraction | None) -> str | None:
    """A number as text, where there is one."""
    return None if value is None else plain(value)


def _outcome(outcome: Outcome) -> OutcomeReport:
    totals = outcome.totals
    return OutcomeReport(
        version=outcome.version,
        totals=None if totals is None else _totals(totals),
        months=tuple(map(_totals, outcome.months)),
        unknown=outcome.unknown,
        notices=tuple(notice.message for notice in outcome.notices),
    )


def _totals(totals: Totals) -> TotalsReport:
    return TotalsReport(
        currency=totals.currency,
        revenue=plain(totals.revenue),
        cost=number(totals.cost),
        margin=number(totals.margin),
        margin_percentage=number(totals.margin_percentage),
        missing=totals.missing,
    )
