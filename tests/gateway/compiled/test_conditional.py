"""Tags of answers: who has the newest one is not sent it again."""

from dataclasses import replace

import httpx
import pytest
from tests.gateway.credentials import ACCESS, NOW, Guarded, credentials
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.compiled.etags import is_among, strong_etag
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content

PRODUCTS = "query Products($with: Boolean = true) { products { key name @include(if: $with) } }"
IN_FORCE = "{ catalog { ratePlansInForce { key } } }"


def get(client: httpx.Client, query: str, tags: str = "", **more: str) -> httpx.Response:
    """The answer to a query by GET."""
    headers = {"if-none-match": tags} if tags else {}
    return client.get("/graphql", params={"query": query, **more}, headers=headers)


def test_who_has_the_answer_is_not_sent_it_again(guarded: Guarded) -> None:
    """A tag that is shown is answered 304 without a body, with what caches go by."""
    client = guarded.client
    first = get(client, PRODUCTS)
    again = get(client, PRODUCTS, f'"other", W/{first.headers["etag"]}')
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert again.headers[name] == first.headers[name]
    assert "content-type" not in again.headers


def test_another_question_has_another_tag(guarded: Guarded) -> None:
    """Tags tell documents and variables apart, and a tag of one is none of the other."""
    client = guarded.client
    one = get(client, PRODUCTS).headers["etag"]
    other = get(client, PRODUCTS, one, variables='{"with": false}')
    assert other.status_code == 200
    assert other.headers["etag"] != one


def test_an_answer_that_reads_the_clock_has_no_tag(guarded: Guarded) -> None:
    """What is in force changes with the day, so nobody is told that nothing changed."""
    answer = get(guarded.client, IN_FORCE, "*")
    assert answer.status_code == 200
    assert "etag" not in answer.headers


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.SERVER, Role.ADMIN])
def test_only_what_anyone_may_keep_has_a_tag(guarded: Guarded, role: Role) -> None:
    """Answers to whoever says who they are must not be kept."""
    params = {"query": PRODUCTS}
    answer = guarded.client.get("/graphql", params=params, headers=credentials()[role])
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_a_new_commit_has_new_tags(catalog: Catalog) -> None:
    """Another digest, another tag; a catalog without one has none."""
    found = []
    holder = CatalogHolder(catalog)
    application = create_application(Content(holder, clock=lambda: NOW), ACCESS)
    with running(application) as address, httpx.Client(base_url=address) as client:
        for digest in (catalog.digest, "changed", ""):
            holder.swap(replace(catalog, digest=digest))
            found.append(get(client, PRODUCTS).headers.get("etag"))
    assert len({*found}) == 3
    assert found[2] is None


def test_parts_of_a_tag_do_not_run_together() -> None:
    """The same characters parted elsewhere are another tag; a missing part is an empty one."""
    assert strong_etag("ab", "c") != strong_etag("a", "bc")
    assert strong_etag("a", None) == strong_etag("a", "")


@pytest.mark.parametrize(
    ("shown", "expected"), [("*", True), ('W/"a", "b"', True), ('"c"', False), ("", False)]
)
def test_tags_are_compared_weakly(shown: str, expected: bool) -> None:
    """As RFC 9110 has it for `If-None-Match`."""
    assert is_among('"b"', shown) is expected
