"""The catalog of one commit: every document, looked up by key, immutable.

Owns: lookup by key and version, and where each document is written.
Does not own: reading files (`planql.sources`) or judging them (`planql.catalog.checks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planql.catalog.documents import Document
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.settings import CatalogSettings
from planql.discounts import Discount

__all__ = ["Catalog", "Document"]


@dataclass(frozen=True, slots=True)
class Catalog:
    """An immutable snapshot of a whole catalog.

    Attributes:
        commit: The git commit it was read from; None when read from a directory.
        digest: SHA-256 over paths and contents; equal digests are equal catalogs.
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

    def rate_plan(self, key: str, version: int) -> Document[RatePlan]:
        """Version `version` of rate plan `key`.

        Raises:
            UnknownReference: there is no such plan, or no such version of it.
        """
        raise NotImplementedError

    def rate_plan_in_force(self, key: str, on: date) -> Document[RatePlan]:
        """The newest published version of `key` whose `effective_from` is not after `on`.

        Raises:
            UnknownReference: no version was in force on that day.
        """
        raise NotImplementedError

    def meter(self, key: str) -> Meter:
        """The meter `key`.

        Raises:
            UnknownReference: there is no such meter.
        """
        raise NotImplementedError
