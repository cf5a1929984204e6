"""Laws of simulations, over random stories: days sum to invoices, whatever the range."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.billing.story_files import NOTHING
from tests.laws.strategies.charges import Doc
from tests.laws.strategies.simulated_stories import by_day, measured_stories, plain_stories

from planql.billing.due import Due, due_invoices, zone_of
from planql.billing.known_usage import KnownUsage
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.costs import UsageCost
from planql.catalog.documents import Document
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity
from planql.errors import PlanqlError
from planql.periods import Period, day_start, local_day
from planql.simulation.day_ranges import touched
from planql.simulation.results import Recognition, Simulation
from planql.simulation.simulating import simulate

moderate = settings(
    max_examples=60,
    suppress_health_check=list(HealthCheck),
)
LONG = 500
"""Days that hold everything a story bills, but for the last periods of years."""

Key = tuple[str, str | None, str]


def _known(document: Doc) -> tuple[Story, Catalog, KnownUsage]:
    story = read_entity(Story, document)
    catalog = catalog_for(story, NOTHING)
    return story, catalog, usage_of(story, zone_of(story.customer, catalog))


def _first_day(document: Doc) -> date:
    story, catalog, _ = _known(document)
    zone = zone_of(story.customer, catalog)
    return min(local_day(each.started_at, zone) for each in story.subscriptions)


def _simulated(
    document: Doc,
    first: date,
    days: int,
    recognition: Recognition = "accrual",
    costs: tuple[UsageCost, ...] = (),
) -> Simulation:
    """A story simulated; stories that cannot be billed are left out."""
    try:
        story, catalog, usage = _known(document)
        catalog = replace(catalog, costs={cost.key: Document(cost, "") for cost in costs})
        period = Period(first, first + timedelta(days=days))
        return simulate(catalog, story.customer, story.subscriptions, usage, period, recognition)
    except PlanqlError:
        assume(condition=False)
        raise


def _due(document: Doc, first: date) -> Due:
    """Every invoice of a story, long after everything in it has happened."""
    story, catalog, usage = _known(document)
    until = day_start(first + timedelta(days=3 * LONG), zone_of(story.customer, catalog))
    return due_invoices(catalog, story.customer, story.subscriptions, usage, until)


@moderate
@given(measured_stories())
def test_accrued_days_sum_to_the_lines_they_are_for(document: Doc) -> None:
    """Up to any day that no line of a charge reaches across, its days sum to its lines."""
    first = _first_day(document)
    revenues = _revenues(_simulated(document, first, LONG))
    for key, lines in _lines(_due(document, first), first).items():
        for cut in {end for _, end, _ in lines if end <= LONG}:
            if not any(start < cut < end for start, end, _ in lines):
                expected = sum((net for _, end, net in lines if end <= cut), Fraction(0))
                assert sum(revenues[key][:cut], Fraction(0)) == expected


def _revenues(simulation: Simulation) -> dict[Key, list[Fraction]]:
    """Revenue per day of everything called the same, a charge and its commitment alike."""
    found: dict[Key, list[Fraction]] = {}
    for row in simulation.rows:
        key = (row.subscription, row.charge, row.currency)
        before = found.get(key, [Fraction(0)] * len(simulation.days))
        found[key] = [amount + row.revenue(place) for place, amount in enumerate(before)]
    return found


def _lines(due: Due, first: date) -> dict[Key, list[tuple[int, int, Fraction]]]:
    """The first day, the day after the last one, and the net amount of every line."""
    lines: dict[Key, list[tuple[int, int, Fraction]]] = defaultdict(list)
    for invoice in due.invoices:
        for line in invoice.lines:
            start, count = touched(line.span, due.timelines[0].time_zone)
            place = start - first.toordinal()
            key = (line.subscription, line.charge, invoice.currency)
            lines[key].append((place, place + count, line.net))
    return lines


@moderate
@given(measured_stories(), st.integers(0, 60), st.integers(1, 120))
def test_billed_days_sum_to_the_invoices_issued(document: Doc, skipped: int, days: int) -> None:
    """Billed revenue of a day is the sum of the invoices issued on it, per currency."""
    start = _first_day(document)
    simulation = _simulated(document, start + timedelta(days=skipped), days, "billed")
    issued: dict[tuple[date, str], Fraction] = defaultdict(Fraction)
    for invoice in _due(document, start).invoices:
        issued[invoice.issued_on, invoice.currency] += invoice.total
    for place, day in enumerate(simulation.days):
        found: dict[str, Fraction] = defaultdict(Fraction)
        for row in simulation.rows:
            found[row.currency] += row.revenue(place)
        expected = {currency: total for (on, currency), total in issued.items() if on == day}
        assert {code: amount for code, amount in found.items() if amount} == {
            code: amount for code, amount in expected.items() if amount
        }


@moderate
@given(measured_stories(), st.integers(0, 60), st.integers(1, 60), st.integers(1, 60))
def test_a_split_range_changes_no_day(document: Doc, skipped: int, one: int, other: int) -> None:
    """Two ranges side by side have the same days as one over both."""
    costs = tuple(_one_each(document))
    first = _first_day(document) + timedelta(days=skipped)
    middle = first + timedelta(days=one)
    whole = _days_of(_simulated(document, first, one + other, costs=costs))
    left = _days_of(_simulated(document, first, one, costs=costs))
    right = _days_of(_simulated(document, middle, other, costs=costs))
    assert whole == {**left, **right}


def _days_of(simulation: Simulation) -> dict[object, object]:
    """Every day of every row that is not empty."""
    return {
        (day, row.subscription, row.charge, row.kind, row.currency, row.meter): (
            row.quantities[place],
            row.cumulatives[place],
            row.revenues[place],
            row.cost(place),
        )
        for row in simulation.rows
        for place, day in enumerate(simulation.days)
        if row.quantities[place] or row.cumulatives[place] or row.revenues[place]
    }


@moderate
@given(plain_stories())
def test_daily_totals_are_as_good_as_events(document: Doc) -> None:
    """What counts or sums gives the same days from events and from their daily totals."""
    first = _first_day(document)
    costs = tuple(_one_each(document))
    events = _simulated(document, first, 150, costs=costs)
    totals = _simulated(by_day(document), first, 150, costs=costs)
    assert events.rows == totals.rows


@moderate
@given(measured_stories())
def test_every_unit_costs_once(document: Doc) -> None:
    """With a unit cost of 1, all rows of a meter cost what it measured while subscribed."""
    first = _first_day(document)
    simulation = _simulated(document, first, LONG, costs=tuple(_one_each(document)))
    found: dict[str | None, Fraction] = defaultdict(Fraction)
    for row in simulation.rows:
        assert row.missing == ()
        found[row.meter] += row.totals().cost or 0
    for meter in ("calls", "hits"):
        assert found[meter] == sum(_measured(document, meter), Fraction(0))


def _one_each(document: Doc) -> Iterator[UsageCost]:
    """For each meter a cost of 1 for every unit."""
    for meter in document["catalog"]["meters"]:
        currency = document["catalog"]["rate_plans"][0]["currency"]
        row = {"effective_from": "2000-01-01", "unit_costs": {currency: "1"}}
        cost = {"key": meter["key"], "type": "usage", "meter": meter["key"], "rows": [row]}
        yield read_entity(UsageCost, cost)


def _measured(document: Doc, meter: str) -> Iterator[Fraction]:
    """What the meters of the stories that count and sum measure of usage while subscribed."""
    timelines = _due(document, _first_day(document)).timelines
    spans = [(each.start, None if each.ending is None else each.ending.at) for each in timelines]
    story = read_entity(Story, document)
    for event in {each.id: each for each in reversed(story.usage)}.values():
        if event.type == "call" and any(
            start <= event.time and (end is None or event.time < end) for start, end in spans
        ):
            yield Fraction(1) if meter == "hits" else Fraction(str(event.data["n"]))
    for total in story.usage_totals:
        at = day_start(total.date, timelines[0].time_zone)
        if total.meter == meter and any(
            start <= at and (end is None or at < end) for start, end in spans
        ):
            yield Fraction(total.quantity)
