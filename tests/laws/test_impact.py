"""Laws of impacts: nothing changes by itself, sides exchanged negate, customers sum to totals."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.impact.impact_cases import Case, Doc

from planql.impact.figures import summed
from planql.impact.results import Impact, PlanPair
from planql.impact.scenarios import ScenarioComparing

moderate = settings(
    max_examples=40,
    suppress_health_check=list(HealthCheck),
)
MONTHS = 2
CENTS = st.integers(0, 500).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
COUNTS = st.lists(st.integers(0, 300), min_size=1, max_size=4)


@st.composite
def changes(draw: st.DrawFn) -> Doc:
    """A plan whose prices change in place, under scenarios and for customers."""
    currency = draw(st.sampled_from(["USD", "JPY", "BHD"]))
    customers = draw(st.lists(COUNTS, max_size=4))
    row = {"effective_from": "2020-01-01", "unit_costs": {currency: draw(CENTS)}}
    costs = [{"key": "cost", "type": "usage", "meter": "tickets", "rows": [row]}]
    return {
        "as_of": "2026-11-21T00:00:00Z",
        "months": MONTHS,
        "shared": {
            "meters": [METER],
            "costs": costs if draw(st.booleans()) else [],
            "scenarios": [scenario(each, draw) for each in ("one", "two")],
        },
        "base": {"rate_plans": [plan(currency, draw)]},
        "head": {"rate_plans": [plan(currency, draw)]},
        "customers": [customer(place, counts) for place, counts in enumerate(customers)],
    }


METER: Doc = {
    "key": "tickets",
    "event": "tickets",
    "aggregation": {"type": "sum", "property": "count"},
    "unit": "ticket",
}


def plan(currency: str, draw: st.DrawFn) -> Doc:
    """One version with a fee and usage over two tiers."""
    digits = {"USD": 2, "JPY": 0, "BHD": 3}[currency]
    fee = draw(st.integers(0, 50))
    tiers = [
        {"up_to": "100", "unit_amount": draw(CENTS)},
        {"up_to": None, "unit_amount": draw(CENTS)},
    ]
    return {
        "key": "pro",
        "version": 1,
        "status": "published",
        "product": "desk",
        "name": "Pro",
        "currency": currency,
        "billing_cycle": "monthly",
        "effective_from": "2025-01-01",
        "charges": [
            {
                "key": "fee",
                "name": "Fee",
                "type": "recurring",
                "model": {
                    "type": "flat",
                    "amount": str(fee) + ("." + "0" * digits if digits else ""),
                },
            },
            {
                "key": "tickets",
                "name": "Tickets",
                "type": "usage",
                "meter": "tickets",
                "model": {"type": draw(st.sampled_from(["graduated", "volume"])), "tiers": tiers},
            },
        ],
    }


def scenario(key: str, draw: st.DrawFn) -> Doc:
    """A few customers who use so much a month."""
    total = str(draw(st.integers(0, 400)))
    return {
        "key": key,
        "name": key,
        "rate_plans": ["pro"],
        "customers": draw(st.integers(1, 5)),
        "usage": [{"meter": "tickets", "quantity": {"type": "monthly", "total": total}}],
    }


def customer(place: int, counts: list[int]) -> Doc:
    """A customer with events in the months compared."""
    key = f"customer-{place}"
    events = [
        {
            "id": f"{place}-{number}",
            "type": "tickets",
            "time": datetime(2026, 9, 1 + 7 * number, tzinfo=UTC).isoformat(),
            "data": {"count": count},
        }
        for number, count in enumerate(counts)
    ]
    subscription = {
        "key": "main",
        "rate_plan": "pro",
        "version": 1,
        "started_at": "2026-01-01T00:00:00Z",
    }
    return {"customer": {"key": key}, "subscriptions": [subscription], "events": events}


@moderate
@given(changes())
def test_a_catalog_changes_nothing_by_itself(document: Doc) -> None:
    """A catalog against itself touches no plan; a plan against itself differs by a known 0."""
    case = Case(document)
    impact = case.impact(head=case.base)
    assert impact.plans == ()
    assert impact.headlines == ()
    version = case.base.rate_plan("pro", 1)
    months = case.impact().months
    comparing = ScenarioComparing(case.base, case.base, months)
    for each in comparing.impacts(PlanPair("pro", version, version)):
        assert each.per_month is not None
        assert each.per_month.revenue == 0
        assert each.per_month.margin in (0, None)
        assert each.per_month.before == each.per_month.after


@moderate
@given(changes())
def test_exchanged_sides_negate_every_difference(document: Doc) -> None:
    """What is dearer from base to head is cheaper from head to base, by as much."""
    case = Case(document)
    there, back = case.impact(), case.impact(case.head, case.base)
    assert _differences(there) == [
        tuple(None if value is None else -value for value in each) for each in _differences(back)
    ]
    if there.customers and back.customers:
        for one, other in zip(there.customers.movements, back.customers.movements, strict=True):
            assert (one.more, one.less, one.same) == (other.less, other.more, other.same)
            mirrored = [bucket.customers for bucket in reversed(other.amounts)]
            assert [bucket.customers for bucket in one.amounts] == mirrored


def _differences(impact: Impact) -> list[tuple[Fraction | None, ...]]:
    found: list[Any] = [each.per_month for each in impact.scenarios]
    found += [each.per_month for each in impact.headlines]
    found += [line.per_month for line in impact.customers.lines] if impact.customers else []
    return [(each.revenue, each.cost, each.margin) for each in found if each]


@moderate
@given(changes())
def test_customers_and_scenarios_sum_to_the_totals(document: Doc) -> None:
    """Headlines are the sums of what they are about; months sum to the whole; nobody is lost."""
    impact = Case(document).impact()
    by_kind = {each.of: each for each in impact.headlines}
    scenarios = summed(each.per_month for each in impact.scenarios if each.per_month)
    assert [by_kind["scenarios"].per_month] == list(scenarios) if scenarios else not by_kind
    customers = impact.customers
    assert customers is not None
    lines = [line.per_month for line in customers.lines if line.per_month]
    assert [each.per_month for each in customers.movements] == list(summed(lines))
    for movement in customers.movements:
        count = len(movement.changes)
        assert movement.more + movement.less + movement.same == count
        assert sum(bucket.customers for bucket in movement.amounts) == count
        unpaid = sum(not each.per_month.before.revenue for each in movement.changes)
        assert sum(bucket.customers for bucket in movement.percentages) == count - unpaid
    for each in impact.scenarios:
        months = [each.comparison.month(place) for place in range(MONTHS)]
        assert summed(month for month in months if month) == (each.comparison.difference,)
