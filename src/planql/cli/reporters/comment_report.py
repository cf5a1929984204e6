"""What `planql comment --format json` prints; its schema is schema/comment.schema.json."""

from typing import Annotated, Literal

from pydantic import Field

from planql.cli.reporters.problem_json import ProblemReport
from planql.entity import Entity, Items
from planql.impact.guardrails import GuardrailName

Count = Annotated[int, Field(ge=0)]
VerdictName = Literal["failed", "warned", "unknown", "passed"]


class SumReport(Entity):
    """What is earned in an average month, at one side."""

    currency: str
    """Of every amount."""
    revenue: str
    """In major units, exact: an average may be no amount that can be paid."""
    margin: str | None
    """Revenue less cost; null where it is not known, and in public."""
    margin_percentage: str | None
    """The same in percent of revenue."""


class RowReport(Entity):
    """A plan under a scenario, or with its real customers in one currency."""

    rate_plan: str
    """Key."""
    version_before: int | None
    """Null where there was none."""
    version_after: int | None
    """Null where there is none any more."""
    scenario: str
    """Key; empty for real customers."""
    customers: Count
    """How many are in the sums."""
    before: SumReport | None
    """Null where it is not known."""
    after: SumReport | None
    """The same."""
    unknown: str
    """Why a side is null or both cannot be compared; empty where they can."""


class FindingReport(Entity):
    """A number held against a limit."""

    verdict: VerdictName
    """On this number."""
    rate_plan: str
    """Key."""
    version: int
    """After the change."""
    subject: str
    """A price in words, or the key of a scenario."""
    charge: str
    """Key of the charge; empty for none."""
    value: str | None
    """The increase or the margin in percent; null where there is none."""
    before: str | None
    """The margin before; null for increases."""
    because: str
    """What leads to the verdict; empty where nothing is to be said."""
    path: str
    """The file."""
    line: int
    """From 1."""


class GuardrailReport(Entity):
    """A limit, and what was held against it."""

    name: GuardrailName
    """As in catalog.json."""
    verdict: VerdictName
    """The worst of the findings."""
    limit: str | None
    """In percent; null where the catalog sets none."""
    findings: Items[FindingReport]
    """The worst first."""


class MoverReport(Entity):
    """A customer whose bill changes."""

    customer: str
    """Key, or an alias in public."""
    currency: str
    """Of the amounts."""
    before: str
    """Revenue of an average month."""
    after: str
    """The same after the change."""
    moved_on: str | None
    """The day on which a migration moves the customer; null for never."""


class MoversReport(Entity):
    """Real customers of one currency."""

    currency: str
    """Of the amounts."""
    more: int
    """How many would pay more."""
    less: int
    """How many would pay less."""
    same: int
    """How many would pay the same."""
    up: Items[MoverReport]
    """The largest rises, the largest first."""
    down: Items[MoverReport]
    """The largest falls, the largest first."""


class GapReport(Entity):
    """A figure that is not there."""

    what: str
    """Of what."""
    reason: str
    """Why."""


class TotalReport(Entity):
    """The change in one currency."""

    of: Literal["scenarios", "customers"]
    """Over which customers."""
    customers: Count
    """How many."""
    before: SumReport
    """An average month."""
    after: SumReport
    """The same after the change."""


class CommentReport(Entity):
    """What `planql comment --format json` prints."""

    standing: Literal[
        "unreadable", "invalid", "failed", "warned", "passed", "unchanged", "incomparable"
    ]
    """What becomes of the change."""
    headline: str
    """The first sentence of the comment, in Markdown."""
    is_public: bool
    """Whether costs, margins and keys of customers are left out."""
    totals: Items[TotalReport]
    """By currency; never added across currencies."""
    rows: Items[RowReport]
    """Plans under scenarios, then plans with their real customers."""
    guardrails: Items[GuardrailReport]
    """That of margins is not there in public."""
    customers: Items[MoversReport]
    """By currency; empty without real customers."""
    gaps: Items[GapReport]
    """Every figure that is not there."""
    problems: Items[ProblemReport]
    """The errors, where there are some; else the warnings in files that changed."""
