"""What a reviewer of a change of prices is told: what becomes of it, and what is said at all.

::

    impact + diff + problems  ->  Review  ->  Markdown, JSON
                                    |
                                    '- standing, guardrails, rows, moves, movers, warnings

Owns: the verdict on a change, which rows a reviewer sees, what is left out in public.
Does not own: any figure (`planql.impact.results`), words and tables (`planql.cli.reporters`).

Source: RULES 10 (docs/pull-requests.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planql.catalog.diff import CatalogDiff, ChangeClass
from planql.catalog.migrations import Migration
from planql.catalog.snapshot import Catalog
from planql.errors import PlanqlError
from planql.impact.figures import averaged, summed
from planql.impact.guardrail_increases import increase_guardrail
from planql.impact.guardrail_margins import margin_guardrail
from planql.impact.guardrails import Guardrail, Verdict
from planql.impact.results import (
    CustomerChange,
    CustomerImpact,
    Impact,
    Outcome,
    PlanPair,
    ScenarioImpact,
)
from planql.impact.review_records import Audience, Mover, Movers, Review, Row, Standing
from planql.problems import Place, Problem, Severity
from planql.simulation.totals import Totals

PRIVATE_CODES: Final = frozenset({"past-cost", "meter-without-cost", "cost-currency"})
"""Warnings that speak of costs."""

_COSTS: Final = "/costs/"
_PRICED: Final = {ChangeClass.BREAKING, ChangeClass.PRICE_UP, ChangeClass.PRICE_DOWN}
_STANDINGS: Final = {Verdict.FAILED: Standing.FAILED, Verdict.WARNED: Standing.WARNED}


@dataclass(frozen=True, slots=True)
class Case:
    """What a review is made from.

    Attributes:
        base: The catalog before.
        head: The catalog now.
        diff: What differs between the two.
        impact: What that does to money.
        problems: The warnings of the head.
    """

    base: Catalog
    head: Catalog
    diff: CatalogDiff
    impact: Impact
    problems: Sequence[Problem] = ()


def without_costs(catalog: Catalog) -> Catalog:
    """The catalog as the public may see it: without costs, and without a limit for margins."""
    guardrails = catalog.settings.guardrails.model_copy(update={"min_margin_percentage": None})
    settings = catalog.settings.model_copy(update={"guardrails": guardrails})
    document = catalog.settings_document
    return replace(
        catalog,
        costs={},
        settings=settings,
        settings_document=document and replace(document, entity=settings),
    )


def review(case: Case, audience: Audience) -> Review:
    """The review of a change between two valid catalogs."""
    near, others = _warnings(case, audience)
    guardrails = tuple(_guardrails(case, audience))
    told = Review(
        standing=Standing.WARNED,
        is_public=audience.is_public,
        problems=near,
        other_warnings=others,
        diff=case.diff,
        guardrails=guardrails,
    )
    if not case.impact.plans and not any(each.kind in _PRICED for each in case.diff.objects):
        if told.loosens_guardrails:
            return told
        least = Standing.WARNED if told.moves_invoices else Standing.UNCHANGED
        return replace(told, standing=least, guardrails=())
    worst = min((each.verdict for each in guardrails), key=lambda verdict: verdict.rank)
    least = Standing.WARNED if told.moves_invoices else Standing.PASSED
    return replace(
        told,
        standing=_STANDINGS.get(worst, least),
        impact=case.impact,
        rows=tuple(_rows(case.impact)),
        moves=tuple(_moves(case)),
        movers=tuple(_movers(case.impact, audience)),
    )


def invalid_review(
    problems: Sequence[Problem], diff: CatalogDiff | None, audience: Audience
) -> Review:
    """The review of a catalog with errors.

    Args:
        problems: Of the head, and of its changes.
        diff: What changed, where both sides can be read.
        audience: Who reads it.
    """
    errors = tuple(each for each in problems if each.severity is Severity.ERROR)
    shown = tuple(_discreet(each) for each in errors) if audience.is_public else errors
    return Review(Standing.INVALID, audience.is_public, shown, diff=diff)


def incomparable_review(problems: Sequence[Problem], audience: Audience) -> Review:
    """The review of a valid catalog whose base has errors, which are `problems`."""
    found = invalid_review(problems, None, audience)
    return replace(found, standing=Standing.INCOMPARABLE)


def unreadable_review(error: PlanqlError, audience: Audience) -> Review:
    """The review of two sides of which one could not be read."""
    problem = Problem(error.code, error.message, Place(""), error.hint)
    return Review(Standing.UNREADABLE, audience.is_public, (problem,))


def _discreet(problem: Problem) -> Problem:
    """A problem of a cost, without the words in which its amounts stand."""
    if not _is_private(problem):
        return problem
    return replace(problem, message="the message names costs, which are not shown", hint="")


def _is_private(problem: Problem) -> bool:
    return problem.code in PRIVATE_CODES or _COSTS in f"/{problem.place.path}"


def _warnings(case: Case, audience: Audience) -> tuple[tuple[Problem, ...], int]:
    """The warnings in files that changed, and how many others there are."""
    found = [each for each in case.problems if not (audience.is_public and _is_private(each))]
    changed = {each.head.path for each in case.diff.objects if each.head}
    near = tuple(each for each in found if each.place.path in changed)
    return near, len(found) - len(near)


def _guardrails(case: Case, audience: Audience) -> Iterator[Guardrail]:
    """All guardrails; that of margins is not held in public, where the verdict would tell."""
    yield increase_guardrail(case.diff, case.base, case.head)
    if not audience.is_public:
        before, now = (each.settings.guardrails for each in (case.base, case.head))
        yield margin_guardrail(case.impact, before, now)


def _rows(impact: Impact) -> Iterator[Row]:
    yield from map(_scenario_row, impact.scenarios)
    for pair in impact.plans:
        yield from _customer_rows(pair, impact)


def _scenario_row(scenario: ScenarioImpact) -> Row:
    comparison = scenario.comparison
    before, after = (_average(side, scenario) for side in (comparison.before, comparison.after))
    return Row(
        scenario.plan,
        scenario.scenario,
        scenario.customers,
        before,
        after,
        comparison.incomparable,
        scenario.notes,
    )


def _average(side: Outcome, scenario: ScenarioImpact) -> Totals | None:
    """An average month of all customers on one side."""
    totals = side.totals
    if totals is None:
        return None
    return averaged(totals, len(scenario.comparison.months)).times(scenario.customers)


def _customer_rows(pair: PlanPair, impact: Impact) -> Iterator[Row]:
    lines = impact.customers.lines if impact.customers else ()
    mine = [
        each for each in lines if each.plan.key == pair.key and not each.comparison.incomparable
    ]
    for total in summed(each.per_month for each in mine if each.per_month):
        same = [each for each in mine if _is_in(each, total.currency)]
        customers = {each.customer for each in same}
        versions = sorted({each.comparison.before.version or 0 for each in same})
        yield Row(*(pair, "", len(customers), total.before, total.after), versions=tuple(versions))


def _is_in(line: CustomerImpact, currency: str) -> bool:
    return line.per_month is not None and line.per_month.currency == currency


def _moves(case: Case) -> Iterator[Migration]:
    """The migrations that lead to a version that a plan is compared with."""
    compared = {(pair.key, pair.after.entity.version) for pair in case.impact.plans if pair.after}
    for document in case.head.migrations.values():
        if (document.entity.rate_plan, document.entity.to_version) in compared:
            yield document.entity


def _movers(impact: Impact, audience: Audience) -> Iterator[Movers]:
    for movement in impact.customers.movements if impact.customers else ():
        yield Movers(
            movement,
            tuple(_mover(each, audience) for each in movement.movers_up()),
            tuple(_mover(each, audience) for each in movement.movers_down()),
        )


def _mover(change: CustomerChange, audience: Audience) -> Mover:
    return Mover(audience.name(change.customer), change.per_month, change.moves)
