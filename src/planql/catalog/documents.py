"""The documents of a catalog as they were read, before anyone judged them together.

Owns: `Document` (an entity and where it is written), `Documents` (all that were read, by kind),
`PlacedMistake` (a mistake in one of them).
Does not own: reading files (`planql.sources`), judging (`planql.catalog.checks`), lookup by key
(`planql.catalog.snapshot`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from planql.catalog.costs import Cost, CostBase
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import CatalogSettings
from planql.discounts import Discount, DiscountBase
from planql.entity import Entity
from planql.problems import Mistake

D = TypeVar("D", bound=Entity)
D_co = TypeVar("D_co", bound=Entity, covariant=True)


@dataclass(frozen=True, slots=True, order=True)
class DocumentName:
    """What a path says that a file holds, whether or not the file can be read.

    Attributes:
        kind: Name of the document kind: "meter", "rate-plan".
        key: The key that the path gives; "" for `catalog.json`.
        version: The version that the path gives; 0 where the kind has none.
    """

    kind: str
    key: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Document(Generic[D_co]):
    """One document and where it is written.

    Attributes:
        path: Path inside the repository or directory, with forward slashes; "" when it was not
            read from a file but given inline.
        lines: JSON pointer -> line (from 1) of every value; read on first use.
        name: What the path says that it is; None when given inline.
    """

    entity: D_co
    path: str
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    name: DocumentName | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """Every document that could be read, sorted by path; two may claim one key.

    Attributes:
        all: The documents of all kinds.
        named: What the paths of all files say that they hold, readable or not. A reference to a
            name in here is no mistake of the reference.
        incomplete: The part of `named` that could not be read, or not wholly. What seems absent
            from them may only be unread, so nothing is reported for being absent there.
    """

    all: tuple[Document[Entity], ...]
    named: frozenset[DocumentName] = frozenset()
    incomplete: frozenset[DocumentName] = frozenset()

    def of(self, kind: type[D]) -> tuple[Document[D], ...]:
        """The documents whose entity is a `kind`, sorted by path."""
        found = [document for document in self.all if isinstance(document.entity, kind)]
        return cast("tuple[Document[D], ...]", tuple(found))

    @property
    def settings(self) -> Document[CatalogSettings] | None:
        """`catalog.json`, if it could be read."""
        return next(iter(self.of(CatalogSettings)), None)

    @property
    def agent_types(self) -> tuple[Document[AgentType], ...]:
        """The kinds of AI agent."""
        return self.of(AgentType)

    @property
    def products(self) -> tuple[Document[Product], ...]:
        """What is sold."""
        return self.of(Product)

    @property
    def meters(self) -> tuple[Document[Meter], ...]:
        """The meters."""
        return self.of(Meter)

    @property
    def rate_plans(self) -> tuple[Document[RatePlan], ...]:
        """Every version of every rate plan."""
        return self.of(RatePlan)

    @property
    def discounts(self) -> tuple[Document[Discount], ...]:
        """The discounts, of every type."""
        return cast("tuple[Document[Discount], ...]", self.of(DiscountBase))

    @property
    def migrations(self) -> tuple[Document[Migration], ...]:
        """The migrations between versions."""
        return self.of(Migration)

    @property
    def costs(self) -> tuple[Document[Cost], ...]:
        """What usage and subscriptions cost, of every type."""
        return cast("tuple[Document[Cost], ...]", self.of(CostBase))

    @property
    def scenarios(self) -> tuple[Document[Scenario], ...]:
        """The scenarios."""
        return self.of(Scenario)


@dataclass(frozen=True, slots=True)
class PlacedMistake:
    """A mistake in the document at `path`; its line is looked up where the text is known.

    Attributes:
        path: The document's `path`.
        mistake: What is wrong, with a pointer into that document.
        related: Other places that matter, as (path, pointer): the first of two duplicates.
    """

    path: str
    mistake: Mistake
    related: tuple[tuple[str, str], ...] = ()
