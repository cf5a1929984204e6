"""The kinds of document that are compared, and how each is found in a catalog.

Owns: `COMPARED_KINDS`, one row per kind, in the order in which a reviewer reads them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planql.catalog.documents import Document
from planql.catalog.snapshot import Catalog

Name = tuple[str, int]
"""Key and version; the version is 0 where the kind has none."""


@dataclass(frozen=True, slots=True)
class ComparedKind:
    """One kind of document.

    Attributes:
        name: As in `planql.catalog.document_kinds`.
        documents: All of them in a catalog.
    """

    name: str
    documents: Callable[[Catalog], Mapping[Name, Document[Any]]]


def _rate_plans(catalog: Catalog) -> Mapping[Name, Document[Any]]:
    return {
        (key, version): document
        for key, versions in catalog.rate_plans.items()
        for version, document in versions.items()
    }


def _settings(catalog: Catalog) -> Mapping[Name, Document[Any]]:
    document = catalog.settings_document
    return {("", 0): document} if document else {}


def _by_key(documents: Mapping[str, Document[Any]]) -> Mapping[Name, Document[Any]]:
    return {(key, 0): document for key, document in documents.items()}


COMPARED_KINDS: Final = (
    ComparedKind("rate-plan", _rate_plans),
    ComparedKind("discount", lambda catalog: _by_key(catalog.discounts)),
    ComparedKind("migration", lambda catalog: _by_key(catalog.migrations)),
    ComparedKind("meter", lambda catalog: _by_key(catalog.meters)),
    ComparedKind("product", lambda catalog: _by_key(catalog.products)),
    ComparedKind("agent-type", lambda catalog: _by_key(catalog.agent_types)),
    ComparedKind("cost", lambda catalog: _by_key(catalog.costs)),
    ComparedKind("scenario", lambda catalog: _by_key(catalog.scenarios)),
    ComparedKind("catalog", _settings),
)
"""Every kind, in the order in which a reviewer reads them."""
