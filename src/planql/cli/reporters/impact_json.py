"""The impact of a change for programs; its schema is schema/impact.schema.json."""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.cli.reporters.diff_json import SnapshotReport
from planql.cli.reporters.impact_customers_json import CustomersReport, customers_report
from planql.cli.reporters.impact_figures_json import (
    ComparisonReport,
    DifferenceReport,
    MonthsReport,
    comparison_report,
    difference_report,
    months_report,
    optional_difference,
)
from planql.entity import Entity, Items
from planql.impact.results import Headline, Impact, PlanPair, ScenarioImpact


class VersionReport(Entity):
    """A version of a rate plan."""

    version: Annotated[int, Field(ge=1)]
    """Its number."""
    status: Literal["draft", "published", "archived"]
    """Whether anybody can subscribe to it."""
    effective_from: date
    """The first day on which it is in force."""
    currency: str
    """Of every amount."""
    path: str
    """The file."""


class PlanPairReport(Entity):
    """A rate plan that the change touches."""

    key: str
    """Its key."""
    name: str
    """For people."""
    before: VersionReport | None
    """The version compared, as in the base; null where `absent` says why."""
    after: VersionReport | None
    """The version compared, as in the head; null where `absent` says why."""
    absent: str
    """Why a version is null; empty when both are there."""
    because: Items[str]
    """What touches it."""
    notes: Items[str]
    """What a reader should know."""


class ScenarioReport(Entity):
    """A touched plan under one scenario."""

    plan: str
    """Key of the rate plan."""
    scenario: str
    """Key of the scenario."""
    name: str
    """Of the scenario, for people."""
    customers: Annotated[int, Field(ge=1)]
    """How many such customers it stands for."""
    comparison: ComparisonReport
    """Of one customer."""
    per_month: DifferenceReport | None
    """The average month of all customers; null where there is no difference."""
    notes: Items[str]
    """What a reader should know."""


class HeadlineReport(Entity):
    """The total change per month in one currency."""

    of: Literal["scenarios", "customers"]
    """Over which customers: those of all scenarios, or real ones."""
    currency: str
    """Of every amount."""
    customers: int
    """How many customers are in it."""
    per_month: DifferenceReport
    """The average month."""


class GapReport(Entity):
    """A figure that is not there."""

    what: str
    """Of what."""
    reason: str
    """Why."""


class ImpactReport(Entity):
    """What `planql impact --format json` prints."""

    base: SnapshotReport
    """The catalog before."""
    head: SnapshotReport
    """The catalog now."""
    as_of: date
    """The local day on which this was asked."""
    months: MonthsReport | None
    """The months that scenarios were compared over."""
    headlines: Items[HeadlineReport]
    """Scenarios first, then real customers; by currency."""
    plans: Items[PlanPairReport]
    """Every touched plan, by key."""
    scenarios: Items[ScenarioReport]
    """Every touched plan under each scenario for it."""
    customers: CustomersReport | None
    """Real customers; null where neither a database nor exported usage was given."""
    gaps: Items[GapReport]
    """Every figure that is not there."""
    notes: Items[str]
    """What holds for all of it."""


def impact_document(impact: Impact, base: Catalog, head: Catalog) -> str:
    """The impact as one JSON document, with a line feed at its end."""
    report = ImpactReport(
        base=SnapshotReport(commit=base.commit, digest=base.digest),
        head=SnapshotReport(commit=head.commit, digest=head.digest),
        as_of=impact.as_of,
        months=months_report(impact.months),
        headlines=tuple(map(_headline, impact.headlines)),
        plans=tuple(map(_plan, impact.plans)),
        scenarios=tuple(map(_scenario, impact.scenarios)),
        customers=None if impact.customers is None else customers_report(impact.customers),
        gaps=tuple(GapReport(what=gap.what, reason=gap.reason) for gap in impact.gaps),
        notes=impact.notes,
    )
    return json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def _headline(headline: Headline) -> HeadlineReport:
    return HeadlineReport(
        of=headline.of,
        currency=headline.currency,
        customers=headline.customers,
        per_month=difference_report(headline.per_month),
    )


def _plan(pair: PlanPair) -> PlanPairReport:
    return PlanPairReport(
        key=pair.key,
        name=pair.name,
        before=_version(pair.before),
        after=_version(pair.after),
        absent=pair.absent,
        because=pair.because,
        notes=pair.notes,
    )


def _version(document: Document[RatePlan] | None) -> VersionReport | None:
    if document is None:
        return None
    plan = document.entity
    return VersionReport(
        version=plan.version,
        status=plan.status,
        effective_from=plan.effective_from,
        currency=plan.currency,
        path=document.path,
    )


def _scenario(found: ScenarioImpact) -> ScenarioReport:
    return ScenarioReport(
        plan=found.plan.key,
        scenario=found.scenario,
        name=found.name,
        customers=found.customers,
        comparison=comparison_report(found.comparison),
        per_month=optional_difference(found.per_month),
        notes=found.notes,
    )
