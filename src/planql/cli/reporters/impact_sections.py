"""The sections of an impact that text and Markdown share; nothing in them is escaped.

Every row is of an average month, for all customers of its scenario, rounded for people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planql.cli.reporters.impact_words import (
    NONE,
    amount,
    bar,
    bucket_text,
    months_text,
    percent,
    signed,
    signed_percent,
)
from planql.cli.reporters.nouns import counted
from planql.impact.figures import Difference
from planql.impact.results import (
    Bucket,
    CustomerChange,
    CustomersImpact,
    Impact,
    Movement,
    PlanPair,
    ScenarioImpact,
)
from planql.simulation.totals import Totals

_PLANS: Final = ("plan", "before", "after", "why")
_SCENARIO: Final = ("scenario", "a month", ">before", ">after", ">change", ">%")
_BARS: Final = ("plan", "scenario", "", "", ">revenue")
_MOVEMENTS: Final = ("", ">more", ">less", ">same", ">moved", ">before", ">after", ">change")
_MOVERS: Final = ("customer", "plan", ">before", ">after", ">change", ">%", "moved")

_BAR: Final = 22
"""Characters of the longest bar beside names."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a heading, and sentences below it.

    Attributes:
        columns: A column that begins with ">" stands to the right.
        rows: As many cells each as there are columns.
        lines: Sentences.
    """

    title: str
    columns: Row = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()


def sections(impact: Impact) -> Iterator[Section]:
    """Everything about an impact but its headlines; sections without anything are left out."""
    every = (*_scenario_sections(impact), *_customer_sections(impact), *_last_sections(impact))
    yield from (each for each in every if each.rows or each.lines)


def _scenario_sections(impact: Impact) -> Iterator[Section]:
    months = months_text(impact.months)
    yield Section("Touched plans", _PLANS, tuple(_plan_rows(impact)))
    for pair in impact.plans:
        rows = [row for each in impact.scenarios_of(pair.key) for row in _scenario_rows(each)]
        yield Section(f"{pair.key}, the average month of {months}", _SCENARIO, tuple(rows))
    yield Section("Revenue before and after", _BARS, tuple(_bar_rows(impact.scenarios)))


def _customer_sections(impact: Impact) -> Iterator[Section]:
    customers = impact.customers
    if customers is None:
        return
    months = f", the average month of {months_text(customers.months)}" if customers.months else ""
    lines = (f"{customers.reach[:1].upper()}{customers.reach[1:]}.", *_unknown(customers))
    yield Section(f"Customers{months}", _MOVEMENTS, tuple(_movement_rows(customers)), lines)
    for movement in customers.movements:
        yield from _movement_sections(movement)


def _movement_sections(movement: Movement) -> Iterator[Section]:
    currency = movement.currency
    up, down = (
        tuple(map(_mover_row, each)) for each in (movement.movers_up(), movement.movers_down())
    )
    yield Section(f"Largest rises, {currency}", _MOVERS, up)
    yield Section(f"Largest falls, {currency}", _MOVERS, down)
    for title, unit, buckets in (
        ("percent", " %", movement.percentages),
        (f"{currency} a month", "", movement.amounts),
    ):
        columns = (title, ">customers", "")
        rows = tuple(_bucket_rows(buckets, unit))
        yield Section(f"Customers by change in {title}", columns, rows)


def _last_sections(impact: Impact) -> Iterator[Section]:
    yield Section(
        "Without a figure", lines=tuple(f"{gap.what}: {gap.reason}" for gap in impact.gaps)
    )
    yield Section("Notes", lines=_notes(impact))


def _plan_rows(impact: Impact) -> Iterator[Row]:
    """The touched plans, each with both versions and what touches it."""
    for pair in impact.plans:
        why = "; ".join(filter(None, [*pair.because, pair.absent]))
        yield pair.key, _version(pair, is_after=False), _version(pair, is_after=True), why


def _version(pair: PlanPair, *, is_after: bool) -> str:
    document = pair.after if is_after else pair.before
    if document is None:
        return NONE
    plan = document.entity
    return f"v{plan.version} {plan.status}"


def _scenario_rows(each: ScenarioImpact) -> Iterator[Row]:
    """Revenue, cost and margin of all customers of a scenario, even without a difference."""
    before, after, difference = each.before_per_month, each.after_per_month, each.per_month
    currencies = " → ".join(dict.fromkeys(side.currency for side in (before, after) if side))
    change, share = _change(difference)
    yield each.scenario, f"revenue {currencies}", _revenue(before), _revenue(after), change, share
    customers = counted(each.customers, "customer")
    yield customers, "cost", _cost(before), _cost(after), _cost_change(difference), ""
    yield "", "margin", _margin(before), _margin(after), _margin_change(difference), ""
    points = difference.margin_percentage_points if difference else None
    yield "", "margin %", _share(before), _share(after), signed_percent(points), ""


def _change(difference: Difference | None) -> tuple[str, str]:
    if difference is None:
        return NONE, NONE
    change = signed(difference.revenue, difference.currency)
    return change, signed_percent(difference.revenue_percentage)


def _cost_change(difference: Difference | None) -> str:
    """By how much the cost rises; blank where neither side has a unit cost."""
    if difference is None:
        return NONE
    has_cost = difference.cost is not None or difference.missing
    return signed(difference.cost, difference.currency) if has_cost else ""


def _margin_change(difference: Difference | None) -> str:
    return signed(difference.margin, difference.currency) if difference else NONE


def _revenue(totals: Totals | None) -> str:
    return amount(totals.revenue, totals.currency) if totals else NONE


def _cost(totals: Totals | None) -> str:
    """The cost; blank where nothing has a unit cost: neither 0 nor unknown."""
    if totals is None:
        return NONE
    has_cost = totals.cost is not None or totals.missing
    return amount(totals.cost, totals.currency) if has_cost else ""


def _margin(totals: Totals | None) -> str:
    return amount(totals.margin, totals.currency) if totals else NONE


def _share(totals: Totals | None) -> str:
    return percent(totals.margin_percentage if totals else None)


def _bar_rows(scenarios: Sequence[ScenarioImpact]) -> Iterator[Row]:
    """Two bars for every plan and scenario; those of one currency have one scale."""
    most: dict[str, Fraction] = {}
    for _, totals in (side for each in scenarios for side in _sides(each)):
        most[totals.currency] = max(most.get(totals.currency, Fraction(0)), totals.revenue)
    for each in scenarios:
        names = (each.plan.key, each.scenario)
        for side, totals in _sides(each):
            greatest = most[totals.currency]
            drawn = bar(totals.revenue / greatest, _BAR) if greatest else ""
            yield (*names, side, drawn, f"{_revenue(totals)} {totals.currency}")
            names = ("", "")


def _sides(each: ScenarioImpact) -> Iterator[tuple[str, Totals]]:
    """The sides that have a figure."""
    if each.before_per_month:
        yield "before", each.before_per_month
    if each.after_per_month:
        yield "after", each.after_per_month


def _movement_rows(customers: CustomersImpact) -> Iterator[Row]:
    """Who pays more and less, currency by currency."""
    for each in customers.movements:
        total, currency = each.per_month, each.currency
        yield (
            currency,
            *(f"{count:,}" for count in (each.more, each.less, each.same, each.moving)),
            amount(total.before.revenue, currency),
            amount(total.after.revenue, currency),
            signed(total.revenue, currency),
        )


def _mover_row(change: CustomerChange) -> Row:
    """A customer and what changes for them in an average month."""
    total = change.per_month
    moves = f"on {change.moves.on} to v{change.moves.to_version}" if change.moves else "no"
    return (
        change.customer,
        ", ".join(change.plans),
        amount(total.before.revenue, total.currency),
        amount(total.after.revenue, total.currency),
        signed(total.revenue, total.currency),
        signed_percent(total.revenue_percentage),
        moves,
    )


def _bucket_rows(buckets: Sequence[Bucket], unit: str) -> Iterator[Row]:
    """The buckets from the first to the last that holds somebody, with a bar each."""
    filled = [place for place, bucket in enumerate(buckets) if bucket.customers]
    shown = buckets[filled[0] : filled[-1] + 1] if filled else ()
    most = max((bucket.customers for bucket in shown), default=0)
    for bucket in shown:
        yield (
            f"{bucket_text(bucket)}{unit}",
            f"{bucket.customers:,}",
            bar(Fraction(bucket.customers, most)),
        )


def _missing_costs(impact: Impact) -> tuple[str, ...]:
    """Why costs are unknown, each reason once."""
    comparisons = [each.comparison for each in impact.scenarios]
    if impact.customers:
        comparisons += [line.comparison for line in impact.customers.lines]
    outcomes = (side for each in comparisons for side in (each.before, each.after))
    reasons = (why for side in outcomes for month in side.months for why in month.missing)
    return tuple(dict.fromkeys(reasons))


def _notes(impact: Impact) -> tuple[str, ...]:
    """What a reader should know, each sentence once."""
    told = [*impact.notes]
    told += [f"{pair.key}: {note}" for pair in impact.plans for note in pair.notes]
    told += [note for each in impact.scenarios for note in each.notes]
    if impact.customers:
        told += impact.customers.notes
        told += [
            f"{line.plan.key}: {note}" for line in impact.customers.lines for note in line.notes
        ]
    told += [f"cost {NONE}: {reason}" for reason in _missing_costs(impact)]
    return tuple(dict.fromkeys(told))


def _unknown(customers: CustomersImpact) -> Iterator[str]:
    """Why customers have no figure, and how many there are for each reason."""
    reasons: dict[str, int] = {}
    for line in customers.unknown:
        reason = line.comparison.incomparable
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        yield f"{counted(count, 'subscription')} without a figure: {reason}"
