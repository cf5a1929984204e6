"""The guardrail of margins: no scenario earns less than so much on a plan.

Source: RULES 10.3 (docs/rules/simulation.md, docs/pull-requests.md).
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.settings import Guardrails
from planql.impact.guardrails import Finding, Guardrail, Verdict, exact, judged
from planql.impact.results import Impact, Outcome, ScenarioImpact
from planql.simulation.totals import Totals


def margin_guardrail(impact: Impact, before: Guardrails, now: Guardrails) -> Guardrail:
    """The margin of every touched plan under every scenario for it, over all months compared.

    Args:
        impact: What the change does to money.
        before: The guardrails of the base.
        now: Those of the head, which hold.
    """
    limit = exact(now.min_margin_percentage)
    findings = () if limit is None else _findings(impact, limit)
    return judged(
        "min_margin_percentage", now.min_margin_percentage, before.min_margin_percentage, findings
    )


def _findings(impact: Impact, limit: Fraction) -> Iterator[Finding]:
    for pair in impact.plans:
        if pair.after is not None:
            scenarios = impact.scenarios_of(pair.key)
            for scenario in scenarios:
                yield _finding(scenario, pair.after, limit)
            if not scenarios:
                yield _unknown(pair.after)


def _finding(scenario: ScenarioImpact, document: Document[RatePlan], limit: Fraction) -> Finding:
    before, after = scenario.comparison.before, scenario.comparison.after
    verdict, because = _verdict(before, after, document.entity, limit)
    return replace(
        _unknown(document),
        verdict=verdict,
        subject=scenario.scenario,
        value=_percentage(after),
        before=_percentage(before),
        because=because,
    )


def _unknown(document: Document[RatePlan]) -> Finding:
    """A plan whose margin nothing tells."""
    return Finding(
        verdict=Verdict.UNKNOWN,
        plan=document.entity.key,
        version=document.entity.version,
        subject="",
        charge="",
        value=None,
        before=None,
        because="no scenario is for it",
        path=document.path,
        line=1,
    )


def _verdict(
    before: Outcome, after: Outcome, plan: RatePlan, limit: Fraction
) -> tuple[Verdict, str]:
    """The verdict and why, in a few words."""
    now, was = after.totals, before.totals
    if now is None or now.margin is None:
        return Verdict.UNKNOWN, after.unknown or "a cost is not known"
    if not _is_under(now, limit):
        return Verdict.PASSED, ""
    if plan.status == "draft":
        return Verdict.WARNED, "only a draft"
    return _blame(was, now, limit)


def _blame(was: Totals | None, now: Totals, limit: Fraction) -> tuple[Verdict, str]:
    """Whether it is this change that leads to a margin under the limit."""
    if was is None or was.margin is None:
        return Verdict.FAILED, "there was no margin to compare with"
    if not _is_under(was, limit):
        return Verdict.FAILED, "this change brings it there"
    if _is_worse(was, now):
        return Verdict.FAILED, "this change makes it worse"
    return Verdict.WARNED, "this change does not make it worse"


def _is_under(totals: Totals, limit: Fraction) -> bool:
    """Whether a margin is under the limit; without revenue any cost is, and no cost is not."""
    percentage, margin = totals.margin_percentage, totals.margin
    if percentage is None:
        return margin is not None and margin < 0
    return percentage < limit


def _is_worse(was: Totals, now: Totals) -> bool:
    """Whether a margin fell: in percent, or in money where there is no revenue."""
    before, after = was.margin_percentage, now.margin_percentage
    if before is None or after is None:
        return (now.margin or Fraction(0)) < (was.margin or Fraction(0))
    return after < before


def _percentage(outcome: Outcome) -> Fraction | None:
    totals = outcome.totals
    return None if totals is None else totals.margin_percentage
