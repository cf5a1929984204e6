"""Why a change of the catalog touches a version of a rate plan: itself, or what its price needs.

::

    meter, discount, cost, time zone  --- changed --->  every version that uses it
    version                           --- new, published, changed --->  itself

Owns: which versions are touched, and why.
Does not own: what differs between two documents (`planql.catalog.diff`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planql.catalog.costs import Cost, SubscriptionDayCost
from planql.catalog.diff import CatalogDiff, ChangeClass, Event, ObjectDiff
from planql.catalog.migrations import Migration
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.catalog.snapshot import Catalog

_SILENT = frozenset({"/status"})
"""Members of a version that set no price."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why versions of one plan are touched, each in a few words.

    Attributes:
        own: Version of the head -> what happened to the version itself.
        gone: What happened to published versions that the head has no more.
        needed: Version of the head -> what changed of all that its price or cost needs.
    """

    own: Mapping[int, str]
    gone: tuple[str, ...]
    needed: Mapping[int, tuple[str, ...]]

    def __bool__(self) -> bool:
        """Whether anything touches the plan."""
        return bool(self.own or self.gone or self.needed)


def reasons_for(key: str, diff: CatalogDiff, base: Catalog, head: Catalog) -> Reasons:
    """Why the versions of rate plan `key` are touched."""
    mine = [each for each in diff.objects if (each.noun, each.key) == ("rate-plan", key)]
    versions = head.rate_plans.get(key, {})
    changed = list(_changed_documents(diff, base, head))
    needed = {
        version: tuple(each.words for each in changed if each.is_needed_by(document.entity))
        for version, document in versions.items()
    }
    return Reasons(
        own={each.version: _own(each) for each in mine if each.head and _matters(each)},
        gone=tuple(
            f"version {each.version} is gone" for each in mine if each.frozen_by and not each.head
        ),
        needed={version: words for version, words in needed.items() if words},
    )


def changed_migrations(diff: CatalogDiff, head: Catalog, key: str) -> Iterator[Migration]:
    """The migrations of rate plan `key` that are new or changed in more than words."""
    for each in diff.objects:
        if each.noun == "migration" and each.head and each.kind is not ChangeClass.COSMETIC:
            migration = head.migrations[each.key].entity
            if migration.rate_plan == key:
                yield migration


def unlisted_discounts(diff: CatalogDiff, head: Catalog) -> Iterator[str]:
    """Keys of changed discounts that no version lists: only those who redeemed them have them."""
    listed = {
        discount
        for versions in head.rate_plans.values()
        for document in versions.values()
        for discount in _discounts_of(document.entity)
    }
    for each in diff.objects:
        is_changed = each.event is Event.CHANGED and each.kind is not ChangeClass.COSMETIC
        if each.noun == "discount" and is_changed and each.key not in listed:
            yield each.key


@dataclass(frozen=True, slots=True)
class _Changed:
    """A document that changed and that prices need.

    Attributes:
        words: What happened to it.
        costs: Both states of it, where it is a cost.
    """

    noun: str
    key: str
    words: str
    costs: tuple[Cost, ...] = ()

    def is_needed_by(self, plan: RatePlan) -> bool:
        """Whether what the plan charges or costs depends on it."""
        match self.noun:
            case "meter":
                return self.key in _meters_of(plan)
            case "discount":
                return self.key in _discounts_of(plan)
            case "cost":
                return any(_is_cost_of(cost, plan) for cost in self.costs)
            case _:
                return True


def _changed_documents(diff: CatalogDiff, base: Catalog, head: Catalog) -> Iterator[_Changed]:
    for each in diff.objects:
        if each.noun in ("meter", "discount", "cost") and each.kind is not ChangeClass.COSMETIC:
            known = (catalog.costs.get(each.key) for catalog in (base, head))
            costs = tuple(document.entity for document in known if document)
            words = f'{each.noun} "{each.key}" {_EVENTS[each.event]}'
            yield _Changed(each.noun, each.key, words, costs if each.noun == "cost" else ())
    if base.settings.time_zone != head.settings.time_zone:
        yield _Changed("catalog", "", "the time zone of the catalog changed")


_EVENTS = {
    Event.ADDED: "is new",
    Event.REMOVED: "is gone",
    Event.CHANGED: "changed",
    Event.PUBLISHED: "is published",
}


def _own(found: ObjectDiff) -> str:
    return f"version {found.version} {_EVENTS[found.event]}"


def _matters(found: ObjectDiff) -> bool:
    """Whether more than words, or than who may subscribe, changed in a version."""
    if found.event is not Event.CHANGED:
        return True
    return any(
        change.kind is not ChangeClass.COSMETIC and change.pointer not in _SILENT
        for change in found.changes
    )


def _meters_of(plan: RatePlan) -> set[str]:
    return {charge.meter for charge in plan.charges if isinstance(charge, UsageCharge)}


def _discounts_of(plan: RatePlan) -> set[str]:
    return {*plan.discounts, *(key for charge in plan.charges for key in charge.discounts)}


def _is_cost_of(cost: Cost, plan: RatePlan) -> bool:
    if isinstance(cost, SubscriptionDayCost):
        return not cost.products or plan.product in cost.products
    return cost.meter in _meters_of(plan)
