"""Numbers: what is counted, by names that nobody can make up, and who may read them."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.gateway.credentials import ACCESS, NOW, SERVER_KEY, bearer, credentials
from tests.gateway.following import Following, Pushed, following, priced
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput
from planql.gateway.access import DEVELOPMENT
from planql.gateway.application import create_application
from planql.gateway.limits import Limits
from planql.gateway.operating.metrics import Metrics, known_operations
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.operating.probes import metrics_token
from planql.gateway.operations import Operation
from planql.gateway.persisted import persisted
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules
from planql.stores.database import Database, open_database

TOKEN = "a token of metrics"  # noqa: S105 - of this test
KNOWN = Operation("known", "", "", "query Known { catalog { name } }", "")
EVENT = '{"id":"1","type":"call","subject":"a","time":"2026-04-02T10:00:00Z"}'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'planql.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def client(catalog: Catalog, store: Database) -> Iterator[httpx.Client]:
    """A client of a server that asks who calls, with a token of metrics."""
    application = create_application(
        Content(CatalogHolder(catalog), operations=(KNOWN,), clock=lambda: NOW, database=store),
        ACCESS,
        Rules(limits=Limits(cost_capacity=100, cost_restored=1), documents=persisted([KNOWN])),
        monitoring=Monitoring(metrics_token=TOKEN.encode()),
    )
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


def numbers(client: httpx.Client) -> dict[str, float]:
    """What a scrape says: names with their labels in order, and values."""
    page = client.get("/metrics", headers=bearer(TOKEN))
    assert page.headers["content-type"].startswith("text/plain")
    lines = (line.rpartition(" ") for line in page.text.splitlines() if line[0] != "#")
    return {re.sub(r"[{}\"]", "", name.replace("{", ",")): float(value) for name, _, value in lines}


def query(client: httpx.Client, text: str, **headers: str) -> httpx.Response:
    """The answer to a document."""
    return client.post("/graphql", json={"query": text}, headers=headers)


def test_requests_are_counted_by_known_names_only(client: httpx.Client) -> None:
    """Operations that the server does not hold, and addresses that are not, count as `other`."""
    server = bearer(SERVER_KEY.secret)
    for name in ("Known", "Mine", "Yours"):
        query(client, f"query {name} {{ catalog {{ name }} }}", **server)
    query(client, "{ nothing }", **server)
    query(client, "query Known {", **server)
    for path in ("/a", "/b", "/assets/c"):
        client.get(path)
    found = numbers(client)
    begin = "planql_requests_total,operation="
    assert found[f"{begin}Known,route=/graphql,status=200"] == 1
    assert found[f"{begin}other,route=/graphql,status=200"] == 2
    assert found[f"{begin},route=/graphql,status=200"] == 2
    assert found[f"{begin},route=other,status=404"] == 2
    assert found[f"{begin},route=/assets,status=404"] == 1
    assert found["planql_errors_total,code=GRAPHQL_VALIDATION_FAILED"] == 1
    assert found["planql_errors_total,code=GRAPHQL_PARSE_FAILED"] == 1
    assert found["planql_errors_total,code=NOT_FOUND"] == 3
    assert found["planql_request_seconds_count,operation=Known,route=/graphql"] == 1
    assert not [name for name in found if "Mine" in name or "/a" in name.replace("/assets", "")]


def test_usage_refusals_and_statements_are_counted(client: httpx.Client) -> None:
    """Events by what became of them, requests beyond a bucket, and what the database was asked."""
    server = bearer(SERVER_KEY.secret)
    lines = {"content-type": "application/x-ndjson", **server}
    for body in (EVENT, EVENT, f"{EVENT}\n{{}}"):
        client.post("/usage", content=body, headers=lines)
    event = '{ id: "2", type: "call", subject: "a", time: "2026-04-02T10:00:00Z" }'
    mutation = f"mutation {{ recordUsage(events: [{event}]) {{ __typename }} }}"
    assert query(client, mutation, **server).json()["data"]["recordUsage"]["__typename"]
    statuses = [
        query(client, "{ products { key ratePlans { charges { key } } } }").status_code
        for _ in range(6)
    ]
    found = numbers(client)
    assert [
        found.get(f"planql_usage_events_total,outcome={outcome}", 0)
        for outcome in ("accepted", "duplicate", "rejected")
    ] == [2, 2, 1]
    assert found["planql_cost_refusals_total"] == statuses.count(429) > 0
    assert found["planql_store_seconds_count"] > 0


def test_the_catalog_is_told_as_it_is_now(client: httpx.Client, catalog: Catalog) -> None:
    """Its digest, and for how long it has been served; a directory is not followed."""
    found = numbers(client)
    assert found[f"planql_catalog_info,commit=,digest={catalog.digest}"] == 1
    assert "planql_catalog_age_seconds" in found
    assert found["planql_stopping"] == 0
    assert "planql_catalog_reload_success" not in found


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ANONYMOUS, 401), (Role.CUSTOMER, 403), (Role.SERVER, 200), (Role.ADMIN, 200)],
)
def test_metrics_are_for_the_token_and_for_api_keys(
    client: httpx.Client, role: Role, status: int
) -> None:
    """Nobody else reads them, and the token opens nothing else."""
    assert client.get("/metrics", headers=credentials()[role]).status_code == status
    assert client.get("/metrics", headers=bearer(f"{TOKEN}x")).status_code == 401
    assert client.get("/operations", headers=bearer("a-token-of-metrics")).status_code == 401
    assert client.post("/metrics", headers=credentials()[Role.ADMIN]).status_code == 405


def test_in_development_this_machine_reads_them(catalog: Catalog) -> None:
    """There are no keys then, and no other host name is answered."""
    application = create_application(Content(CatalogHolder(catalog)), DEVELOPMENT)
    with running(application) as address, httpx.Client(base_url=address) as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", headers={"host": "evil.example"}).status_code == 421


def test_a_followed_branch_is_told(tmp_path: Path) -> None:
    """Whether its newest commit is served, and when it was looked at."""
    pushed = Pushed(tmp_path)
    pushed.push(plan=priced("0.10"))
    with following(pushed, poll_seconds=60) as server:
        assert reload_success(server) == 1
        pushed.push_file("rate-plans/pro/v1.json", "{")
        server.watcher.look()
        assert reload_success(server) == 0


def reload_success(server: Following) -> float:
    """What `/metrics` says of the last look at the branch."""
    page = server.client.get("/metrics", headers=credentials()[Role.SERVER]).text
    [line] = re.findall(r"^planql_catalog_reload_success (.*)$", page, re.MULTILINE)
    return float(line)


def test_names_of_operations_are_read_from_documents() -> None:
    """Several of one document; what has no name, or is no GraphQL, has none."""
    texts = ["query A { a } mutation B { b } fragment C on D { d }", "{ e }", "query {"]
    assert known_operations(texts) == {"A", "B"}


def test_a_short_token_is_refused() -> None:
    """16 bytes are the least; the message does not repeat it."""
    assert metrics_token(" 0123456789abcdef\n") == b"0123456789abcdef"
    with pytest.raises(InvalidInput) as caught:
        metrics_token("hunter2")
    assert "hunter2" not in caught.value.message


def test_workers_counts_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What several processes have counted is read from the folder that they share."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert Metrics([]).page("")[0] == b""


@pytest.mark.parametrize("accept", ["", "application/openmetrics-text;version=none"])
def test_whoever_has_no_wish_that_can_be_read_gets_text(accept: str) -> None:
    """A version that is no number is no defect."""
    page, media_type = Metrics([]).page(accept)
    assert media_type.startswith("text/plain")
    assert b"# HELP" in page
