"""What a server has answered from, and must not answer otherwise from later.

Owns: the digest of what is frozen in a document, the record of a document that was served, which
catalogs go back on such records.
Does not own: which documents and members are frozen (`planql.catalog.diff`), keeping records
(`planql.stores.served_documents`).

A digest says quickly that nothing frozen changed. Where it differs, the document that was served is
compared as a pull request would be, so that what may change in place may change here, too: one more
currency, an `effective_from` that has not come, `archived`.

Source: RULES 10.2, 10.4 (docs/rules/versions.md).
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Final, cast

from planql.catalog.diff import diff_catalogs, frozen_documents
from planql.catalog.diff.terms import never
from planql.catalog.diff.vocabulary import term_of
from planql.catalog.document_kinds import SETTINGS_FILE, kind_named
from planql.catalog.documents import Document, DocumentName, Documents, PlacedMistake
from planql.catalog.frozen import refusals
from planql.catalog.snapshot import Catalog, catalog_of
from planql.entity import Entity, parse_json
from planql.money import plain
from planql.periods import local_day, zone

_SHOWN: Final = 12
"""Characters of a commit's name that people are shown."""


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """A document that was served.

    Attributes:
        name: Which one.
        digest: Of what is frozen in it.
        text: The document, as JSON.
        commit: The commit from which it was first served.
        since: When that was.
    """

    name: DocumentName
    digest: str
    text: str
    commit: str
    since: datetime


@dataclass(frozen=True)
class Offer:
    """A catalog that is to be served.

    Attributes:
        catalog: All of it; it has a commit.
        digests: Of what is frozen in each document that must not change.
    """

    catalog: Catalog
    digests: Mapping[DocumentName, str]

    def record(self, name: DocumentName, now: datetime) -> ServedDocument:
        """What is remembered of one of its documents."""
        text = self._documents[name].entity.model_dump_json(by_alias=True, exclude_unset=True)
        return ServedDocument(name, self.digests[name], text, self.catalog.commit or "", now)

    def suspects(self, known: Mapping[DocumentName, str]) -> list[DocumentName]:
        """Those of the known documents that are not in it as they were served.

        Args:
            known: The digests of what was served.
        """
        return [name for name, digest in known.items() if self.digests.get(name) != digest]

    def judge(self, known: Iterable[ServedDocument], now: datetime) -> tuple[PlacedMistake, ...]:
        """What in it goes back on what was served; nothing, when it may be served.

        Args:
            known: What was served and is a suspect.
            now: The instant; its local day in the catalog's zone says which days have come.
        """
        found = {each.name: each for each in known}
        if not found:
            return ()
        as_of = local_day(now, zone(self.catalog.settings.time_zone))
        diff = diff_catalogs(self._before(found.values()), self._after(found), as_of)
        by_path = {self._path(name): each for name, each in found.items()}
        return tuple(_told(mistake, by_path[mistake.path]) for mistake in refusals(diff))

    def _before(self, served: Collection[ServedDocument]) -> Catalog:
        """What was served: the suspects as they were, the others as they are."""
        suspects = {each.name for each in served}
        same = (self._documents[name] for name in self.digests if name not in suspects)
        once = (Document(_entity(each), self._path(each.name), {}, each.name) for each in served)
        return catalog_of(Documents((*same, *once)))

    def _after(self, suspects: Collection[DocumentName]) -> Catalog:
        names = dict.fromkeys((*self.digests, *suspects))
        here = (self._documents.get(name) for name in names)
        return catalog_of(Documents(tuple(each for each in here if each is not None)))

    def _path(self, name: DocumentName) -> str:
        """Where a document is written, or was."""
        if name in self._documents:
            return self._documents[name].path
        settings = self.catalog.settings_document
        folder = settings.path.removesuffix(SETTINGS_FILE) if settings else ""
        return folder + kind_named(name.kind).path_of(name.key, name.version)

    @cached_property
    def _documents(self) -> Mapping[DocumentName, Document[Entity]]:
        return dict(_frozen_kinds(self.catalog))


def offer_of(catalog: Catalog, earlier: Offer | None = None) -> Offer:
    """A catalog as an offer.

    Args:
        catalog: Valid.
        earlier: What was offered before: the digests of documents that it shares are taken over.
    """
    documents = dict(_frozen_kinds(catalog))
    digest_of = _reusing(earlier) if earlier else _digest_of
    return Offer(
        catalog, {name: digest_of(name, documents[name]) for name in frozen_documents(catalog)}
    )


def frozen_digest(entity: Entity) -> str:
    """SHA-256 over what must not change in a document, whatever its layout and its words."""
    text = json.dumps(_frozen(entity), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _digest_of(_name: DocumentName, document: Document[Entity]) -> str:
    return frozen_digest(document.entity)


def _reusing(earlier: Offer) -> Callable[[DocumentName, Document[Entity]], str]:
    """As `frozen_digest`, and faster for documents that were there before."""
    known = dict(_frozen_kinds(earlier.catalog))

    def digest(name: DocumentName, document: Document[Entity]) -> str:
        before = known.get(name)
        if before is not None and before.entity is document.entity and name in earlier.digests:
            return earlier.digests[name]
        return frozen_digest(document.entity)

    return digest


def _frozen_kinds(catalog: Catalog) -> Iterator[tuple[DocumentName, Document[Entity]]]:
    """Every document of the kinds that can be frozen."""
    for key, versions in catalog.rate_plans.items():
        for version, plan in versions.items():
            yield DocumentName("rate-plan", key, version), plan
    for key, meter in catalog.meters.items():
        yield DocumentName("meter", key), meter
    for key, discount in catalog.discounts.items():
        yield DocumentName("discount", key), discount


def _frozen(value: object) -> object:
    """A value as JSON, without the members that are free to change."""
    match value:
        case Entity():
            kind = type(value)
            names = (name for name in kind.model_fields if term_of(kind, name).frozen is not never)
            return {name: _frozen(getattr(value, name)) for name in names}
        case Mapping():
            return {name: _frozen(each) for name, each in value.items()}
        case tuple():
            return [_frozen(each) for each in value]
        case Decimal():
            return plain(value)
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _entity(served: ServedDocument) -> Entity:
    shape = kind_named(served.name.kind).shape
    return cast("Entity", shape.validate_python(parse_json(served.text)))


def _told(placed: PlacedMistake, served: ServedDocument) -> PlacedMistake:
    """A refusal that says which commit the document was served from."""
    note = f"; it was first served from commit {served.commit[:_SHOWN]} on {served.since:%Y-%m-%d}"
    mistake = replace(placed.mistake, message=placed.mistake.message + note)
    return replace(placed, mistake=mistake)
