"""What browsers are told: which pages may read an answer, and what may be kept."""

import httpx
import pytest
from tests.gateway.credentials import CUSTOMER, ORIGIN, Guarded, credentials

from planql.errors import InvalidInput
from planql.gateway.access import Access, read_origins
from planql.gateway.principals import Role

QUERY = "{ catalog { name } }"
ASKED = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
STRANGERS = [
    "https://evil.example",
    "null",
    "*",
    "",
    ORIGIN + ".evil.example",
    ORIGIN + ":443",
    ORIGIN + "/",
    ORIGIN.upper(),
    ORIGIN.replace("https", "http"),
    f"https://evil.example {ORIGIN}",
    f"{ORIGIN},https://evil.example",
    ORIGIN.replace("prices.", ""),
]


def allowed(response: httpx.Response) -> str | None:
    """The origin whose pages may read the answer."""
    found: str | None = response.headers.get("access-control-allow-origin")
    return found


def test_a_listed_origin_may_ask(guarded: Guarded) -> None:
    """The browser asks beforehand and is told the methods and headers; then the page may read."""
    before = guarded.client.options("/graphql", headers={"origin": ORIGIN, **ASKED})
    assert (before.status_code, allowed(before), before.content) == (204, ORIGIN, b"")
    assert before.headers["access-control-allow-methods"] == "GET, POST"
    assert "authorization" in before.headers["access-control-allow-headers"]
    headers = {"origin": ORIGIN, **credentials()[Role.CUSTOMER]}
    answer = guarded.client.post("/graphql", json={"query": QUERY}, headers=headers)
    assert (answer.status_code, allowed(answer)) == (200, ORIGIN)


def test_a_refusal_can_be_read_by_the_page(guarded: Guarded) -> None:
    """A page with an expired token is told so, and not that something failed somewhere."""
    headers = {"origin": ORIGIN, "authorization": "Bearer x"}
    answer = guarded.client.post("/graphql", json={"query": QUERY}, headers=headers)
    assert (answer.status_code, allowed(answer)) == (401, ORIGIN)
    assert "www-authenticate" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("origin", STRANGERS)
def test_any_other_origin_is_told_nothing(guarded: Guarded, origin: str) -> None:
    """Origins are compared whole and exactly; a stranger's page cannot read the answer."""
    before = guarded.client.options("/graphql", headers={"origin": origin, **ASKED})
    assert before.status_code == 405
    answer = guarded.client.get("/graphql", params={"query": QUERY}, headers={"origin": origin})
    assert allowed(before) is allowed(answer) is None


def test_credentials_are_never_sent_along(guarded: Guarded) -> None:
    """No answer lets a browser add cookies, and which origin it was for is part of its name."""
    for origin in (ORIGIN, "https://evil.example"):
        answer = guarded.client.get("/graphql", params={"query": QUERY}, headers={"origin": origin})
        assert "access-control-allow-credentials" not in answer.headers
        vary = {each.strip() for each in answer.headers["vary"].lower().split(",")}
        assert vary == {"accept", "authorization", "origin"}


def test_without_origins_nothing_is_said_of_them(client: httpx.Client) -> None:
    """A server that was told of no origin answers as if there were none."""
    answer = client.get("/graphql", params={"query": QUERY}, headers={"origin": ORIGIN})
    assert allowed(answer) is None
    assert client.options("/graphql", headers={"origin": ORIGIN, **ASKED}).status_code == 405


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "null",
        "",
        "prices.example.com",
        "https://",
        ORIGIN + "/",
        ORIGIN.upper(),
        "ftp://x.y",
        "https://*.example.com",
        f"{ORIGIN} ",
        "https://user@x.y",
        "https://x.y?z",
    ],
)
def test_what_is_no_origin_is_refused(given: str) -> None:
    """Browsers never send it, so it would do nothing, or too much."""
    with pytest.raises(InvalidInput) as caught:
        read_origins([ORIGIN, given])
    assert caught.value.code == "not-an-origin"


@pytest.mark.parametrize(
    "given", [ORIGIN, "http://localhost:5173", "http://127.0.0.1:1", "http://[::1]:80"]
)
def test_origins_are_scheme_host_and_port(given: str) -> None:
    """With and without a port, and for addresses."""
    assert read_origins([given]) == Access(origins=frozenset({given})).origins


PATHS = ["/graphql", "/operations", "/healthz", "/usage", "/nowhere", "/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_answer_has_the_security_headers(guarded: Guarded, path: str, method: str) -> None:
    """Whatever it says: no guessing, no frames, no referrer, and nothing kept."""
    headers = guarded.client.request(method, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_an_answer_to_another_host_has_them_too(guarded: Guarded) -> None:
    """The refusal of a host is an answer like any other."""
    headers = guarded.client.get("/graphql", headers={"host": "evil.example"}).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


OWN = "{ customer { ... on Customer { key } } }"
THEIRS = f'{{ customer(key: "{CUSTOMER}") {{ ... on Customer {{ key }} }} }}'


@pytest.mark.parametrize(
    ("role", "method", "query", "kept"),
    [
        (Role.ANONYMOUS, "GET", QUERY, "public, no-cache"),
        (Role.ANONYMOUS, "GET", "{ nothing }", "no-store"),
        (Role.ANONYMOUS, "GET", "{ catalog { name(x: 1) } }", "no-store"),
        (Role.ANONYMOUS, "POST", QUERY, "no-store"),
        (Role.CUSTOMER, "GET", QUERY, "no-store"),
        (Role.CUSTOMER, "GET", OWN, "no-store"),
        (Role.SERVER, "GET", THEIRS, "no-store"),
        (Role.ADMIN, "GET", QUERY, "no-store"),
    ],
)
def test_only_public_answers_may_be_kept(
    guarded: Guarded, role: Role, method: str, query: str, kept: str
) -> None:
    """An anonymous query by GET without mistakes; customers' data never."""
    is_get, asked = method == "GET", {"query": query}
    answer = guarded.client.request(
        method,
        "/graphql",
        headers=credentials()[role],
        params=asked if is_get else None,
        json=None if is_get else asked,
    )
    assert answer.headers["cache-control"] == kept


def test_an_answer_with_a_mistake_is_not_kept(guarded: Guarded) -> None:
    """A partial answer is not what another one should get."""
    query = (
        '{ rate(charge: {catalog: {ratePlan: "support-team", charge: "outcomes"}}, quantity: "1")'
    )
    query += ' { ... on RatedCharge { total { formatted(locale: "xx-YY") } } } }'
    answer = guarded.client.get("/graphql", params={"query": query})
    assert "errors" in answer.json()
    assert "data" in answer.json()
    assert answer.headers["cache-control"] == "no-store"


def test_in_development_mode_nothing_is_kept(client: httpx.Client) -> None:
    """There every answer is an administrator's."""
    answer = client.get("/graphql", params={"query": QUERY})
    assert answer.headers["cache-control"] == "no-store"
