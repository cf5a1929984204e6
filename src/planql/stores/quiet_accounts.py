"""Accounts of which a billing run found how long nothing is due: the next runs leave them out.

A stretch in which nothing is due holds as long as nothing more is written about the customer, and
prices stay. Rows are only ever added: nothing was written if there are as many as the account was
computed from. So no writer has to think of this, and a row that was written while the run computed
is one too many afterwards.

Owns: those stretches, and counting rows.
Does not own: how long a stretch is (`planql.billing.quiet`).

Source: RULES 8.4 (docs/rules/invoices.md).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Final

from sqlalchemy import Connection, Select, Subquery, Table, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from planql.billing.quiet import Quiet
from planql.catalog.snapshot import Catalog
from planql.stores.database import Database
from planql.stores.tables import (
    invoices,
    quiet_accounts,
    subscriptions,
    timeline,
    to_micros,
    usage_events,
)
from planql.stores.usage import event_types

_VERSION: Final = version("planql")
_NOTED: Final = quiet_accounts.c


@dataclass(frozen=True, slots=True)
class QuietAccount:
    """A customer and the stretch in which nothing is due.

    Attributes:
        computed_by: What the stretch was computed by: this planql, and the catalog's digest.
        rows: How many rows of the database the account consists of.
        known_until: Usage recorded later is not among them; None counts all.
    """

    customer: str
    computed_by: str
    rows: int
    known_until: datetime | None
    stretch: Quiet


def computed_by(catalog: Catalog) -> str:
    """What computations by this planql and `catalog` are known by."""
    return f"planql {_VERSION}, catalog {catalog.digest}"


def list_quiet(
    database: Database, catalog: Catalog, customers: Collection[str], as_of: datetime
) -> set[str]:
    """Those of `customers` of whom it is known that nothing is due at `as_of`."""
    micros = to_micros(as_of)
    counted = _counted_rows(customers, event_types(catalog), micros)
    statement = (
        select(_NOTED.customer)
        .outerjoin(counted, counted.c.customer == _NOTED.customer)
        .where(_NOTED.customer.in_(customers))
        .where(_NOTED.computed_by == computed_by(catalog))
        .where(_NOTED.since <= micros)
        .where(or_(_NOTED.until.is_(None), _NOTED.until > micros))
        .where(_NOTED.rows == func.coalesce(counted.c.rows, 0))
    )
    with database.reading() as connection:
        return set(connection.scalars(statement))


def note_quiet(connection: Connection, accounts: Iterable[QuietAccount]) -> None:
    """Remember the stretches, in the place of earlier ones of the same customers."""
    rows = [
        {
            "customer": each.customer,
            "computed_by": each.computed_by,
            "rows": each.rows,
            "known_until": _micros(each.known_until),
            "since": to_micros(each.stretch.since),
            "until": _micros(each.stretch.until),
        }
        for each in accounts
    ]
    if not rows:
        return
    is_postgresql = connection.dialect.name == "postgresql"
    statement = (postgresql_insert if is_postgresql else sqlite_insert)(quiet_accounts)
    new = {name: statement.excluded[name] for name in rows[0] if name != "customer"}
    connection.execute(statement.on_conflict_do_update(index_elements=["customer"], set_=new), rows)


def _counted_rows(customers: Collection[str], types: Collection[str], micros: int) -> Subquery:
    """How many rows the account of each customer of whom a stretch is noted consists of by now."""
    is_counted = or_(_NOTED.known_until.is_(None), usage_events.c.recorded_at <= _NOTED.known_until)
    counts = union_all(
        *(_per_customer(each, customers) for each in (subscriptions, timeline, invoices)),
        _per_customer(usage_events, customers)
        .join(quiet_accounts, _NOTED.customer == usage_events.c.customer)
        .where(usage_events.c.type.in_(types), usage_events.c.time <= micros, is_counted),
    ).subquery()
    rows = func.sum(counts.c.rows).label("rows")
    return select(counts.c.customer, rows).group_by(counts.c.customer).subquery()


def _per_customer(table: Table, customers: Collection[str]) -> Select[str, int]:
    owner = table.c.customer
    statement = select(owner.label("customer"), func.count().label("rows"))
    return statement.where(owner.in_(customers)).group_by(owner)


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)
