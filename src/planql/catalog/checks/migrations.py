"""Rules about migrations.

Source: RULES 7.9; INTERFACES, `validate` (docs/rules/subscriptions.md).
"""

from collections.abc import Iterator

from planql.catalog.checks.pointers import placed
from planql.catalog.checks.references import check_key, incomplete_keys, known_keys
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.migrations import Migration
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake


def check_migrated_plans(documents: Documents) -> Iterator[PlacedMistake]:
    """The rate plan of a migration, and both versions of it, exist."""
    plans = known_keys(documents, "rate-plan")
    for document in documents.migrations:
        migration = document.entity
        yield from placed(
            document, check_key("rate plan", migration.rate_plan, plans, "/rate_plan")
        )
        if migration.rate_plan in plans:
            yield from placed(document, _check_versions(documents, migration))


def check_migrations_move(documents: Documents) -> Iterator[PlacedMistake]:
    """A migration leads to another version."""
    for document in documents.migrations:
        if document.entity.from_version == document.entity.to_version:
            version = document.entity.to_version
            mistake = Mistake(
                "migration-nowhere",
                f'"to" is version {version}, as is "from"; nobody would move',
                "/to",
                "name the version that subscribers move to",
                related=("/from",),
            )
            yield from placed(document, [mistake])


def check_migration_days(documents: Documents) -> Iterator[PlacedMistake]:
    """Nobody moves to a version before it is in force, or to a draft."""
    versions = {
        (document.entity.key, document.entity.version): document
        for document in documents.rate_plans
    }
    for document in documents.migrations:
        goal = versions.get((document.entity.rate_plan, document.entity.to_version))
        if goal is not None:
            yield from _check_day(document, goal)


def _check_versions(documents: Documents, migration: Migration) -> Iterator[Mistake]:
    key = migration.rate_plan
    if key in incomplete_keys(documents, "rate-plan"):
        return
    plans = [document.entity for document in documents.rate_plans]
    known = {
        name.version for name in documents.named if (name.kind, name.key) == ("rate-plan", key)
    }
    known |= {plan.version for plan in plans if plan.key == key}
    for pointer, version in (("/from", migration.from_version), ("/to", migration.to_version)):
        if version not in known:
            yield Mistake(
                "unknown-reference",
                f'rate plan "{key}" has no version {version}',
                pointer,
                f"there are versions {', '.join(map(str, sorted(known)))}",
            )


def _check_day(document: Document[Migration], goal: Document[RatePlan]) -> Iterator[PlacedMistake]:
    migration, plan = document.entity, goal.entity
    by_date = migration.at != "next_period"
    day = migration.at if by_date else migration.announced_on
    if plan.status == "draft":
        found, where, mend = f"version {plan.version} is a draft", "/to", "publish it first"
        related = (goal.path, "/status")
    elif str(day) < plan.effective_from.isoformat():
        found = f'version {plan.version} starts on "{plan.effective_from}", after "{day}"'
        where, mend = "/at" if by_date else "/announced_on", "write a later day"
        related = (goal.path, "/effective_from")
    else:
        return
    mistake = Mistake("migration-too-early", found, where, mend)
    yield PlacedMistake(document.path, mistake, (related,))
