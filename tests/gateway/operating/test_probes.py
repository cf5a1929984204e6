"""`/healthz` and `/readyz`: what they say, to whom, and how long they wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from tests.gateway.credentials import ACCESS
from tests.servers.gateway import running
from tests.stores.conftest import database, database_url, postgresql_url

from planql.catalog.snapshot import Catalog
from planql.errors import SourceError
from planql.gateway.application import create_application
from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.operating.readiness import STOPPING, UNREACHABLE, Readiness
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.stores.database import Database, open_database

__all__ = ["database", "database_url", "postgresql_url"]


class Slow(Database):
    """A database that answers a probe when it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.let = threading.Event()

    def ping(self) -> None:
        """Wait until it is let."""
        self.asked += 1
        self.let.wait(20)


@contextmanager
def served(
    catalog: Catalog, lifecycle: Lifecycle, database: Database | None = None
) -> Iterator[httpx.Client]:
    """A client of a server that asks who calls."""
    application = create_application(
        Content(CatalogHolder(catalog), database=database), ACCESS, monitoring=Monitoring(lifecycle)
    )
    with running(application) as address, httpx.Client(base_url=address) as client:
        yield client


def test_probes_need_no_key_and_no_name(catalog: Catalog) -> None:
    """They ask by address, and send whatever they send; GET and HEAD only."""
    with served(catalog, Lifecycle()) as client:
        for headers in ({}, {"host": "10.0.0.7:8000"}, {"authorization": "Bearer x"}):
            assert client.get("/healthz", headers=headers).json() == {"status": "ok"}
            assert client.get("/readyz", headers=headers).json() == {"status": "ready"}
        assert client.head("/readyz").status_code == 200
        assert client.post("/healthz").status_code == 404


def test_a_server_that_stops_is_alive_and_not_ready(catalog: Catalog) -> None:
    """It says so, answers, and closes each connection in order."""
    lifecycle = Lifecycle()
    with served(catalog, lifecycle) as client:
        lifecycle.stop()
        found = client.get("/readyz")
        assert found.status_code == 503
        assert found.json() == {
            "status": "not ready",
            "reasons": [{"code": "stopping", "message": "the server stops"}],
        }
        alive = client.get("/healthz")
        assert (alive.status_code, alive.headers["connection"]) == (200, "close")


def test_a_database_that_is_gone_is_a_reason(catalog: Catalog, database: Database) -> None:
    """It is asked for real, and what it says of itself is not told to everyone."""
    with served(catalog, Lifecycle(), database) as client:
        assert client.get("/readyz").status_code == 200
        with database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE alembic_version RENAME TO gone")
        with pytest.raises(SourceError, match="does not answer"):
            database.ping()


@pytest.mark.anyio
async def test_a_database_that_hangs_costs_one_thread(caplog: pytest.LogCaptureFixture) -> None:
    """However many ask: one question is under way, and each waits as long as it may."""
    slow, lifecycle = Slow(), Lifecycle()
    now = [0.0]
    readiness = Readiness(lifecycle, slow, seconds=0.05, clock=lambda: now[0])
    for _ in range(3):
        now[0] += 10
        assert await readiness.reasons() == [UNREACHABLE]
    assert slow.asked == 1
    assert "did not answer a probe within 0.05 s" in caplog.text
    slow.let.set()
    now[0] += 10
    patient = Readiness(lifecycle, slow, clock=lambda: now[0])
    for _ in range(3):
        assert await patient.reasons() == []
    assert slow.asked == 2
    now[0] += 1
    assert await patient.reasons() == []
    assert slow.asked == 3


@pytest.mark.anyio
async def test_every_reason_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """A server that stops while its database is gone says both, and logs what the database said."""
    database = open_database("sqlite://")
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    lifecycle = Lifecycle()
    lifecycle.stop()
    assert await Readiness(lifecycle, database).reasons() == [STOPPING, UNREACHABLE]
    assert "no such table" in caplog.text
    database.close()
