"""The catalog of one commit: every document, looked up by key, immutable.

Owns: lookup by key and version, and where each document is written.
Does not own: reading files (`planql.sources`) or judging them (`planql.catalog.checks`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from planql.catalog.costs import Cost
from planql.catalog.documents import Document, Documents
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import CatalogSettings
from planql.catalog.versions import version_in_force
from planql.discounts import Discount
from planql.entity import Entity
from planql.errors import UnknownReference
from planql.problems import did_you_mean

__all__ = ["Catalog", "Document", "catalog_of", "inline_catalog"]

Found = TypeVar("Found")
Keyed = TypeVar("Keyed", AgentType, Product, Meter, Discount, Migration, Cost, Scenario)

_INLINE: Final = CatalogSettings(format=1, name="inline", time_zone="UTC")


@dataclass(frozen=True, slots=True)
class Catalog:
    """An immutable snapshot of a whole catalog.

    Attributes:
        settings: What `catalog.json` says.
        rate_plans: Key -> version -> document; versions ascend.
        commit: The git commit it was read from; None when read from a directory.
        digest: SHA-256 over paths and contents; equal digests are equal catalogs. "" for a
            catalog that was given inline.
        settings_document: `catalog.json` and where it is written; None when there is none.
    """

    settings: CatalogSettings
    agent_types: Mapping[str, Document[AgentType]]
    products: Mapping[str, Document[Product]]
    meters: Mapping[str, Document[Meter]]
    rate_plans: Mapping[str, Mapping[int, Document[RatePlan]]]
    discounts: Mapping[str, Document[Discount]]
    commit: str | None
    digest: str
    migrations: Mapping[str, Document[Migration]] = field(default_factory=dict)
    costs: Mapping[str, Document[Cost]] = field(default_factory=dict)
    scenarios: Mapping[str, Document[Scenario]] = field(default_factory=dict)
    settings_document: Document[CatalogSettings] | None = None

    def rate_plan(self, key: str, version: int) -> Document[RatePlan]:
        """Version `version` of rate plan `key`, whatever its status.

        Raises:
            UnknownReference: `unknown-reference`, there is no such plan, or no such version.
        """
        versions = self._versions(key)
        if version not in versions:
            known = ", ".join(str(number) for number in versions)
            raise UnknownReference(
                "unknown-reference",
                f'rate plan "{key}" has no version {version}',
                hint=f"its versions are {known}",
            )
        return versions[version]

    def rate_plan_in_force(self, key: str, on: date) -> Document[RatePlan]:
        """The newest published version of `key` whose `effective_from` is not after `on`.

        Raises:
            UnknownReference: `unknown-reference`, there is no such plan; `no-version-in-force`,
                no version of it was in force on that day.
        """
        versions = self._versions(key)
        choice = version_in_force(key, (found.entity for found in versions.values()), on)
        return versions[choice.plan.version]

    def meter(self, key: str) -> Meter:
        """The meter `key`.

        Raises:
            UnknownReference: `unknown-reference`, there is no such meter.
        """
        return _look_up("meter", key, self.meters).entity

    def product(self, key: str) -> Product:
        """The product `key`.

        Raises:
            UnknownReference: `unknown-reference`, there is no such product.
        """
        return _look_up("product", key, self.products).entity

    def discount(self, key: str) -> Discount:
        """The discount `key`.

        Raises:
            UnknownReference: `unknown-reference`, there is no such discount.
        """
        return _look_up("discount", key, self.discounts).entity

    def scenario(self, key: str) -> Scenario:
        """The scenario `key`.

        Raises:
            UnknownReference: `unknown-reference`, there is no such scenario.
        """
        return _look_up("scenario", key, self.scenarios).entity

    def with_rate_plan(self, document: Document[RatePlan]) -> "Catalog":
        """A copy that also holds a version of a rate plan, such as a draft that is in no file.

        The version takes the place of one with the same key and number; versions still ascend.
        Commit and digest stay those of what was read.
        """
        key, version = document.entity.key, document.entity.version
        versions = {**self.rate_plans.get(key, {}), version: document}
        ascending = MappingProxyType(dict(sorted(versions.items())))
        return replace(self, rate_plans=MappingProxyType({**self.rate_plans, key: ascending}))

    def _versions(self, key: str) -> Mapping[int, Document[RatePlan]]:
        return _look_up("rate plan", key, self.rate_plans)


def catalog_of(documents: Documents, commit: str | None = None, digest: str = "") -> Catalog:
    """The catalog that documents make.

    Of two documents with one key the last one counts; valid catalogs have no such two. Without
    `catalog.json` the catalog is called "inline" and its time zone is UTC.
    """
    settings = documents.settings
    return Catalog(
        settings=settings.entity if settings else _INLINE,
        agent_types=_by_key(documents.agent_types),
        products=_by_key(documents.products),
        meters=_by_key(documents.meters),
        rate_plans=_by_version(documents.rate_plans),
        discounts=_by_key(documents.discounts),
        commit=commit,
        digest=digest,
        migrations=_by_key(documents.migrations),
        costs=_by_key(documents.costs),
        scenarios=_by_key(documents.scenarios),
        settings_document=settings,
    )


def inline_catalog(entities: Iterable[Entity]) -> Catalog:
    """The catalog of entities that stand in no file: a story's own plans, meters, discounts."""
    return catalog_of(Documents(tuple(Document(entity, path="") for entity in entities)))


def _by_key(documents: Iterable[Document[Keyed]]) -> Mapping[str, Document[Keyed]]:
    return MappingProxyType({document.entity.key: document for document in documents})


def _by_version(
    documents: Iterable[Document[RatePlan]],
) -> Mapping[str, Mapping[int, Document[RatePlan]]]:
    found: dict[str, dict[int, Document[RatePlan]]] = {}
    for document in sorted(documents, key=lambda document: document.entity.version):
        found.setdefault(document.entity.key, {})[document.entity.version] = document
    return MappingProxyType({key: MappingProxyType(plans) for key, plans in found.items()})


def _look_up(kind: str, key: str, known: Mapping[str, Found]) -> Found:
    if key not in known:
        hint = did_you_mean(key, known)
        raise UnknownReference("unknown-reference", f'there is no {kind} "{key}"', hint=hint)
    return known[key]
