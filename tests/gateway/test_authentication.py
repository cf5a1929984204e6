"""Who calls: keys, tokens, and whatever else is sent in their place, to a running server."""

import base64
import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.gateway.conftest import CATALOG_NAME
from tests.gateway.credentials import (
    ACCESS,
    ADMIN_KEY,
    CUSTOMER,
    NOW,
    SERVER_KEY,
    Guarded,
    bearer,
    credentials,
    token,
)
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.access import Access
from planql.gateway.application import create_application
from planql.gateway.authentication import identify
from planql.gateway.principals import Admin, Anonymous, Customer, Role, Server
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content

QUERY = {"query": "{ catalog { name } }"}


@pytest.mark.parametrize("role", Role)
def test_each_kind_of_principal_is_answered(guarded: Guarded, role: Role) -> None:
    """With nothing, a token or a key the public catalog is there."""
    assert guarded.ask(role, QUERY["query"]) == {"name": CATALOG_NAME}


def test_who_asks_is_named() -> None:
    """A key stands for its name, a token for its customer, nothing for nobody."""
    shown = [each.get("authorization") for each in credentials().values()]
    assert [identify(each, ACCESS, NOW) for each in shown] == [
        Anonymous(),
        Customer(CUSTOMER),
        Server("checkout"),
        Admin("ops"),
    ]


def test_the_scheme_is_written_in_any_case() -> None:
    """RFC 9110 11.1: the name of a scheme is compared without regard to case."""
    for scheme in ("Bearer", "bearer", "BEARER"):
        given = f"{scheme} {SERVER_KEY.secret}"
        assert identify(given, ACCESS, NOW) == Server("checkout")


BAD = {
    "nothing after the scheme": "Bearer",
    "empty": "",
    "another scheme": "Basic " + base64.b64encode(b"admin:admin").decode(),
    "no scheme": ADMIN_KEY.secret,
    "two tokens": f"Bearer {ADMIN_KEY.secret} {ADMIN_KEY.secret}",
    "a list": f"Bearer {ADMIN_KEY.secret}, Bearer {ADMIN_KEY.secret}",
    "quotes": f'Bearer "{ADMIN_KEY.secret}"',
    "parameters": f"Bearer token={ADMIN_KEY.secret}",
    "a tab": f"Bearer\t{ADMIN_KEY.secret}",
    "more behind": f"Bearer {ADMIN_KEY.secret};role=admin",
    "a wrong key": "Bearer planql_admin_" + "A" * 43,
    "a part of a key": f"Bearer {ADMIN_KEY.secret[:-1]}",
    "more than a key": f"Bearer {ADMIN_KEY.secret}A",
    "the hash": "Bearer " + ADMIN_KEY.line.rpartition(":")[2],
    "the line": f"Bearer {ADMIN_KEY.line}",
    "too long": "Bearer " + "A" * 9000,
    "no token": "Bearer null",
    "an expired token": f"Bearer {token(seconds=-31)}",
    "a token for a year": f"Bearer {token(seconds=365 * 86400)}",
    "letters of other scripts": "Bearer \u00e4\u00f6\u00fc",
}


@pytest.mark.parametrize("path", ["/graphql", "/usage", "/operations", "/nowhere"])
@pytest.mark.parametrize("header", BAD.values(), ids=BAD)
def test_what_is_not_good_is_never_taken_for_nothing(
    guarded: Guarded, header: str, path: str
) -> None:
    """401 with a JSON body and `WWW-Authenticate`, wherever it is sent; the query is not run."""
    sent = {b"authorization": header.encode("latin-1"), b"content-type": b"application/json"}
    answer = guarded.client.post(path, content=json.dumps(QUERY), headers=sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="planql", error=')
    assert answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"errors"}
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert ADMIN_KEY.secret not in answer.text + str(answer.headers)


