"""The published versions that were served, and the meters and discounts that they use.

Several servers may share a database: each asks here before it serves another catalog, one after the
other, so that what one of them has served binds all of them.

Source: RULES 10.4 (docs/rules/versions.md).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update

from planql.catalog.documents import DocumentName, PlacedMistake
from planql.catalog.served_documents import Offer, ServedDocument
from planql.stores.database import Database
from planql.stores.tables import from_micros, served_documents, to_micros

_NAME = (served_documents.c.kind, served_documents.c.key, served_documents.c.version)


def admit(database: Database, offer: Offer, now: datetime) -> tuple[PlacedMistake, ...]:
    """Remember what is in a catalog that is about to be served, unless it must not be.

    Args:
        database: Where what was served is remembered.
        offer: The catalog.
        now: The instant.

    Returns:
        What goes back on what was served; nothing was stored then. Nothing, when it may be served.
    """
    with database.writing() as connection:
        _wait_for_turn(connection)
        known = _digests(connection)
        suspects = offer.suspects(known)
        mistakes = offer.judge(_read(connection, suspects), now)
        if not mistakes:
            _add(connection, (offer.record(n, now) for n in offer.digests if n not in known))
            _renew(connection, (offer.record(name, now) for name in suspects))
        return mistakes


def read_served(database: Database) -> tuple[ServedDocument, ...]:
    """Everything that was served, by kind, key and version."""
    with database.reading() as connection:
        rows = connection.execute(select(served_documents).order_by(*_NAME))
        return tuple(_served(row) for row in rows)


def _wait_for_turn(connection: Connection) -> None:
    """Let other servers finish; SQLite has only one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("served documents"))))


def _digests(connection: Connection) -> dict[DocumentName, str]:
    rows = connection.execute(select(*_NAME, served_documents.c.digest))
    return {DocumentName(kind, key, version): digest for kind, key, version, digest in rows}


def _read(connection: Connection, names: Iterable[DocumentName]) -> Iterator[ServedDocument]:
    for name in names:
        yield _served(connection.execute(select(served_documents).where(_is(name))).one())


def _add(connection: Connection, records: Iterable[ServedDocument]) -> None:
    rows = [
        {
            "kind": each.name.kind,
            "key": each.name.key,
            "version": each.name.version,
            "digest": each.digest,
            "document": each.text,
            "catalog_commit": each.commit,
            "since": to_micros(each.since),
        }
        for each in records
    ]
    if rows:
        connection.execute(insert(served_documents), rows)


def _renew(connection: Connection, records: Iterable[ServedDocument]) -> None:
    """What changed as it may is served so from now on; where it was first served from stays."""
    for each in records:
        statement = update(served_documents).where(_is(each.name))
        connection.execute(statement.values(digest=each.digest, document=each.text))


def _is(name: DocumentName) -> ColumnElement[bool]:
    kind, key, version = _NAME
    return and_(kind == name.kind, key == name.key, version == name.version)


def _name(row: Row[tuple[object, ...]]) -> DocumentName:
    return DocumentName(row.kind, row.key, row.version)


def _served(row: Row[tuple[object, ...]]) -> ServedDocument:
    since = from_micros(row.since)
    return ServedDocument(_name(row), row.digest, row.document, row.catalog_commit, since)
