"""Guardrails: when one is loosened, which finding decides, and what has no figure."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planql.catalog.snapshot import Catalog
from planql.impact.comparisons import PlanPair
from planql.impact.guardrail_margins import margin_guardrail
from planql.impact.guardrails import Finding, Guardrail, GuardrailName, Verdict, judged
from planql.impact.results import Impact
from planql.sources import load

BASE = Path(__file__).resolve().parent.parent / "cases" / "comment" / "base"


def finding(verdict: Verdict, value: int | None) -> Finding:
    """A number held against a limit."""
    exact = None if value is None else Fraction(value)
    return Finding(verdict, "pro", 2, "unit price", "calls", exact, None, "", "v2.json", 1)


@pytest.mark.parametrize(
    ("name", "before", "now", "is_loosened"),
    [
        ("max_increase_percentage", None, "20", False),
        ("max_increase_percentage", None, None, False),
        ("max_increase_percentage", "20", None, True),
        ("max_increase_percentage", "20", "21", True),
        ("max_increase_percentage", "20", "20", False),
        ("max_increase_percentage", "20", "19", False),
        ("min_margin_percentage", "50", "49", True),
        ("min_margin_percentage", "50", "50", False),
        ("min_margin_percentage", "50", "51", False),
        ("min_margin_percentage", "50", None, True),
    ],
)
def test_loosened(
    name: GuardrailName, before: str | None, now: str | None, *, is_loosened: bool
) -> None:
    """A limit is loosened that lets more through than before, or is gone; that is warned of."""
    limit, earlier = (None if text is None else Decimal(text) for text in (now, before))
    found = judged(name, limit, earlier, ())
    assert found.is_loosened is is_loosened
    assert found.verdict is (Verdict.WARNED if is_loosened else Verdict.PASSED)


def test_the_largest_increase_decides() -> None:
    """Failures come first, among them a price that was 0, then the largest."""
    passed, small = finding(Verdict.PASSED, 99), finding(Verdict.FAILED, 21)
    large, free = finding(Verdict.FAILED, 30), finding(Verdict.FAILED, None)
    found = judged("max_increase_percentage", Decimal(20), None, [passed, small, large, free])
    assert found.findings == (free, large, small, passed)
    assert found.worst == free


def test_the_least_margin_decides() -> None:
    """Of margins the least comes first; one without revenue is less than any."""
    thin, thinner = finding(Verdict.FAILED, 40), finding(Verdict.FAILED, -5)
    gift = finding(Verdict.FAILED, None)
    found = judged("min_margin_percentage", Decimal(50), None, [thin, thinner, gift])
    assert found.findings == (gift, thinner, thin)


def test_nothing_to_judge_passes() -> None:
    """Without findings there is none that decides, and the guardrail passes."""
    found = Guardrail("max_increase_percentage", Fraction(20), None)
    assert (found.worst, found.verdict) == (None, Verdict.PASSED)


def base() -> Catalog:
    """A catalog with both guardrails."""
    catalog = load(BASE).catalog
    assert catalog is not None
    return catalog


def impact(*plans: PlanPair) -> Impact:
    """An impact of plans without scenarios."""
    return Impact(date(2026, 6, 15), (), plans, (), None, ())


def test_a_plan_without_scenario_is_not_known() -> None:
    """The margin of a plan that no scenario is for is not known; one that is gone has none."""
    plan, limits = base().rate_plan("pro", 1), base().settings.guardrails
    found = margin_guardrail(impact(PlanPair("pro", plan, plan)), limits, limits)
    assert found.verdict is Verdict.UNKNOWN
    gone = margin_guardrail(impact(PlanPair("pro", plan, None)), limits, limits)
    assert gone.findings == ()
