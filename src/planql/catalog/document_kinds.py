"""The kinds of document a catalog holds: where each lies and what it is read as.

Owns: `DOCUMENT_KINDS`, one row per kind; a new kind of document is one more row.
Does not own: the entities themselves, or judging a file name against the key inside.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pydantic import TypeAdapter

from planql.catalog.costs import Cost
from planql.catalog.documents import DocumentName
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import CatalogSettings
from planql.discounts import Discount

SETTINGS_FILE: Final = "catalog.json"
"""The file that makes a directory a catalog."""


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document.

    Attributes:
        name: Singular, as in messages and in the name of its JSON Schema: "rate-plan".
        pattern: Path inside the catalog, with `{key}` and `{version}`.
        shape: What its text is read as.
    """

    name: str
    pattern: str
    shape: TypeAdapter[Any]

    @property
    def folder(self) -> str:
        """The folder at the top of the catalog that holds such documents; "" for none."""
        return self.pattern.partition("/")[0] if "/" in self.pattern else ""

    def may_lie_in(self, folder: str) -> bool:
        """Whether `folder`, inside the catalog, is one of those on the way to such documents."""
        on_the_way = self.pattern.split("/")[:-1]
        parts = folder.split("/")
        return len(parts) <= len(on_the_way) and parts[0] == on_the_way[0]

    @property
    def schema_file(self) -> str:
        """File name of the kind's JSON Schema: "rate-plan.schema.json"."""
        return f"{self.name}.schema.json"

    @cached_property
    def _path(self) -> re.Pattern[str]:
        pattern = re.escape(self.pattern)
        pattern = pattern.replace(r"\{key\}", "(?P<key>[^/]+)")
        return re.compile(pattern.replace(r"\{version\}", "(?P<version>[1-9][0-9]{0,8})"))

    def read_name(self, path: str) -> DocumentName | None:
        """What `path`, inside the catalog, says it holds; None when no such document lies there."""
        match = self._path.fullmatch(path)
        if match is None:
            return None
        parts = match.groupdict()
        return DocumentName(self.name, parts.get("key", ""), int(parts.get("version", 0)))

    def path_of(self, key: str, version: int = 0) -> str:
        """Where inside the catalog the document `key` (and `version`) belongs."""
        return self.pattern.format(key=key, version=version)


DOCUMENT_KINDS: Final = (
    DocumentKind("catalog", SETTINGS_FILE, TypeAdapter(CatalogSettings)),
    DocumentKind("agent-type", "agent-types/{key}.json", TypeAdapter(AgentType)),
    DocumentKind("product", "products/{key}.json", TypeAdapter(Product)),
    DocumentKind("meter", "meters/{key}.json", TypeAdapter(Meter)),
    DocumentKind("rate-plan", "rate-plans/{key}/v{version}.json", TypeAdapter(RatePlan)),
    DocumentKind("discount", "discounts/{key}.json", TypeAdapter(Discount)),
    DocumentKind("migration", "migrations/{key}.json", TypeAdapter(Migration)),
    DocumentKind("cost", "costs/{key}.json", TypeAdapter(Cost)),
    DocumentKind("scenario", "scenarios/{key}.json", TypeAdapter(Scenario)),
)
"""Every kind, in the order in which people read a catalog."""

LATER_FOLDERS: Final = ("cases",)
"""Folders that are part of the format but not of what prices are: whoever needs them reads them."""


def read_name(path: str) -> DocumentName | None:
    """What `path`, inside the catalog, says it holds; None when no document lies there."""
    names = (kind.read_name(path) for kind in DOCUMENT_KINDS)
    return next((name for name in names if name is not None), None)


def kind_named(name: str) -> DocumentKind:
    """The kind called `name`: "rate-plan".

    Raises:
        StopIteration: there is none; a defect of the caller.
    """
    return next(kind for kind in DOCUMENT_KINDS if kind.name == name)
