"""The difference of two catalogs.

Owns: which document is compared with which.
Does not own: what differs between two documents (`planql.catalog.diff.comparing`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from planql.catalog.checks.versions import WHAT_A_VERSION_IS
from planql.catalog.diff.comparing import Comparison
from planql.catalog.diff.frozen_documents import frozen_documents
from planql.catalog.diff.kinds import COMPARED_KINDS, ComparedKind, Name
from planql.catalog.diff.records import CatalogDiff, ChangeClass, Event, ObjectDiff
from planql.catalog.documents import Document, DocumentName
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog


def diff_catalogs(base: Catalog, head: Catalog, as_of: date | None = None) -> CatalogDiff:
    """What differs between two catalogs, in terms of prices.

    Documents are matched by kind, key and version. A new version is compared with the one before
    it in the same plan; so is a draft that became published.

    Args:
        base: The catalog before.
        head: The catalog now.
        as_of: The local day on which this is asked: an `effective_from` that has not come may
            still be moved. None: every day has come.
    """
    differ = _Differ(base, head, as_of, frozen_documents(base))
    found = [each for kind in COMPARED_KINDS for each in differ.objects(kind)]
    return CatalogDiff(tuple(sorted(found, key=lambda each: each.kind.rank)))


@dataclass(frozen=True, slots=True)
class _Differ:
    base: Catalog
    head: Catalog
    as_of: date | None
    frozen: Mapping[DocumentName, RatePlan]

    def objects(self, kind: ComparedKind) -> Iterator[ObjectDiff]:
        """What differs among the documents of one kind, by key and version."""
        before, after = kind.documents(self.base), kind.documents(self.head)
        for name in sorted({*before, *after}):
            old, new = before.get(name), after.get(name)
            if old is None:
                yield self._added(kind, name, cast("Document[Any]", new))
            elif new is None:
                yield self._removed(kind, name, old)
            elif old.entity is not new.entity and old.entity != new.entity:
                yield from self._changed(kind, name, old, new)

    def _removed(self, kind: ComparedKind, name: Name, old: Document[Any]) -> ObjectDiff:
        frozen_by = self.frozen.get(DocumentName(kind.name, *name))
        event_kind = ChangeClass.BREAKING if frozen_by else ChangeClass.NEUTRAL
        return ObjectDiff(
            *(kind.name, *name, Event.REMOVED, event_kind, old, None), frozen_by=frozen_by
        )

    def _added(self, kind: ComparedKind, name: Name, new: Document[Any]) -> ObjectDiff:
        if kind.name == "rate-plan":
            return self._version(Event.ADDED, new)
        return ObjectDiff(kind.name, *name, Event.ADDED, ChangeClass.NEUTRAL, None, new)

    def _changed(
        self, kind: ComparedKind, name: Name, old: Document[Any], new: Document[Any]
    ) -> Iterator[ObjectDiff]:
        frozen_by = self.frozen.get(DocumentName(kind.name, *name))
        comparison = Comparison(old, new, frozen_by is not None, self.as_of)
        is_release = kind.name == "rate-plan" and _is_release(old.entity, new.entity)
        if is_release:
            yield self._version(Event.PUBLISHED, new)
            comparison = Comparison(old, new, left_out=frozenset({"status"}))
        changes = comparison.changes()
        if changes:
            least = ChangeClass.COSMETIC  # the changes say what it is
            yield ObjectDiff(
                *(kind.name, *name, Event.CHANGED, least, old, new),
                changes=changes,
                frozen_by=frozen_by,
            )

    def _version(self, event: Event, new: Document[RatePlan]) -> ObjectDiff:
        """A version that is new, or newly published, beside the one before it."""
        plan = new.entity
        before = predecessor(self.head, plan)
        changes = (
            Comparison(before, new, left_out=frozenset(WHAT_A_VERSION_IS)).changes()
            if before
            else ()
        )
        follows = before.entity.version if before else 0
        return ObjectDiff(
            *("rate-plan", plan.key, plan.version, event, ChangeClass.NEUTRAL),
            *(before, new, follows, changes),
        )


def predecessor(catalog: Catalog, plan: RatePlan) -> Document[RatePlan] | None:
    """The version that customers have before `plan`: the highest lower one that is no draft.

    Where all lower ones are drafts it is the highest of these; None for the first version.
    """
    lower = [
        document
        for version, document in catalog.rate_plans.get(plan.key, {}).items()
        if version < plan.version
    ]
    return max(lower, key=_standing, default=None)


def _standing(document: Document[RatePlan]) -> tuple[bool, int]:
    return document.entity.status != "draft", document.entity.version


def _is_release(old: RatePlan, new: RatePlan) -> bool:
    return old.status == "draft" and new.status == "published"
