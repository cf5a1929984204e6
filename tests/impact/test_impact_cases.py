"""Impacts worked out by hand; each file is a test."""

from pathlib import Path
from typing import Any

import pytest
from tests.impact.impact_cases import CASES, Case, case_at

from planql.impact.figures import Difference
from planql.impact.results import (
    Bucket,
    Comparison,
    CustomerChange,
    CustomersImpact,
    Headline,
    Impact,
    Movement,
    Outcome,
    PlanPair,
)
from planql.money import plain


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    """One case after the other."""
    path: Path = request.param
    return case_at(path)


def test_an_impact_is_as_worked_out_by_hand(case: Case) -> None:
    """Plans, scenarios, customers, headlines and gaps are those of the case."""
    impact = case.impact()
    expected = case.document["expect"]
    assert [_pair(each) for each in impact.plans] == expected["plans"]
    for found, wanted in zip(_scenarios(impact), expected["scenarios"], strict=True):
        assert {name: found[name] for name in wanted} == _filled(wanted, found)
    assert [_headline(each) for each in impact.headlines] == expected["headlines"]
    assert [[gap.what, gap.reason] for gap in impact.gaps] == expected["gaps"]
    assert list(impact.notes) == expected.get("notes", [])
    _check_customers(impact.customers, expected)


def test_nothing_unknown_is_a_zero(case: Case) -> None:
    """Where there is no figure there is a reason, and where there is a reason no figure."""
    impact = case.impact()
    comparisons = [each.comparison for each in impact.scenarios]
    comparisons += [line.comparison for line in impact.customers.lines] if impact.customers else []
    for comparison in comparisons:
        assert (comparison.difference is None) == bool(comparison.incomparable)
        for side in (comparison.before, comparison.after):
            assert (side.totals is None) == bool(side.unknown)


def _check_customers(customers: CustomersImpact | None, expected: dict[str, Any]) -> None:
    if customers is None:
        assert "customers" not in expected
        return
    lines = [
        {"customer": line.customer, **_comparison(line.comparison)}
        | {
            "moves": line.moves and [line.moves.on.isoformat(), line.moves.to_version],
            "notes": list(line.notes),
        }
        for line in customers.lines
    ]
    for found, wanted in zip(lines, expected["customers"], strict=True):
        assert {name: found[name] for name in wanted} == _filled(wanted, found)
    for movement, wanted in zip(customers.movements, expected["movements"], strict=True):
        shown = _movement(movement)
        assert {name: shown[name] for name in wanted} == wanted
    assert customers.reach == expected["reach"]


def _filled(wanted: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What is wanted; of a side only what the case says."""
    sides: dict[str, Any] = {
        name: {**found[name], **wanted[name]} for name in ("before", "after") if name in wanted
    }
    return {**wanted, **sides}


def _pair(pair: PlanPair) -> dict[str, Any]:
    return {
        "key": pair.key,
        "before": pair.before.entity.version if pair.before else None,
        "after": pair.after.entity.version if pair.after else None,
        "because": list(pair.because),
        "absent": pair.absent,
        "notes": list(pair.notes),
    }


def _scenarios(impact: Impact) -> list[dict[str, Any]]:
    return [
        {
            "plan": each.plan.key,
            "scenario": each.scenario,
            "notes": list(each.notes),
            **_comparison(each.comparison),
            "per_month": each.per_month and plain(each.per_month.revenue),
        }
        for each in impact.scenarios
    ]


def _comparison(comparison: Comparison) -> dict[str, Any]:
    difference = comparison.difference
    return {
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "incomparable": comparison.incomparable,
        "percentage": difference and _plain(difference.revenue_percentage),
    }


def _side(side: Outcome) -> dict[str, Any]:
    totals = side.totals
    if totals is None:
        return {"version": side.version, "unknown": side.unknown}
    return {
        "version": side.version,
        "revenue": plain(totals.revenue),
        "cost": _plain(totals.cost),
        "margin": _plain(totals.margin),
        "margin_percentage": _plain(totals.margin_percentage),
        "missing": list(totals.missing),
    }


def _headline(headline: Headline) -> dict[str, Any]:
    return {
        "of": headline.of,
        "currency": headline.currency,
        "customers": headline.customers,
        **_change(headline.per_month),
    }


def _change(difference: Difference) -> dict[str, Any]:
    return {
        "revenue": plain(difference.revenue),
        "cost": _plain(difference.cost),
        "margin": _plain(difference.margin),
    }


def _movement(movement: Movement) -> dict[str, Any]:
    return {
        "currency": movement.currency,
        "more": movement.more,
        "less": movement.less,
        "same": movement.same,
        "moving": movement.moving,
        "revenue": plain(movement.per_month.revenue),
        "up": [_mover(each) for each in movement.movers_up()],
        "down": [_mover(each) for each in movement.movers_down()],
        "percentages": _buckets(movement.percentages),
        "amounts": _buckets(movement.amounts),
    }


def _mover(change: CustomerChange) -> list[str]:
    return [change.customer, plain(change.per_month.revenue)]


def _buckets(buckets: tuple[Bucket, ...]) -> dict[str, int]:
    return {_bounds(each): each.customers for each in buckets if each.customers}


def _bounds(bucket: Bucket) -> str:
    lower, upper = _plain(bucket.lower), _plain(bucket.upper)
    return "0" if lower == upper else f"{lower} to {upper}"


def _plain(value: Any) -> str | None:  # noqa: ANN401 - a fraction or None
    return None if value is None else plain(value)
