"""Usage events in the database: recorded exactly once, read by customer, type and time.

An event's identity is its source and id. It is stored as a 128-bit hash of the two, which is the
primary key, so that recording it again, from a retry or from another writer at the same moment,
changes nothing and is reported as a duplicate.

Source: RULES 3.1; DESIGN 5 (docs/rules/metering.md).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from planql.catalog.snapshot import Catalog
from planql.metering.events import UsageEvent, parse_data
from planql.stores.database import Database
from planql.stores.tables import from_micros, to_micros, usage_events

_WORTH_COPYING: Final = 500
"""Rows from which COPY on PostgreSQL beats INSERT."""

_COLUMNS: Final = usage_events.c
_READ: Final = (
    _COLUMNS.customer,
    _COLUMNS.source,
    _COLUMNS.id,
    _COLUMNS.type,
    _COLUMNS.time,
    _COLUMNS.recorded_at,
    _COLUMNS.data,
)

_INSERT: Final = str(usage_events.insert().compile(dialect=SQLiteDialect()))
"""For SQLite's driver, which takes rows several times faster by itself."""

_FETCHED: Final = 1_000
"""Rows that are taken from a database at a time."""

_LOOKED_UP: Final = 10_000
"""Identities in one question to SQLite, which takes 32,766 values."""

_ENCODE: Final = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch of events.

    Attributes:
        stored: How many were new.
        duplicates: The events known before, or repeated in the batch, in its order.
    """

    stored: int
    duplicates: tuple[UsageEvent, ...] = ()


def event_types(catalog: Catalog) -> set[str]:
    """The types of the events that meters of the catalog read."""
    return {document.entity.event for document in catalog.meters.values()}


def record_events(
    database: Database, events: Sequence[UsageEvent], recorded_at: datetime
) -> Recorded:
    """Store the events that are new, all in one transaction.

    An event that says itself when it was recorded keeps that instant: an edge that takes events
    from strangers removes it.

    Args:
        database: Where to.
        events: Of any customers; `subject` is the customer's key.
        recorded_at: When planql learned of them.
    """
    rows = [_row(event, recorded_at, position) for position, event in enumerate(events)]
    if not rows:
        return Recorded(0)
    with database.writing() as connection:
        new = _insert_new(connection, _ready(rows), is_postgresql=database.is_postgresql)
    duplicates = []
    for event, row in zip(events, rows, strict=True):
        if row["identity"] in new:
            new.remove(row["identity"])
        else:
            duplicates.append(event)
    return Recorded(len(events) - len(duplicates), tuple(duplicates))


def read_events(
    database: Database,
    customers: Collection[str],
    types: Collection[str],
    until: datetime,
    since: datetime | None = None,
) -> dict[str, list[UsageEvent]]:
    """The events of some customers, in the order of their times, ties in the order recorded.

    Args:
        database: Where from.
        customers: Keys; each stands in the result.
        types: Event types to read.
        until: Inclusive: events after this instant are left out.
        since: Events before this instant are left out; None reads from the first one.
    """
    statement = (
        select(*_READ)
        .where(usage_events.c.customer.in_(customers))
        .where(usage_events.c.type.in_(types))
        .where(usage_events.c.time <= to_micros(until))
        .order_by(usage_events.c.time, usage_events.c.recorded_at, usage_events.c.position)
    )
    if since is not None:
        statement = statement.where(usage_events.c.time >= to_micros(since))
    found: dict[str, list[UsageEvent]] = {customer: [] for customer in customers}
    with database.reading() as connection:
        for rows in connection.execute(statement).partitions(_FETCHED):
            for row in rows:
                found[row[0]].append(_event(row))
    return found


def _identity(event: UsageEvent) -> bytes:
    """A 128-bit hash of source and id; the length of the source keeps the two apart."""
    name = f"{len(event.source)}:{event.source}{event.id}"
    return blake2b(name.encode(), digest_size=16).digest()


def _row(event: UsageEvent, recorded_at: datetime, position: int) -> dict[str, Any]:
    return {
        "identity": _identity(event),
        "source": event.source,
        "id": event.id,
        "customer": event.subject,
        "type": event.type,
        "time": to_micros(event.time),
        "recorded_at": to_micros(event.recorded_at or recorded_at),
        "position": position,
        "data": _ENCODE(event.data).decode(),
    }


def _event(row: Sequence[Any]) -> UsageEvent:
    """An event from the columns of `_READ`."""
    customer, source, name, kind, time, recorded_at, data = row
    return UsageEvent(
        id=name,
        type=kind,
        time=from_micros(time),
        data=parse_data(data),
        source=source,
        subject=customer,
        recorded_at=from_micros(recorded_at),
    )


def _ready(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first row of each identity, in the order of identities.

    Writers that meet the same keys in the same order wait for each other and never deadlock.
    """
    first: dict[bytes, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["identity"], row)
    return [first[identity] for identity in sorted(first)]


def _insert_new(
    connection: Connection, rows: list[dict[str, Any]], *, is_postgresql: bool
) -> set[bytes]:
    """Insert what is not there yet, and say what was inserted."""
    if not is_postgresql:
        return _insert_alone(connection, rows)
    if len(rows) >= _WORTH_COPYING:
        return _copy_new(connection, rows)
    statement = postgresql_insert(usage_events).on_conflict_do_nothing()
    added = connection.execute(statement.returning(usage_events.c.identity), rows)
    return {bytes(row.identity) for row in added}


def _insert_alone(connection: Connection, rows: list[dict[str, Any]]) -> set[bytes]:
    """As `_insert_new` on SQLite, where no other writer comes between looking and inserting."""
    column = usage_events.c.identity
    known: set[bytes] = set()
    for place in range(0, len(rows), _LOOKED_UP):
        identities = [row["identity"] for row in rows[place : place + _LOOKED_UP]]
        known.update(connection.scalars(select(column).where(column.in_(identities))))
    new = [row for row in rows if row["identity"] not in known]
    if new:
        names = usage_events.columns.keys()
        connection.exec_driver_sql(_INSERT, [tuple(row[name] for name in names) for row in new])
    return {row["identity"] for row in new}


def _copy_new(connection: Connection, rows: list[dict[str, Any]]) -> set[bytes]:
    """As `_insert_new`, by COPY into a temporary table: several times faster on PostgreSQL."""
    connection.execute(text("CREATE TEMPORARY TABLE arriving (LIKE usage_events) ON COMMIT DROP"))
    columns = [column.name for column in usage_events.columns]
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY arriving ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns])
    cursor.close()
    statement = text(
        "INSERT INTO usage_events SELECT * FROM arriving ORDER BY identity "
        "ON CONFLICT DO NOTHING RETURNING identity"
    )
    return {bytes(row.identity) for row in connection.execute(statement)}
