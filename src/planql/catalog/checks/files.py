"""Rules about what a file is called, and about which of two files a key belongs to.

Source: DESIGN 2 (docs/rules/catalog.md).
"""

import re
from collections.abc import Iterator
from typing import Final

from planql.catalog.document_kinds import DOCUMENT_KINDS, DocumentKind, kind_named
from planql.catalog.documents import Document, DocumentName, Documents, PlacedMistake
from planql.entity import Entity
from planql.problems import Mistake

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-")

Holders = dict[DocumentName, Document[Entity]]


def identity(document: Document[Entity]) -> DocumentName | None:
    """What the document itself says that it is; None for `catalog.json` and inline documents."""
    key = getattr(document.entity, "key", None)
    if document.name is None or key is None:
        return None
    return DocumentName(document.name.kind, key, getattr(document.entity, "version", 0))


def holders(documents: Documents) -> Holders:
    """The document that each key belongs to: the one whose file is called so, else the first."""
    found: Holders = {}
    for document in documents.all:
        name = identity(document)
        if name is not None and (name not in found or _is_called(document, name)):
            found[name] = document
    return found


def check_duplicate_keys(documents: Documents) -> Iterator[PlacedMistake]:
    """No two documents of a kind have the same key; of rate plans, the same key and version."""
    rightful = holders(documents)
    for document in documents.all:
        name = identity(document)
        if name is not None and rightful[name] is not document:
            holder, member = rightful[name].path, _differing(document.name, name)
            mistake = Mistake(
                "duplicate-key",
                f'{_title(name)} is also in "{holder}"',
                member,
                "give one of them another key, or remove it",
            )
            yield PlacedMistake(document.path, mistake, ((holder, member),))


def check_file_names(documents: Documents) -> Iterator[PlacedMistake]:
    """A document is called as its key says; version N of a rate plan is `<key>/v<N>.json`.

    A second document with the same key is left to that rule.
    """
    for name, document in holders(documents).items():
        if not _is_called(document, name):
            member = _differing(document.name, name)
            right = kind_named(name.kind).path_of(name.key, name.version)
            mistake = Mistake(
                "wrong-file-name",
                f"the file holds {_title(name)}, but is not called so",
                member,
                f'call it "{right}", or correct "{member[1:]}"',
            )
            yield PlacedMistake(document.path, mistake)


def check_schema_references(documents: Documents) -> Iterator[PlacedMistake]:
    """`$schema`, when present, names the schema of the document's kind."""
    for document in documents.all:
        reference = getattr(document.entity, "schema_reference", None)
        kind = _kind_of(document)
        if reference is not None and kind and reference.rpartition("/")[2] != kind.schema_file:
            mistake = Mistake(
                "wrong-schema",
                f'"{reference}" is not the schema of a {kind.name}',
                "/$schema",
                f'it ends in "{kind.schema_file}"',
            )
            yield PlacedMistake(document.path, mistake)


def _kind_of(document: Document[Entity]) -> DocumentKind | None:
    names = [kind.name for kind in DOCUMENT_KINDS]
    name = document.name.kind if document.name else ""
    return kind_named(name) if name in names else None


def _is_called(document: Document[Entity], name: DocumentName) -> bool:
    """Whether a document's file is called as it says; a migration's may have a date before it."""
    called = document.name
    if called is None or called == name:
        return True
    dated = _DATE.fullmatch(called.key.removesuffix(name.key)) is not None
    return name.kind == "migration" and called.key.endswith(name.key) and dated


def _differing(called: DocumentName | None, name: DocumentName) -> str:
    """Pointer to the member in which a document differs from what its file is called."""
    return "/key" if called is None or called.key != name.key else "/version"


def _title(name: DocumentName) -> str:
    version = f" version {name.version}" if name.version else ""
    return f'{name.kind.replace("-", " ")} "{name.key}"{version}'
