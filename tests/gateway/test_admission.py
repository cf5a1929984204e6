"""What requests cost whoever sends them."""

from collections.abc import Iterator

import httpx
import pytest
from tests.gateway.calling import a_call
from tests.gateway.credentials import ACCESS, NOW, SERVER_KEY, bearer, token
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.admission import Admission
from planql.gateway.application import create_application
from planql.gateway.buckets import Buckets
from planql.gateway.limits import Limits
from planql.gateway.principals import Admin, Anonymous, Customer, Principal, Server
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules

TYPE = '__type(name: "Money") { name }'
CATALOG = {"query": f"{{ catalog {{ name }} {TYPE} }}"}
"""21 units: 20 for asking about a type, and the catalog beside it."""
READING = 2
"""What it costs to judge its 51 characters, once."""
RESTORED = 1
"""Each second: so slowly that a test sees nothing of it."""


@pytest.fixture
def client(catalog: Catalog) -> Iterator[httpx.Client]:
    """A client of a server whose buckets hold 50 units, and 500 of those who are trusted."""
    application = create_application(
        Content(CatalogHolder(catalog), clock=lambda: NOW),
        ACCESS,
        Rules(limits=Limits(cost_capacity=50, cost_restored=RESTORED, characters_per_unit=20)),
    )
    with running(application) as address, httpx.Client(base_url=address) as found:
        yield found


def test_an_answer_says_what_it_cost(client: httpx.Client) -> None:
    """What was asked for, the most there is, what is left of how much, and what comes back."""
    cost = client.post("/graphql", json=CATALOG).json()["extensions"]["cost"]
    left = 50 - READING - 21
    assert cost == {
        "requested": 21,
        "limit": 50,
        "available": left,
        "capacity": 50,
        "restoreRate": RESTORED,
    }
    assert client.post("/graphql", json=CATALOG).json()["extensions"]["cost"]["available"] in {
        left - 21,
        left - 20,
    }


def test_an_empty_bucket_is_told_with_a_time(client: httpx.Client) -> None:
    """429, when to come again, and what there is; nothing is executed."""
    for _ in range(2):
        assert client.post("/graphql", json=CATALOG).status_code == 200
    response = client.post("/graphql", json=CATALOG)
    assert response.status_code == 429
    answer = response.json()
    assert set(answer) == {"errors", "extensions"}
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "RATE_LIMITED"}
    cost = answer["extensions"]["cost"]
    assert (cost["requested"], cost["limit"], cost["capacity"]) == (21, 50, 50)
    assert cost["available"] < 21
    assert int(response.headers["retry-after"]) in range(21 - cost["available"] - 1, 22)
    assert response.headers["retry-after"] in error["message"]


def test_everyone_has_their_own(client: httpx.Client) -> None:
    """What anonymous callers used up, customers and servers still have."""
    for _ in range(3):
        refused = client.post("/graphql", json=CATALOG)
    assert refused.status_code == 429
    for headers, capacity in (
        (bearer(token("acme")), 50),
        (bearer(token("other")), 50),
        (bearer(SERVER_KEY.secret), 500),
    ):
        answer = client.post("/graphql", json=CATALOG, headers=headers).json()
        cost = answer["extensions"]["cost"]
        assert (cost["capacity"], cost["available"] >= capacity - 21 - READING) == (capacity, True)


def test_reading_a_document_costs_something(client: httpx.Client) -> None:
    """20 characters that were not seen before cost 1, whether or not they can be executed."""
    nonsense = {"query": f"{{ nothing }}{' ' * 988}"}
    assert client.post("/graphql", json=nonsense).json()["errors"][0]["extensions"] == {
        "code": "GRAPHQL_VALIDATION_FAILED"
    }
    # The same again is known, and costs nothing.
    assert client.post("/graphql", json=nonsense).status_code == 200
    response = client.post("/graphql", json={"query": f"{{ nowhere }}{' ' * 988}"})
    assert response.status_code == 429
    assert set(response.json()["extensions"]["cost"]) == {"available", "capacity", "restoreRate"}


@pytest.mark.parametrize(
    ("length", "code"), [(1_200, "GRAPHQL_VALIDATION_FAILED"), (300_000, "LIMIT_EXCEEDED")]
)
def test_a_full_bucket_is_enough_to_be_told_what_is_wrong(
    client: httpx.Client, length: int, code: str
) -> None:
    """However long a document is, waiting helps: it costs no more to read than a bucket holds."""
    long = {"query": "{ nothing }".ljust(length)}
    [error] = client.post("/graphql", json=long).json()["errors"]
    assert error["extensions"]["code"] == code


def test_nobody_can_ask_for_more_than_a_bucket_holds(client: httpx.Client) -> None:
    """Waiting would not help, so it is no matter of time."""
    query = {"query": f"{{ catalog {{ ratePlans {{ key }} }} {TYPE} }}"}
    answer = client.post("/graphql", json=query).json()
    [error] = answer["errors"]
    assert (error["extensions"]["code"], error["extensions"]["limit"]) == ("LIMIT_EXCEEDED", "cost")
    assert error["message"] == "the operation has cost 71; at most 50 is executed"
    trusted = client.post("/graphql", json=query, headers=bearer(SERVER_KEY.secret)).json()
    assert trusted["extensions"]["cost"]["limit"] == 500


def test_public_answers_are_the_same_for_everyone(client: httpx.Client) -> None:
    """What may be kept by others says nothing of who asked for it."""
    response = client.get("/graphql", params=CATALOG)
    assert response.headers["cache-control"] == "public, no-cache"
    assert response.json()["extensions"] == {"cost": {"requested": 21, "limit": 50}}


def test_development_mode_counts_nothing(catalog: Catalog) -> None:
    """Callers are not told apart, so nothing is taken from them; an administrator's limit holds."""
    application = create_application(
        Content(CatalogHolder(catalog)),
        rules=Rules(limits=Limits(cost=30, cost_capacity=10, cost_restored=1)),
    )
    with running(application) as address:
        for _ in range(5):
            answer = httpx.post(f"{address}/graphql", json=CATALOG).json()
            assert answer["extensions"] == {"cost": {"requested": 21, "limit": 300}}


@pytest.mark.parametrize(
    ("address", "principal", "name"),
    [
        ("192.0.2.7", Anonymous(), "anonymous 192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", Anonymous(), "anonymous 2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", Anonymous(), "anonymous ::ffff:192.0.2.7"),
        ("/run/planql.sock", Anonymous(), "anonymous /run/planql.sock"),
        ("", Anonymous(), "anonymous "),
        ("192.0.2.7", Customer("acme"), "customer acme"),
        ("192.0.2.7", Server("checkout"), "server checkout"),
        ("192.0.2.7", Admin("ops"), "admin ops"),
    ],
)
def test_a_bucket_belongs_to_someone(address: str, principal: Principal, name: str) -> None:
    """To a principal, wherever it asks from; else to an address, of IPv6 to its network."""
    call = a_call(address=address)
    call.principal = principal
    assert Admission(Limits(), Buckets()).payer(call).name == name
