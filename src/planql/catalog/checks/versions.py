"""Rules about the versions of one rate plan.

Source: RULES 10.1 and 10.3 (docs/rules/versions.md).
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake, Severity

Pair = tuple[Document[RatePlan], Document[RatePlan]]

WHAT_A_VERSION_IS = {"schema_reference", "version", "status", "effective_from"}
"""The members that may differ between two versions that cost the same."""


def check_effective_from(documents: Documents) -> Iterator[PlacedMistake]:
    """A later version of a rate plan has a later `effective_from`."""
    for before, after in successive_versions(documents):
        start, later = before.entity.effective_from, after.entity.effective_from
        if later <= start:
            mistake = Mistake(
                "effective-from-order",
                f'version {after.entity.version} starts on "{later}", not after version '
                f'{before.entity.version}, which starts on "{start}"',
                "/effective_from",
                "a later version needs a later date",
            )
            yield PlacedMistake(after.path, mistake, ((before.path, "/effective_from"),))


def check_unchanged_versions(documents: Documents) -> Iterator[PlacedMistake]:
    """A new version of a rate plan should differ from the one before it."""
    for before, after in successive_versions(documents):
        if _content(before.entity) == _content(after.entity):
            mistake = Mistake(
                "unchanged-version",
                f"version {after.entity.version} is the same as version {before.entity.version}",
                "/version",
                "change what was to be changed, or delete the version",
                Severity.WARNING,
            )
            yield PlacedMistake(after.path, mistake, ((before.path, "/version"),))


def successive_versions(documents: Documents) -> Iterator[Pair]:
    """Every two versions of a plan that follow each other, lower version first.

    Two documents that claim the same version are left to the rule about keys.
    """
    ordered = sorted(documents.rate_plans, key=_plan_and_version)
    for _, versions in groupby(ordered, key=lambda document: document.entity.key):
        for before, after in pairwise(versions):
            if before.entity.version < after.entity.version:
                yield before, after


def _plan_and_version(document: Document[RatePlan]) -> tuple[str, int]:
    return document.entity.key, document.entity.version


def _content(plan: RatePlan) -> dict[str, object]:
    """What a version costs and says; amounts by value, so 99 is 99.00."""
    return {name: value for name, value in plan if name not in WHAT_A_VERSION_IS}
