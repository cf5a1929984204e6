"""A database that goes away and comes back: who is answered meanwhile, and that all goes on."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.servers.postgresql import PostgresqlServer, postgresql_for_tests
from tests.servers.processes import Process, is_answered, serving, wait_until
from tests.stores.billing_company import populate, write_catalog

from planql.cli.main import main
from planql.stores.database import open_database

AS_OF = "2026-04-20T00:00:00Z"
EVENT = {"specversion": "1.0", "id": "1", "source": "phone", "type": "call", "subject": "c000"}
CALL = json.dumps({**EVENT, "time": "2026-03-01T00:00:00Z"})
CUSTOMER = """{ customer(key: "c000") {
  ... on Customer { key } ... on UserError { __typename code message } } }"""
CREATE = """mutation { createCustomer(customer: {key: "new"}) {
  ... on Customer { key } ... on UserError { __typename code message } } }"""
PRICES = "{ products { key } }"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresqlServer]:
    """A database that may be stopped."""
    with postgresql_for_tests() as found:
        yield found


@pytest.fixture
def company(server: PostgresqlServer, tmp_path: Path) -> list[str]:
    """The options of commands about two customers in it."""
    url = server.new_database(tmp_path.name)
    database = open_database(url)
    populate(database, 2)
    database.close()
    return ["--catalog", str(write_catalog(tmp_path / "catalog")), "--store", url]


def asked(process: Process, query: str) -> Any:  # noqa: ANN401 - JSON
    """The data of an answer without top-level errors."""
    answer = httpx.post(f"{process.address}/graphql", json={"query": query}, timeout=20).json()
    assert "errors" not in answer, answer
    return answer["data"]


def sent(process: Process) -> httpx.Response:
    """The answer to an event."""
    headers = {"content-type": "application/cloudevents+json"}
    return httpx.post(f"{process.address}/usage", content=CALL, headers=headers, timeout=20)


def test_a_server_outlives_its_database(server: PostgresqlServer, company: list[str]) -> None:
    """Prices are answered, what is stored is refused, and nothing is restarted afterwards."""
    with serving(*company, "--port", 0) as process:
        assert asked(process, CUSTOMER)["customer"] == {"key": "c000"}
        server.stop()
        assert asked(process, PRICES) == {"products": [{"key": "service"}]}
        for query in (CUSTOMER, CREATE):
            [found] = asked(process, query).values()
            assert found["__typename"] == "UnavailableError"
            assert found["code"] == "database-unreachable"
            assert found["message"] == "the database does not answer"
        refusal = sent(process)
        assert (refusal.status_code, refusal.headers["retry-after"]) == (503, "5")
        [error] = refusal.json()["errors"]
        assert error["extensions"]["code"] == "STORE_UNREACHABLE"
        wait_until(lambda: not is_answered(process.address), 10)
        answer = httpx.get(f"{process.address}/readyz")
        assert answer.json()["reasons"][0]["code"] == "store-unreachable"
        server.start()
        assert asked(process, CUSTOMER)["customer"] == {"key": "c000"}
        assert sent(process).json()["stored"] == 1
        wait_until(lambda: is_answered(process.address), 10)
        assert process.stop() == 0
        assert not process.has_said("Traceback")


def test_commands_say_that_it_is_down(
    server: PostgresqlServer,
    company: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They end with 2 at once; so does a server that starts meanwhile."""
    (tmp_path / "usage.jsonl").write_text(CALL, encoding="utf-8")
    server.stop()
    commands = (["bill"], ["ingest", str(tmp_path / "usage.jsonl")], ["serve", "--port", "0"])
    for command in commands:
        assert main([*command, *company]) == 2
        assert "does not answer" in capsys.readouterr().err
    server.start()
    assert main(["bill", *company, "--as-of", AS_OF]) == 0
    assert "8 invoices issued" in capsys.readouterr().out


def test_a_database_that_hangs_is_given_up(
    server: PostgresqlServer, company: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A connection is given five seconds; what has one goes on."""
    assert server.process is not None
    with serving(*company, "--port", 0) as process:
        assert is_answered(process.address)
        server.process.send_signal(signal.SIGSTOP)  # it takes no new connections any more
        try:
            began = time.monotonic()
            assert main(["bill", *company]) == 2
            assert 4 < time.monotonic() - began < 20
            assert asked(process, CUSTOMER)["customer"] == {"key": "c000"}
        finally:
            server.process.send_signal(signal.SIGCONT)
        assert "does not answer" in capsys.readouterr().err
