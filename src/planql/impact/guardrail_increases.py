"""The guardrail of increases: no number of a new version raises the price by more than so much.

Source: RULES 10.3 (docs/rules/versions.md, docs/pull-requests.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planql.catalog.checks.versions import WHAT_A_VERSION_IS
from planql.catalog.diff import (
    CatalogDiff,
    Change,
    Direction,
    Measure,
    ObjectDiff,
    line_of,
    predecessor,
)
from planql.catalog.diff.comparing import Comparison
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.impact.guardrails import Finding, Guardrail, Verdict, exact, judged

_PRICES: Final = {Measure.AMOUNT, Measure.PERCENTAGE, Measure.QUANTITY}
_CURRENCY: Final = "/currency"


@dataclass(frozen=True, slots=True)
class _Version:
    """A version that a change brings, and what differs from the one before it."""

    document: Document[RatePlan]
    changes: Sequence[Change]


def increase_guardrail(diff: CatalogDiff, base: Catalog, head: Catalog) -> Guardrail:
    """Every number that raises the price from a version to the one that follows it.

    Judged are versions that are new or newly published, and drafts that changed. Where less costs
    more (included units, the size of a package) the number may fall by no more than the limit.
    What is new has no percentage and is not judged; a price that was 0 is beyond every limit. Where
    the currency changes, amounts cannot be compared: that is not known, and does not pass.

    Args:
        diff: What changed from `base` to `head`.
        base: The catalog before.
        head: The catalog now, whose limit holds.
    """
    before, now = (each.settings.guardrails.max_increase_percentage for each in (base, head))
    limit = exact(now)
    findings = () if limit is None else _findings(diff, head, limit)
    return judged("max_increase_percentage", now, before, findings)


def _findings(diff: CatalogDiff, head: Catalog, limit: Fraction) -> Iterator[Finding]:
    for version in _versions(diff, head):
        for change in version.changes:
            if change.pointer == _CURRENCY:
                yield _unknown(version.document, change)
            elif _is_increase(change):
                yield _finding(version.document, change, limit)


def _versions(diff: CatalogDiff, head: Catalog) -> Iterator[_Version]:
    """The versions that are judged, each once."""
    for found in diff.objects:
        document = found.head
        if document is not None and isinstance(document.entity, RatePlan):
            plan = Document(document.entity, document.path, document.lines, document.name)
            if found.follows:
                yield _Version(plan, found.changes)
            elif _is_changed_draft(found, plan.entity):
                yield _Version(plan, _since_predecessor(plan, head))


def _is_changed_draft(found: ObjectDiff, plan: RatePlan) -> bool:
    was = found.base.entity if found.base else None
    return isinstance(was, RatePlan) and was.status == plan.status == "draft"


def _since_predecessor(plan: Document[RatePlan], head: Catalog) -> Sequence[Change]:
    before = predecessor(head, plan.entity)
    if before is None:
        return ()
    return Comparison(before, plan, left_out=frozenset(WHAT_A_VERSION_IS)).changes()


def _is_increase(change: Change) -> bool:
    is_price = change.measure in _PRICES and change.direction is Direction.UP
    return is_price and change.old is not None and change.new is not None


def _unknown(document: Document[RatePlan], change: Change) -> Finding:
    """The amounts of a plan whose currency changes: nothing is converted."""
    return Finding(
        verdict=Verdict.UNKNOWN,
        plan=document.entity.key,
        version=document.entity.version,
        subject=change.what,
        charge="",
        value=None,
        before=None,
        because="amounts of two currencies cannot be compared",
        path=document.path,
        line=line_of(document, change.pointer),
    )


def _finding(document: Document[RatePlan], change: Change, limit: Fraction) -> Finding:
    plan = document.entity
    value = None if change.percent is None else abs(change.percent)
    is_within = value is not None and value <= limit
    verdict = Verdict.WARNED if plan.status == "draft" else Verdict.FAILED
    return Finding(
        verdict=Verdict.PASSED if is_within else verdict,
        plan=plan.key,
        version=plan.version,
        subject=change.what,
        charge=change.charge,
        value=value,
        before=None,
        because=_because(plan, value, is_within=is_within),
        path=document.path,
        line=line_of(document, change.pointer),
    )


def _because(plan: RatePlan, value: Fraction | None, *, is_within: bool) -> str:
    if is_within:
        return ""
    reason = "it was 0 before" if value is None else ""
    return "; ".join(filter(None, [reason, "only a draft" if plan.status == "draft" else ""]))
