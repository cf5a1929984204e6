"""Discounts redeemed, never more often than they may be.

Source: RULES 6.2 (docs/rules/discounts.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from planql.errors import InvalidInput
from planql.stores.tables import redemptions


@dataclass(frozen=True, slots=True)
class RedemptionLimit:
    """How often a discount may be redeemed.

    Attributes:
        discount: Its key.
        in_all: By all customers; None is no limit.
        per_customer: By one customer; None is no limit.
    """

    discount: str
    in_all: int | None = None
    per_customer: int | None = None


def redeem(
    connection: Connection,
    owner: tuple[str, str],
    discounts: Iterable[str],
    limits: Iterable[RedemptionLimit],
    micros: int,
) -> None:
    """Note the discounts that a subscription redeems and had not redeemed before.

    Args:
        connection: A transaction that writes.
        owner: Customer and subscription.
        discounts: Their keys.
        limits: Of those of them that have any.
        micros: When, in microseconds since 1970.

    Raises:
        InvalidInput: `discount-limit`; the transaction is to be undone.
    """
    customer, subscription = owner
    known = set(
        connection.scalars(
            select(redemptions.c.discount)
            .where(redemptions.c.customer == customer)
            .where(redemptions.c.subscription == subscription)
        )
    )
    limited = {each.discount: each for each in limits}
    of_owner = {"customer": customer, "subscription": subscription, "redeemed_at": micros}
    for key in sorted({*discounts} - known):
        if key in limited:
            _wait_for_turn(connection, key)
        connection.execute(redemptions.insert(), {"discount": key, **of_owner})
        if key in limited:
            _check(connection, limited[key], customer)


def _wait_for_turn(connection: Connection, key: str) -> None:
    """Let others who redeem it finish; SQLite has only one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"discount {key}"))))


def _check(connection: Connection, limit: RedemptionLimit, customer: str) -> None:
    """Refuse a redemption, which is stored already, if it is one too many."""
    statement = select(func.count()).where(redemptions.c.discount == limit.discount)
    limits = (
        (limit.in_all, statement),
        (limit.per_customer, statement.where(redemptions.c.customer == customer)),
    )
    for most, counting in limits:
        if most is not None and connection.execute(counting).scalar_one() > most:
            raise InvalidInput(
                "discount-limit",
                f'discount "{limit.discount}" can be redeemed {most} times, and it has been',
            )
