"""The log of a server that is attacked: a line for each request, and no secrets."""

import hmac
import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from tests.gateway.credentials import (
    ACCESS,
    ADMIN_KEY,
    NOW,
    SECRET,
    SERVER_KEY,
    bearer,
    credentials,
    token,
)
from tests.gateway.test_requests import ALL as REQUESTS
from tests.servers.gateway import running
from tests.servers.processes import wait_until

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.operating import request_log
from planql.gateway.operating.log_lines import JsonLines
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.stores.database import Database, open_database

TOKEN = "a-token-of-metrics-0123"  # noqa: S105 - of this test
PRIVATE = "a-value-that-is-nobody-elses-business"
EVENT = f'{{"id":"{PRIVATE}","type":"call","subject":"a","time":"2026-04-02T10:00:00Z"}}'


class Journal:
    """What a server has logged as JSON."""

    def __init__(self) -> None:
        self.stream = StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonLines([TOKEN]))

    def lines(self) -> list[dict[str, object]]:
        """Each line, read."""
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def line(self, answer: httpx.Response) -> dict[str, object]:
        """The line of a request, which may come a moment after its answer."""
        found: list[dict[str, object]] = []

        def is_there() -> bool:
            name = answer.headers["x-request-id"]
            found[:] = [
                x for x in self.lines() if (x.get("request_id"), "path" in x) == (name, True)
            ]
            return bool(found)

        wait_until(is_there)
        return found[0]


@pytest.fixture
def journal() -> Iterator[Journal]:
    """Everything that is logged, at every level."""
    found, top, planql = Journal(), logging.getLogger(), logging.getLogger("planql")
    level = planql.level
    top.addHandler(found.handler)
    planql.setLevel("DEBUG")
    yield found
    planql.setLevel(level)
    top.removeHandler(found.handler)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'planql.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def client(catalog: Catalog, store: Database, journal: Journal) -> Iterator[httpx.Client]:
    """A client of a server that asks who calls."""
    assert journal.lines() == []
    application = create_application(
        Content(CatalogHolder(catalog), clock=lambda: NOW, database=store),
        ACCESS,
        monitoring=Monitoring(metrics_token=TOKEN.encode()),
    )
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


def attack(client: httpx.Client) -> httpx.Response:
    """Put secrets where they belong and where not, and send what is wrong; the last answer."""
    for case in (each.values[0] for each in REQUESTS):
        case.send(client)
    for secret in (SERVER_KEY.secret, ADMIN_KEY.secret, token(), TOKEN):
        query = {"query": f'query A {{ ratePlan(key: "{PRIVATE}") {{ key }} }}'}
        client.post("/graphql", json=query, headers=bearer(secret))
        client.post("/graphql", json={**query, "variables": {"secret": secret}})
        client.get("/graphql", params={"query": "{ catalog { name } }", "variables": PRIVATE})
        client.get(f"/{secret}", headers=bearer(f"{secret}x"))
        client.get(f"/graphql?key={secret}", headers={"x-request-id": f"{secret} x"})
        client.post("/usage", content=EVENT, headers={**bearer(secret), "content-type": "text/x"})
        client.get("/metrics", headers=bearer(secret))
    named = SERVER_KEY.secret.replace("-", "_")
    client.post("/graphql", json={"query": f"query {named} {{ catalog {{ name }} }}"})
    lines = {**bearer(SERVER_KEY.secret), "content-type": "application/x-ndjson"}
    client.post("/usage", content=EVENT, headers=lines)
    signature = hmac.new(SECRET, b"{}", "sha256").hexdigest()
    client.post("/webhooks/git", content=b"{}", headers={"x-hub-signature-256": signature})
    return client.get("/the-end")


def test_the_log_of_an_attack_holds_no_secret(client: httpx.Client, journal: Journal) -> None:
    """Neither keys nor tokens, nor values of documents, variables, bodies and query strings."""
    journal.line(attack(client))
    text = journal.stream.getvalue()
    assert len(journal.lines()) > 100
    kept = [SERVER_KEY.secret, SERVER_KEY.secret.replace("-", "_"), ADMIN_KEY.secret, token()]
    for secret in (*kept, TOKEN, token().rpartition(".")[2], SECRET.decode(), PRIVATE):
        assert secret not in text


def test_a_line_says_what_was_asked_and_what_came_of_it(
    client: httpx.Client, journal: Journal
) -> None:
    """Id, method, path, status, time, who by kind, operation by name and digest, cost, codes."""
    query = {"query": "query Plans { catalog { name } }"}
    headers = {**credentials()[Role.CUSTOMER], "x-request-id": "mine-1"}
    answer = client.post("/graphql", json=query, headers=headers)
    line = journal.line(answer)
    assert answer.headers["x-request-id"] == line["request_id"] == "mine-1"
    assert (line["method"], line["path"], line["status"]) == ("POST", "/graphql", 200)
    assert (line["principal"], line["operation"]) == ("customer", "Plans")
    assert (line["operation_type"], line["cost"]) == ("query", 1)
    assert str(line["document"]).startswith("sha256:")
    assert isinstance(line["duration_ms"], float)
    line = journal.line(client.post("/graphql", json={"query": "{ nothing }"}))
    assert line["codes"] == ["GRAPHQL_VALIDATION_FAILED"]
    assert "cost" not in line
    line = journal.line(client.get("/graphql", headers={"host": "evil.example"}))
    assert line["codes"] == ["HOST_NOT_ALLOWED"]
    assert "principal" not in line


def test_usage_is_counted_in_its_line(client: httpx.Client, journal: Journal) -> None:
    """By what became of the events."""
    lines = {**bearer(SERVER_KEY.secret), "content-type": "application/x-ndjson"}
    line = journal.line(client.post("/usage", content=f"{EVENT}\n{EVENT}\n{{}}", headers=lines))
    found = {name: count for name, count in line.items() if name.startswith("events_")}
    assert found == {"events_accepted": 1, "events_duplicate": 1, "events_rejected": 1}


def test_probes_are_quiet_while_they_succeed(client: httpx.Client, journal: Journal) -> None:
    """Every few seconds a machine asks; only what fails is worth a line."""
    assert journal.line(client.get("/healthz"))["level"] == "debug"
    assert journal.line(client.get("/metrics"))["level"] == "info"
    request_log.LOG.setLevel("INFO")
    quiet = client.get("/readyz").headers["x-request-id"]
    journal.line(client.get("/nowhere"))
    request_log.LOG.setLevel("NOTSET")
    assert quiet not in journal.stream.getvalue()


def test_a_defect_is_logged_with_its_traceback(
    client: httpx.Client, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the id that the answer names."""
    monkeypatch.setattr("planql.gateway.usage_endpoint.record_usage", None)
    lines = {**bearer(SERVER_KEY.secret), "content-type": "application/x-ndjson"}
    answer = client.post("/usage", content=EVENT, headers=lines)
    line = journal.line(answer)
    [defect] = [each for each in journal.lines() if each["level"] == "error"]
    assert answer.status_code == 500
    assert defect["request_id"] == answer.headers["x-request-id"]
    assert answer.json()["errors"][0]["extensions"]["requestId"] == defect["request_id"]
    assert "Traceback" in str(defect["traceback"])
    assert line["codes"] == ["INTERNAL_SERVER_ERROR"]
