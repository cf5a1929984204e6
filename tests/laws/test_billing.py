"""Laws of invoices, over random stories."""

import itertools
from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.billing.story_files import NOTHING
from tests.laws.strategies.late_stories import late_stories
from tests.laws.strategies.stories import stories
from tests.oracle.numerals import Doc

from planql.billing.due import Due, due_invoices, zone_of
from planql.billing.invoices import Line
from planql.billing.stories import Story, catalog_for, usage_of
from planql.billing.timeline import Timeline
from planql.entity import read_entity
from planql.errors import PlanqlError
from planql.money import currency_digits, round_amount

moderate = settings(
    max_examples=120,
    suppress_health_check=list(HealthCheck),
)


def _due(document: Doc, days_less: int = 0) -> Due:
    """What is due in a story, or some days before; stories that cannot be billed are left out."""
    story = read_entity(Story, document)
    try:
        catalog = catalog_for(story, NOTHING)
        zone = zone_of(story.customer, catalog)
        as_of = story.as_of - timedelta(days=days_less)
        usage = usage_of(story, zone)
        return due_invoices(catalog, story.customer, story.subscriptions, usage, as_of)
    except PlanqlError:
        assume(condition=False)
        raise


@moderate
@given(stories())
def test_sums(document: Doc) -> None:
    """Totals are those of the lines; what is due, used and left of credit adds up."""
    balances: dict[str, Fraction] = {}
    story = read_entity(Story, document)
    for invoice in _due(document).invoices:
        opening = Fraction(story.customer.opening_balance(invoice.currency))
        before = balances.get(invoice.currency, opening)
        assert invoice.total == sum((line.net for line in invoice.lines), Fraction(0))
        assert invoice.total - invoice.amount_due == before - invoice.balance
        assert min(invoice.balance, invoice.amount_due, invoice.balance_applied) >= 0
        balances[invoice.currency] = invoice.balance


@moderate
@given(stories())
def test_discounts_never_exceed_the_line(document: Doc) -> None:
    """No discount takes more than a line has, and credits carry none."""
    for invoice in _due(document).invoices:
        for line in invoice.lines:
            assert all(each.amount > 0 for each in line.discounts)
            assert not line.discounts or 0 <= line.net < line.amount


@moderate
@given(stories())
def test_lines_are_rounded_once(document: Doc) -> None:
    """A line's steps sum to its amount, which has no more digits than its currency."""
    for invoice in _due(document).invoices:
        for line in invoice.lines:
            assert sum((step.amount for step in line.steps), Fraction(0)) == line.amount
            assert (line.amount * 10 ** currency_digits(invoice.currency)).denominator == 1
            if line.kind == "credit":
                assert line.amount == round_amount(line.unrounded_amount, invoice.currency)


@moderate
@given(stories(), st.integers(1, 60))
def test_earlier_invoices_are_a_prefix(document: Doc, days: int) -> None:
    """What was due some days before is the beginning of what is due, line by line."""
    late, early = _due(document), _due(document, days)
    known = len(early.invoices)
    cut = {line.id for invoice in early.invoices for line in invoice.lines}
    assert {line.id for invoice in late.invoices for line in invoice.lines} >= cut
    assert late.invoices[: max(known - 1, 0)] == early.invoices[: max(known - 1, 0)]


@moderate
@given(stories())
def test_ids_are_unique(document: Doc) -> None:
    """No two lines of a customer have the same id."""
    ids = [line.id for invoice in _due(document).invoices for line in invoice.lines]
    assert len(ids) == len(set(ids))


@moderate
@given(late_stories())
def test_ids_are_unique_however_often_usage_is_late(document: Doc) -> None:
    """Two lines for late usage of one period on one day have ids of their own."""
    ids = [line.id for invoice in _due(document).invoices for line in invoice.lines]
    assert len(ids) == len(set(ids))


@moderate
@given(stories())
def test_credits_never_exceed_what_was_charged(document: Doc) -> None:
    """What is given back of a charge's line is at most what was charged for that line."""
    charged: dict[str, Fraction] = {}
    given_back: dict[str, Fraction] = defaultdict(Fraction)
    for invoice in _due(document).invoices:
        for line in invoice.lines:
            if line.kind == "credit":
                given_back[line.id.partition("/credit/")[0]] -= line.amount
            else:
                charged[line.id] = line.net
    assert all(amount <= charged[identity] for identity, amount in given_back.items())


@moderate
@given(stories())
def test_every_day_is_charged_once(document: Doc) -> None:
    """Lines of a recurring charge, net of what credits give back, do not overlap.

    Under the basis `none` they may: a reset charges a new period and gives nothing back.
    """
    due = _due(document)
    assume(not any(_charges_anew(timeline) for timeline in due.timelines))
    lines: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for invoice in due.invoices:
        for line in invoice.lines:
            portion_kinds = ("charge", "credit")
            if line.kind in portion_kinds and line.quantity is not None and not line.group:
                lines[line.subscription, line.charge].append(line)
    for same in lines.values():
        _assert_disjoint(same)


def _charges_anew(timeline: Timeline) -> bool:
    return any(
        epoch.is_reset and epoch.segments[-1].terms.basis == "none" for epoch in timeline.epochs
    )


def _assert_disjoint(lines: list[Line]) -> None:
    given_back = {
        line.id.partition("/credit/")[0]: line.span.start for line in lines if line.kind == "credit"
    }
    spans = sorted(
        (line.span.start, given_back.get(line.id, line.span.end))
        for line in lines
        if line.kind == "charge"
    )
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start