def test_two_headers_are_refused(guarded: Guarded) -> None:
    """A good key does not make up for what stands beside it."""
    sent = [("authorization", f"Bearer {ADMIN_KEY.secret}"), ("authorization", "Bearer x")]
    for headers in (sent, sent[::-1], [sent[0], sent[0]]):
        assert guarded.client.post("/graphql", json=QUERY, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "broken", ["x\nset-cookie: a=b", "x\r\nset-cookie: a=b", "x\0y", "x\rset-cookie: a=b"]
)
def test_a_header_cannot_be_broken_out_of(guarded: Guarded, broken: str) -> None:
    """Line ends and NUL inside a header never reach an answer's headers."""
    lines = ["GET /operations HTTP/1.1", "host: localhost", f"authorization: Bearer {broken}"]
    text = "\r\n".join([*lines, "connection: close", "", ""])
    url = guarded.client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        connection.sendall(text.encode())
        received = b"".join(iter(lambda: connection.recv(4096), b""))
    status, _, rest = received.partition(b"\r\n")
    assert b" 401 " in status or b" 400 " in status
    assert b"set-cookie" not in rest.lower()


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"cookie": f"authorization=Bearer {ADMIN_KEY.secret}; session={ADMIN_KEY.secret}"},
        {"x-api-key": ADMIN_KEY.secret},
        {"proxy-authorization": f"Bearer {ADMIN_KEY.secret}"},
        {"x-forwarded-user": "ops", "x-forwarded-for": "127.0.0.1", "forwarded": "for=127.0.0.1"},
    ],
)
def test_a_key_stands_in_one_place_only(guarded: Guarded, elsewhere: dict[str, str]) -> None:
    """Neither cookies nor other headers nor the address say who asks: the caller is anonymous."""
    query = {"query": "{ discounts { code } }"}
    answer = guarded.client.post("/graphql", json=query, headers=elsewhere).json()
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    asked = {"query": query["query"], "access_token": ADMIN_KEY.secret}
    response = guarded.client.get("/graphql", params=asked, headers=elsewhere)
    assert "errors" in response.json()
    assert "set-cookie" not in response.headers


EVENT = '{"id":"1","source":"s","type":"x","subject":"acme","time":"2026-06-14T00:00:00Z"}'


@pytest.mark.parametrize(
    ("role", "status", "code"),
    [
        (Role.ANONYMOUS, 401, "UNAUTHENTICATED"),
        (Role.CUSTOMER, 403, "FORBIDDEN"),
        (Role.SERVER, 200, None),
        (Role.ADMIN, 200, None),
    ],
)
def test_usage_is_sent_with_an_api_key(
    guarded: Guarded, role: Role, status: int, code: str | None
) -> None:
    """It decides what is billed, so it is for the company's own programs."""
    sent = {**credentials()[role], "content-type": "application/x-ndjson"}
    answer = guarded.client.post("/usage", content=EVENT, headers=sent)
    assert answer.status_code == status
    if code is not None:
        assert answer.json()["errors"][0]["extensions"]["code"] == code
    asked_for = answer.headers.get("www-authenticate")
    assert asked_for == ('Bearer realm="planql"' if status == 401 else None)


@pytest.fixture
def keys_alone(catalog: Catalog) -> Iterator[httpx.Client]:
    """A server that knows API keys and no tokens."""
    access = Access(ACCESS.api_keys)
    application = create_application(Content(CatalogHolder(catalog), clock=lambda: NOW), access)
    with running(application) as address, httpx.Client(base_url=address) as client:
        yield client


def test_without_a_key_for_them_tokens_are_refused(keys_alone: httpx.Client) -> None:
    """A server that was told of API keys only takes no token; without one, one is anonymous."""
    answer = keys_alone.post("/graphql", json=QUERY, headers=bearer(token()))
    assert answer.status_code == 401
    assert "takes no tokens" in answer.text
    query = {"query": "{ __schema { mutationType { name } } }"}
    found: Any = keys_alone.post("/graphql", json=query).json()
    assert found["data"] == {"__schema": {"mutationType": None}}


@pytest.mark.parametrize("headers", [{}, bearer("whatever"), {"authorization": "Basic x"}])
def test_in_development_mode_everyone_is_an_administrator(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    """Nothing was configured that a key could be compared with, so whatever is sent is ignored."""
    query = {"query": "{ discounts { code } }"}
    answer = client.post("/graphql", json=query, headers=headers)
    assert answer.status_code == 200
    assert "errors" not in answer.json()
