"""Customers and the timelines of their subscriptions."""

from datetime import UTC, datetime

import pytest

from planql.errors import InvalidInput, UnknownReference
from planql.stores.customers import (
    NewSubscription,
    TimelineEntry,
    append_entry,
    count_redemptions,
    create_customer,
    create_subscription,
    list_customers,
    read_customer,
)
from planql.stores.database import Database
from planql.stores.redemptions import RedemptionLimit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def change(document: str, *discounts: str) -> TimelineEntry:
    """A change at noon."""
    return TimelineEntry("change", NOON, document, discounts)


def subscribe(database: Database, customer: str = "acme", *discounts: str) -> None:
    """A customer with the subscription `main`."""
    create_customer(database, customer, f'{{"key": "{customer}"}}', NOON)
    create_subscription(database, NewSubscription(customer, "main", "{}", discounts), NOON)


def test_a_customer_comes_back_with_its_subscriptions(database: Database) -> None:
    """Changes and adjustments are read in the order they were written."""
    subscribe(database)
    for document in ("1", "2"):
        [main] = read_customer(database, "acme").subscriptions
        append_entry(database, "acme", main, change(document), NOON)
    [main] = read_customer(database, "acme").subscriptions
    append_entry(database, "acme", main, TimelineEntry("adjustment", NOON, "3"), NOON)
    stored = read_customer(database, "acme")
    [main] = stored.subscriptions
    assert stored.document == '{"key": "acme"}'
    assert (main.changes, main.adjustments, main.length) == (("1", "2"), ("3",), 3)


def test_keys_are_given_once(database: Database) -> None:
    """A customer or a subscription that exists is refused, and what it was stays."""
    subscribe(database)
    with pytest.raises(InvalidInput, match='customer "acme" exists'):
        create_customer(database, "acme", "other", NOON)
    with pytest.raises(InvalidInput, match='subscription "main"'):
        create_subscription(database, NewSubscription("acme", "main", "other"), NOON)
    assert read_customer(database, "acme").subscriptions[0].document == "{}"


def test_unknown_customers_are_refused(database: Database) -> None:
    """Nothing is read or stored for a customer that does not exist."""
    with pytest.raises(UnknownReference, match="nobody"):
        read_customer(database, "nobody")
    with pytest.raises(UnknownReference, match="nobody"):
        create_subscription(database, NewSubscription("nobody", "main", "{}"), NOON)


def test_a_decision_on_an_old_timeline_is_refused(database: Database) -> None:
    """Who adds to a timeline must have seen all of it."""
    subscribe(database)
    [seen] = read_customer(database, "acme").subscriptions
    append_entry(database, "acme", seen, change("1"), NOON)
    with pytest.raises(InvalidInput, match="changed meanwhile") as refused:
        append_entry(database, "acme", seen, change("2"), NOON)
    assert refused.value.code == "timeline-moved"
    assert read_customer(database, "acme").subscriptions[0].changes == ("1",)


def test_redemptions_are_counted(database: Database) -> None:
    """A discount is redeemed once by a subscription, at its start or with a change."""
    subscribe(database, "acme", "launch")
    subscribe(database, "other")
    for customer in ("acme", "other"):
        [main] = read_customer(database, customer).subscriptions
        append_entry(database, customer, main, change("1", "launch", "spring"), NOON)
    assert count_redemptions(database, "launch") == 2
    assert count_redemptions(database, "launch", "acme") == 1
    assert count_redemptions(database, "never") == 0


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (RedemptionLimit("launch", in_all=2), "2 times"),
        (RedemptionLimit("launch", per_customer=1), "1 times"),
    ],
)
def test_redemptions_have_limits(database: Database, limit: RedemptionLimit, message: str) -> None:
    """One redemption too many is refused with what redeems it; other customers may go on."""
    subscribe(database, "acme", "launch")
    subscribe(database, "other", "launch" if limit.in_all else "spring")
    second = NewSubscription("acme", "second", "{}", ("launch",), (limit,))
    with pytest.raises(InvalidInput, match=message) as refused:
        create_subscription(database, second, NOON)
    assert refused.value.code == "discount-limit"
    assert len(read_customer(database, "acme").subscriptions) == 1
    unlimited = RedemptionLimit("launch", in_all=3, per_customer=2)
    allowed = NewSubscription("acme", "second", "{}", ("launch",), (unlimited,))
    create_subscription(database, allowed, NOON)


def test_customers_are_listed_in_pages(database: Database) -> None:
    """Keys come in their order, behind the last one seen."""
    for key in ("c", "a", "b"):
        create_customer(database, key, "{}", NOON)
    assert list_customers(database, limit=2) == ["a", "b"]
    assert list_customers(database, after="b") == ["c"]
