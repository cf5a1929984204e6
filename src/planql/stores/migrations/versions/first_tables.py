"""The first tables: customers, subscriptions, usage, invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_customers()
    _create_usage()
    _create_invoices()


def _create_customers() -> None:
    op.create_table(
        "customers",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_customers"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("customer", "key", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["customer"], ["customers.key"], name="fk_subscriptions_customers"),
    )
    op.create_table(
        "timeline",
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("subscription", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("customer", "subscription", "sequence", name="pk_timeline"),
        sa.ForeignKeyConstraint(
            ["customer", "subscription"],
            ["subscriptions.customer", "subscriptions.key"],
            name="fk_timeline_subscriptions",
        ),
    )
    op.create_table(
        "redemptions",
        sa.Column("discount", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("subscription", sa.Text, nullable=False),
        sa.Column("redeemed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("discount", "customer", "subscription", name="pk_redemptions"),
        sa.ForeignKeyConstraint(
            ["customer", "subscription"],
            ["subscriptions.customer", "subscriptions.key"],
            name="fk_redemptions_subscriptions",
        ),
    )


def _create_usage() -> None:
    op.create_table(
        "usage_events",
        sa.Column("identity", sa.LargeBinary(16), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("identity", name="pk_usage_events"),
    )
    op.create_index(
        "ix_usage_events_customer_type_time", "usage_events", ["customer", "type", "time"]
    )


def _create_invoices() -> None:
    op.create_table(
        "issuers",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("last_number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_issuers"),
    )
    op.create_table(
        "invoices",
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("catalog_commit", sa.Text),
        sa.PrimaryKeyConstraint("issuer", "number", name="pk_invoices"),
        sa.UniqueConstraint(
            "customer",
            "currency",
            "issued_on",
            "ordinal",
            name="uq_invoices_customer_currency_issued_on_ordinal",
        ),
        sa.ForeignKeyConstraint(["customer"], ["customers.key"], name="fk_invoices_customers"),
        sa.ForeignKeyConstraint(["issuer"], ["issuers.key"], name="fk_invoices_issuers"),
    )
