"""Quiet accounts, of which a billing run knows that nothing is due; usage by when it was known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and let the index of usage tell when each event was recorded."""
    op.create_table(
        "quiet_accounts",
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("computed_by", sa.Text, nullable=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("known_until", sa.BigInteger),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.PrimaryKeyConstraint("customer", name="pk_quiet_accounts"),
        sa.ForeignKeyConstraint(
            ["customer"], ["customers.key"], name="fk_quiet_accounts_customers"
        ),
    )
    columns = ["customer", "type", "time"]
    op.drop_index("ix_usage_events_customer_type_time", "usage_events")
    op.create_index(
        "ix_usage_events_customer_type_time_recorded_at", "usage_events", [*columns, "recorded_at"]
    )
