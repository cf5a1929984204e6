"""The plans that a change touches, each with the versions that are compared.

::

    base    v1 published   v2 published (in force)   v3 draft
    head    v1             v2                        v3 draft, changed    v4 new
                           ^ before                                       ^ after

Owns: which version stands for which side, and saying so.
Does not own: why a version is touched (`planql.impact.reasons`).

Source: RULES 10.1 (docs/rules/impact.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from planql.catalog.diff import CatalogDiff
from planql.catalog.documents import Document
from planql.catalog.migrations import Migration
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.errors import UnknownReference
from planql.impact.reasons import Reasons, changed_migrations, reasons_for
from planql.impact.results import PlanPair

Versions = Mapping[int, Document[RatePlan]]


def touched_plans(
    base: Catalog, head: Catalog, as_of: date, diff: CatalogDiff
) -> tuple[PlanPair, ...]:
    """Every plan with a version that is new, or whose price or cost a change touches, by key.

    Plans that were drafts only and are gone touch nobody, and are left out.

    Args:
        base: The catalog before.
        head: The catalog now.
        as_of: The local day on which this is asked.
        diff: What differs between the two.
    """
    pairing = _Pairing(base, head, as_of, diff)
    pairs = (pairing.pair(key) for key in sorted({*base.rate_plans, *head.rate_plans}))
    return tuple(pair for pair in pairs if pair)


@dataclass(frozen=True, slots=True)
class _Pairing:
    base: Catalog
    head: Catalog
    as_of: date
    diff: CatalogDiff

    def pair(self, key: str) -> PlanPair | None:
        """The two versions of a plan that are compared; None when nothing touches it."""
        reasons = reasons_for(key, self.diff, self.base, self.head)
        migrations = list(changed_migrations(self.diff, self.head, key))
        before, after = self.base.rate_plans.get(key, {}), self.head.rate_plans.get(key, {})
        if migrations and not reasons:
            return _migrated(migrations[-1], before, after)
        if not reasons:
            return None
        new = self._touched(key, reasons, after)
        old = _published(before, new) or _standing(self.base, key, self.as_of)
        return PlanPair(
            key,
            old,
            new,
            _absent(old, new, before),
            _because(reasons if old else replace(reasons, needed={}), migrations),
            tuple(_notes(old, new, reasons, self.as_of)),
        )

    def _touched(self, key: str, reasons: Reasons, versions: Versions) -> Document[RatePlan] | None:
        """The newest version that itself is touched; else what stands, if that is touched."""
        if reasons.own:
            return versions[max(reasons.own)]
        standing = _standing(self.head, key, self.as_of)
        if standing is None or reasons.gone or standing.entity.version in reasons.needed:
            return standing or versions.get(max(versions, default=0))
        return versions[max(reasons.needed)]


def _standing(catalog: Catalog, key: str, on: date) -> Document[RatePlan] | None:
    """The version in force, else the newest published one, else the newest archived one."""
    versions = catalog.rate_plans.get(key, {})
    try:
        return catalog.rate_plan_in_force(key, on)
    except UnknownReference:
        kept = [each for each in versions.values() if each.entity.status != "draft"]
        return max(kept, key=_rank, default=None)


def _published(versions: Versions, new: Document[RatePlan] | None) -> Document[RatePlan] | None:
    """The same version as `new`, when it is no draft."""
    same = versions.get(new.entity.version) if new else None
    return same if same and same.entity.status != "draft" else None


def _rank(document: Document[RatePlan]) -> tuple[bool, int]:
    return document.entity.status == "published", document.entity.version


def _migrated(migration: Migration, before: Versions, after: Versions) -> PlanPair:
    """The two versions of a migration, when the plan is touched by nothing else."""
    old, new = before.get(migration.from_version), after.get(migration.to_version)
    return PlanPair(migration.rate_plan, old, new, _absent(old, new, before), (_moves(migration),))


def _absent(
    old: Document[RatePlan] | None, new: Document[RatePlan] | None, before: Versions
) -> str:
    if new is None:
        return "the plan is gone"
    if old is None:
        return "the base has only drafts of it" if before else "the plan is new"
    return ""


def _because(reasons: Reasons, migrations: Iterable[Migration]) -> tuple[str, ...]:
    needed = (word for words in reasons.needed.values() for word in words)
    moves = map(_moves, migrations)
    return tuple(dict.fromkeys([*reasons.own.values(), *reasons.gone, *needed, *moves]))


def _moves(migration: Migration) -> str:
    return (
        f'migration "{migration.key}" moves version {migration.from_version} '
        f"to {migration.to_version}"
    )


def _notes(
    old: Document[RatePlan] | None, new: Document[RatePlan] | None, reasons: Reasons, as_of: date
) -> Iterable[str]:
    """What a reader should know of the choice."""
    if new is None:
        return
    plan = new.entity
    if plan.status == "draft":
        yield f"version {plan.version} is a draft: nobody can subscribe to it yet"
    elif plan.effective_from > as_of:
        yield (
            f"version {plan.version} is in force from {plan.effective_from} on; "
            "it is compared as if it were already"
        )
    if old is not None and old.entity.version == plan.version:
        yield f"both sides are version {plan.version}"
    others = sorted({*reasons.own} - {plan.version})
    if others:
        listed = ", ".join(map(str, others))
        yield f"version {plan.version} is compared; of the plan, {listed} is touched, too"
