"""What is refused of customers and their changes, and the place that is told."""

from typing import Any

import httpx
import pytest
from tests.gateway.conftest import Shop
from tests.gateway.customer_operations import (
    ADJUST,
    CANCEL,
    CHANGE,
    CREATE,
    CUSTOMER,
    INVOICE,
    PREVIEW_CANCELLATION,
    PREVIEW_CHANGE,
    REDEEM,
    SUBSCRIBE,
    UPGRADE,
)


@pytest.mark.parametrize(
    ("document", "variables", "kind", "code", "path"),
    [
        (CREATE, {"customer": {"key": "acme"}}, "InvalidInputError", "customer-exists", []),
        (
            CREATE,
            {"customer": {"key": "b", "timeZone": "Mars/Olympus"}},
            "InvalidInputError",
            "unknown-time-zone",
            ["customer", "timeZone"],
        ),
        (
            SUBSCRIBE,
            {"customer": "nobody", "subscription": {"ratePlan": "basic"}},
            "UnknownReferenceError",
            "unknown-customer",
            [],
        ),
        (
            SUBSCRIBE,
            {"customer": "acme", "subscription": {"ratePlan": "basic"}},
            "InvalidInputError",
            "subscription-exists",
            ["subscription", "key"],
        ),
        (
            SUBSCRIBE,
            {"customer": "acme", "subscription": {"key": "b", "ratePlan": "pro"}},
            "InvalidInputError",
            "missing-quantity",
            ["subscription", "quantities"],
        ),
        (
            CHANGE,
            {"change": {"ratePlan": "pro"}},
            "InvalidInputError",
            "missing-quantity",
            ["change", "quantities"],
        ),
        (
            CHANGE,
            {"change": {"ratePlan": "pro", "effective": {"time": "PERIOD_END"}}},
            "InvalidInputError",
            "missing-quantity",
            ["change", "quantities"],
        ),
        (
            CHANGE,
            {"change": {"ratePlan": "old", "version": 1, "effective": {"date": "2026-04-20"}}},
            "InvalidInputError",
            "plan-not-for-sale",
            ["change", "version"],
        ),
        (
            CHANGE,
            {"change": UPGRADE, "token": "x"},
            "InvalidInputError",
            "invalid-token",
            ["token"],
        ),
        (
            CANCEL,
            {"effective": "NOW", "token": "x"},
            "InvalidInputError",
            "invalid-token",
            ["token"],
        ),
        (REDEEM, {"discount": {"code": "X"}}, "UnknownReferenceError", "unknown-code", []),
        (REDEEM, {"discount": {"key": "late"}}, "InvalidInputError", "discount-window", []),
        (ADJUST, {"amount": "1", "reason": ""}, "InvalidInputError", "blank-text", ["reason"]),
        (PREVIEW_CHANGE, {"change": {}}, "InvalidInputError", "one-of", []),
        (PREVIEW_CANCELLATION, {"effective": "NOW"}, "InvalidInputError", "one-of", []),
        (
            PREVIEW_CHANGE,
            {"change": {}, "customer": "nobody"},
            "UnknownReferenceError",
            "unknown-customer",
            [],
        ),
        (CUSTOMER, {"key": "nobody"}, "UnknownReferenceError", "unknown-customer", []),
        (INVOICE, {"number": "INV-000099"}, "UnknownReferenceError", "unknown-invoice", []),
        (
            INVOICE,
            {"number": "INV-9999999999999999999"},
            "UnknownReferenceError",
            "unknown-invoice",
            [],
        ),
        (INVOICE, {"number": "nonsense"}, "UnknownReferenceError", "unknown-invoice", []),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_mistakes_are_told_with_their_place(  # noqa: PLR0913, PLR0917 - a table of cases
    acme: Shop, document: str, variables: dict[str, Any], kind: str, code: str, path: list[str]
) -> None:
    """Whatever the core refuses is a typed member of the result, with a path into the arguments."""
    found = acme.ask(document, **variables)
    assert (found["__typename"], found["path"]) == (kind, path)
    assert found["code"] == code


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (CUSTOMER, {"key": "acme"}),
        (INVOICE, {"number": "INV-1"}),
        (CREATE, {"customer": {"key": "acme"}}),
        (CHANGE, {"change": {}}),
        (REDEEM, {"discount": {"key": "hello"}}),
        (ADJUST, {"amount": "1", "reason": "x"}),
        (PREVIEW_CHANGE, {"change": {}, "customer": "acme"}),
    ],
)
def test_without_a_database_nothing_is_known_of_customers(
    client: httpx.Client, query: str, variables: dict[str, Any]
) -> None:
    """The answer says how to start a server that has one."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    [found] = answer["data"].values()
    assert (found["__typename"], found["code"]) == ("UnavailableError", "no-store")
    assert "--store" in found["hint"]
