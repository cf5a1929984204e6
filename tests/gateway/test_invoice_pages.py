"""The issued invoices of a customer, page by page."""

from typing import Any

import pytest
from tests.gateway.conftest import Shop
from tests.gateway.credentials import CUSTOMER, OTHER, Guarded

from planql.gateway.principals import Role

PAGE = """query($key: String!, $first: Int! = 20, $after: String) { customer(key: $key) {
  ... on Customer { invoices(first: $first, after: $after) {
    edges { cursor node { number customer } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } } }"""


def page(guarded: Guarded, **variables: object) -> dict[str, Any]:
    """A page of a customer's invoices."""
    found = guarded.ask(Role.SERVER, PAGE, {"key": CUSTOMER, **variables})
    invoices: dict[str, Any] = found["invoices"]
    return invoices


def refusal(guarded: Guarded, **variables: object) -> tuple[str, str]:
    """Code and reason of the mistake that a page is answered with."""
    answer = guarded.answer(Role.SERVER, PAGE, {"key": CUSTOMER, **variables})
    [error] = answer["errors"]
    return error["extensions"]["code"], error["extensions"]["reason"]


def test_pages_follow_one_another(guarded: Guarded) -> None:
    """Page by page every invoice comes once, the newest first, as in one long page."""
    whole = page(guarded, first=100)
    edges: list[object] = []
    after = None
    while True:
        found = page(guarded, first=3, after=after)
        info = found["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert info["startCursor"] == found["edges"][0]["cursor"]
        edges += found["edges"]
        after = info["endCursor"]
        if not info["hasNextPage"]:
            break
    assert edges == whole["edges"]
    assert len(edges) > 3
    numbers = [each["node"]["number"] for each in whole["edges"]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_page_after_the_last_invoice_is_empty(guarded: Guarded) -> None:
    """There is nothing more, and nothing to go on from."""
    last = page(guarded, first=100)["pageInfo"]["endCursor"]
    found = page(guarded, after=last)
    assert found["edges"] == []
    assert found["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": True,
        "startCursor": None,
        "endCursor": None,
    }


@pytest.mark.parametrize("first", [0, -1, 101])
def test_a_page_has_bounds(guarded: Guarded, first: int) -> None:
    """Between 1 and 100 invoices are answered at once."""
    assert refusal(guarded, first=first) == ("BAD_USER_INPUT", "page-size")


@pytest.mark.parametrize("after", ["INV-000001", "SU5W", "SU5WLTk5OTk5OQ", "é", "a", "=", " "])
def test_a_cursor_that_is_none_is_refused(guarded: Guarded, after: str) -> None:
    """A cursor comes from an answer; text that was made up is a mistake, not the first page."""
    assert refusal(guarded, after=after) == ("BAD_USER_INPUT", "unknown-cursor")


def test_a_cursor_of_another_customer_is_refused(guarded: Guarded) -> None:
    """A list knows the cursors of its own items only."""
    theirs = guarded.ask(Role.SERVER, PAGE, {"key": OTHER})["invoices"]["pageInfo"]["endCursor"]
    assert refusal(guarded, after=theirs) == ("BAD_USER_INPUT", "unknown-cursor")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_cursor_stays_where_it_was(acme: Shop) -> None:
    """What is issued meanwhile comes before the first page, and moves no other."""
    before = acme.ask(PAGE, key="acme")["invoices"]
    acme.now = acme.now.replace(month=acme.now.month + 1)
    acme.bill()
    after = acme.ask(PAGE, key="acme")["invoices"]
    assert len(after["edges"]) == len(before["edges"]) + 1
    assert after["edges"][1:] == before["edges"]
    newest = after["edges"][0]["cursor"]
    assert acme.ask(PAGE, key="acme", after=newest)["invoices"]["edges"] == before["edges"]
