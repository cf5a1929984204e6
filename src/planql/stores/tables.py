"""The tables, the same on SQLite and PostgreSQL.

Amounts and quantities never stand in a numeric column: documents hold them as decimal text.
Instants are whole microseconds since 1970 in UTC, so that they sort and compare exactly.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

customers: Final = Table(
    "customers",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)

subscriptions: Final = Table(
    "subscriptions",
    METADATA,
    Column("customer", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["customer"], ["customers.key"]),
)

timeline: Final = Table(
    "timeline",
    METADATA,
    Column("customer", Text, primary_key=True),
    Column("subscription", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["customer", "subscription"], ["subscriptions.customer", "subscriptions.key"]
    ),
)

redemptions: Final = Table(
    "redemptions",
    METADATA,
    Column("discount", Text, primary_key=True),
    Column("customer", Text, primary_key=True),
    Column("subscription", Text, primary_key=True),
    Column("redeemed_at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["customer", "subscription"], ["subscriptions.customer", "subscriptions.key"]
    ),
)

usage_events: Final = Table(
    "usage_events",
    METADATA,
    Column("identity", LargeBinary(16), primary_key=True),
    Column("source", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "customer", "type", "time", "recorded_at"),
)

issuers: Final = Table(
    "issuers",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)

invoices: Final = Table(
    "invoices",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("catalog_commit", Text),
    UniqueConstraint("customer", "currency", "issued_on", "ordinal"),
    ForeignKeyConstraint(["customer"], ["customers.key"]),
    ForeignKeyConstraint(["issuer"], ["issuers.key"]),
)

quiet_accounts: Final = Table(
    "quiet_accounts",
    METADATA,
    Column("customer", Text, primary_key=True),
    Column("computed_by", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("known_until", BigInteger),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    ForeignKeyConstraint(["customer"], ["customers.key"]),
)

served_documents: Final = Table(
    "served_documents",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("catalog_commit", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """`instant`, which has an offset, as whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The instant, in UTC, that a stored number stands for."""
    return _EPOCH + micros * _MICROSECOND
