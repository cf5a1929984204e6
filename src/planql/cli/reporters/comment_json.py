"""A review of a change for programs."""

import json

from planql.cli.reporters.comment_money import gaps
from planql.cli.reporters.comment_report import (
    CommentReport,
    FindingReport,
    GapReport,
    GuardrailReport,
    MoverReport,
    MoversReport,
    RowReport,
    SumReport,
    TotalReport,
)
from planql.cli.reporters.comment_text import headline
from planql.cli.reporters.problem_json import problem_report
from planql.impact.guardrails import Finding, Guardrail
from planql.impact.results import Headline
from planql.impact.review_records import Mover, Movers, Review, Row
from planql.money import Exact, plain
from planql.simulation.totals import Totals


def comment_document(review: Review) -> str:
    """The review as one JSON document."""
    headlines = review.impact.headlines if review.impact else ()
    report = CommentReport(
        standing=review.standing.value,
        headline=headline(review),
        is_public=review.is_public,
        totals=tuple(_total(each, review) for each in headlines),
        rows=tuple(_row(each, review) for each in review.rows),
        guardrails=tuple(map(_guardrail, review.guardrails)),
        customers=tuple(map(_movers, review.movers)),
        gaps=tuple(GapReport(what=what, reason=why) for what, why in gaps(review)),
        problems=tuple(map(problem_report, review.problems)),
    )
    return json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False)


def _total(found: Headline, review: Review) -> TotalReport:
    before, after = found.per_month.before, found.per_month.after
    return TotalReport(
        of=found.of,
        customers=found.customers,
        before=_sum(before, review),
        after=_sum(after, review),
    )


def _sum(totals: Totals, review: Review) -> SumReport:
    is_public = review.is_public
    return SumReport(
        currency=totals.currency,
        revenue=plain(totals.revenue),
        margin=None if is_public else _text(totals.margin),
        margin_percentage=None if is_public else _text(totals.margin_percentage),
    )


def _row(row: Row, review: Review) -> RowReport:
    before, after = row.plan.before, row.plan.after
    return RowReport(
        rate_plan=row.plan.key,
        version_before=before.entity.version if before else None,
        version_after=after.entity.version if after else None,
        scenario=row.scenario,
        customers=row.customers,
        before=_sum(row.before, review) if row.before else None,
        after=_sum(row.after, review) if row.after else None,
        unknown=row.unknown,
    )


def _guardrail(guardrail: Guardrail) -> GuardrailReport:
    return GuardrailReport(
        name=guardrail.name,
        verdict=guardrail.verdict.value,
        limit=_text(guardrail.limit),
        findings=tuple(map(_finding, guardrail.findings)),
    )


def _finding(finding: Finding) -> FindingReport:
    return FindingReport(
        verdict=finding.verdict.value,
        rate_plan=finding.plan,
        version=finding.version,
        subject=finding.subject,
        charge=finding.charge,
        value=_text(finding.value),
        before=_text(finding.before),
        because=finding.because,
        path=finding.path,
        line=finding.line,
    )


def _movers(movers: Movers) -> MoversReport:
    movement = movers.movement
    return MoversReport(
        currency=movement.currency,
        more=movement.more,
        less=movement.less,
        same=movement.same,
        up=tuple(map(_mover, movers.up)),
        down=tuple(map(_mover, movers.down)),
    )


def _mover(mover: Mover) -> MoverReport:
    difference = mover.per_month
    return MoverReport(
        customer=mover.name,
        currency=difference.currency,
        before=plain(difference.before.revenue),
        after=plain(difference.after.revenue),
        moved_on=mover.move.on.isoformat() if mover.move else None,
    )


def _text(number: Exact | None) -> str | None:
    return None if number is None else plain(number)
