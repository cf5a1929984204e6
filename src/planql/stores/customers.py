"""Customers, their subscriptions and what happened to them, in the database.

A subscription is stored as it began, followed by a timeline that only grows: changes,
cancellations, pauses, adjustments, each the document of a story. Two writers that add to one
timeline at the same moment cannot both have seen all of it: the slower one is refused.

Source: DESIGN 2 (stories) and 5 (docs/rules/subscriptions.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from planql.errors import InvalidInput, UnknownReference
from planql.stores.database import Database
from planql.stores.redemptions import RedemptionLimit, redeem
from planql.stores.tables import customers, redemptions, subscriptions, timeline, to_micros

EntryKind = Literal["change", "adjustment"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened to a subscription.

    Attributes:
        kind: A change (of plan, quantities, discounts; cancel, pause, ...) or an adjustment.
        at: When it takes effect.
        document: The JSON object of a story, as text.
        discounts: Discounts that it redeems.
        limits: Of those of them that have any.
    """

    kind: EntryKind
    at: datetime
    document: str
    discounts: tuple[str, ...] = ()
    limits: tuple[RedemptionLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription that begins.

    Attributes:
        document: The subscription of a story without changes and adjustments, as text.
        discounts: Discounts that it redeems.
        limits: Of those of them that have any.
    """

    customer: str
    key: str
    document: str
    discounts: tuple[str, ...] = ()
    limits: tuple[RedemptionLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSubscription:
    """A subscription as it began, and its timeline in the order it was written.

    Attributes:
        document: The subscription of a story without changes and adjustments, as text.
        changes: Documents of the changes.
        adjustments: Documents of the adjustments.
    """

    key: str
    document: str
    changes: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many entries the timeline has."""
        return len(self.changes) + len(self.adjustments)


@dataclass(frozen=True, slots=True)
class StoredCustomer:
    """A customer and all of its subscriptions, by key.

    Attributes:
        document: The customer of a story, as text.
    """

    key: str
    document: str
    subscriptions: tuple[StoredSubscription, ...] = ()


def create_customer(database: Database, key: str, document: str, recorded_at: datetime) -> None:
    """Store a new customer.

    Raises:
        InvalidInput: `customer-exists`.
    """
    row = {"key": key, "document": document, "recorded_at": to_micros(recorded_at)}
    with database.writing() as connection:
        try:
            connection.execute(customers.insert(), row)
        except IntegrityError:
            raise InvalidInput("customer-exists", f'customer "{key}" exists already') from None


def create_subscription(database: Database, new: NewSubscription, recorded_at: datetime) -> None:
    """Store a new subscription as it begins, with the discounts it redeems.

    Raises:
        UnknownReference: there is no such customer.
        InvalidInput: `subscription-exists`.
    """
    micros = to_micros(recorded_at)
    row = {
        "customer": new.customer,
        "key": new.key,
        "document": new.document,
        "recorded_at": micros,
    }
    with database.writing() as connection:
        _require_customer(connection, new.customer)
        try:
            connection.execute(subscriptions.insert(), row)
        except IntegrityError:
            raise InvalidInput(
                "subscription-exists",
                f'customer "{new.customer}" has a subscription "{new.key}" already',
            ) from None
        redeem(connection, (new.customer, new.key), new.discounts, new.limits, micros)


def append_entry(
    database: Database,
    customer: str,
    subscription: StoredSubscription,
    entry: TimelineEntry,
    recorded_at: datetime,
) -> None:
    """Add to the end of a timeline.

    Args:
        database: Where to.
        customer: Whose subscription it is.
        subscription: As it was when the entry was decided on.
        entry: What happened.
        recorded_at: When planql learned of it.

    Raises:
        InvalidInput: `timeline-moved`, when somebody else added to it meanwhile.
    """
    micros = to_micros(recorded_at)
    row = {
        "customer": customer,
        "subscription": subscription.key,
        "sequence": subscription.length,
        "kind": entry.kind,
        "at": to_micros(entry.at),
        "document": entry.document,
        "recorded_at": micros,
    }
    with database.writing() as connection:
        try:
            connection.execute(timeline.insert(), row)
        except IntegrityError:
            raise InvalidInput(
                "timeline-moved",
                f'subscription "{subscription.key}" has changed meanwhile',
                hint="look at it again and decide anew",
            ) from None
        redeem(connection, (customer, subscription.key), entry.discounts, entry.limits, micros)


def read_customers(database: Database, keys: Collection[str]) -> dict[str, StoredCustomer]:
    """The customers among `keys` that exist, with their subscriptions, all of one moment."""
    with database.reading() as connection:
        rows = connection.execute(select(customers).where(customers.c.key.in_(keys))).all()
        owned = _subscriptions(connection, keys)
    return {
        row.key: StoredCustomer(row.key, row.document, tuple(owned.get(row.key, ())))
        for row in rows
    }


def read_customer(database: Database, key: str) -> StoredCustomer:
    """One customer with its subscriptions.

    Raises:
        UnknownReference: there is no such customer.
    """
    found = read_customers(database, [key])
    if key not in found:
        raise _unknown_customer(key)
    return found[key]


def list_customers(database: Database, after: str = "", limit: int = 1000) -> list[str]:
    """Keys of customers in their order, at most `limit`, beginning behind `after`."""
    statement = select(customers.c.key).where(customers.c.key > after)
    with database.reading() as connection:
        rows = connection.scalars(statement.order_by(customers.c.key).limit(limit))
        return list(rows)


def count_customers(database: Database) -> int:
    """How many customers there are."""
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(customers)) or 0


def count_redemptions(database: Database, discount: str, customer: str | None = None) -> int:
    """How often a discount was redeemed, in all or by one customer."""
    statement = select(func.count()).where(redemptions.c.discount == discount)
    if customer is not None:
        statement = statement.where(redemptions.c.customer == customer)
    with database.reading() as connection:
        return connection.scalar(statement) or 0


def _subscriptions(
    connection: Connection, owners: Collection[str]
) -> dict[str, list[StoredSubscription]]:
    statement = select(subscriptions).where(subscriptions.c.customer.in_(owners))
    rows = connection.execute(
        statement.order_by(subscriptions.c.recorded_at, subscriptions.c.key)
    ).all()
    entries = _entries(connection, owners)
    found: dict[str, list[StoredSubscription]] = {}
    for row in rows:
        stored = _subscription(row, entries.get((row.customer, row.key), ()))
        found.setdefault(row.customer, []).append(stored)
    return found


def _entries(
    connection: Connection, owners: Collection[str]
) -> dict[tuple[str, str], list[Row[tuple[str, ...]]]]:
    statement = select(timeline).where(timeline.c.customer.in_(owners))
    found: dict[tuple[str, str], list[Row[tuple[str, ...]]]] = {}
    for row in connection.execute(statement.order_by(timeline.c.sequence)):
        found.setdefault((row.customer, row.subscription), []).append(row)
    return found


def _subscription(
    row: Row[tuple[str, ...]], entries: Sequence[Row[tuple[str, ...]]]
) -> StoredSubscription:
    return StoredSubscription(
        row.key,
        row.document,
        tuple(entry.document for entry in entries if entry.kind == "change"),
        tuple(entry.document for entry in entries if entry.kind == "adjustment"),
    )


def _require_customer(connection: Connection, key: str) -> None:
    if connection.scalar(select(customers.c.key).where(customers.c.key == key)) is None:
        raise _unknown_customer(key)


def _unknown_customer(key: str) -> UnknownReference:
    return UnknownReference("unknown-customer", f'there is no customer "{key}"')
