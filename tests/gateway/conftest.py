"""The real endpoint on a real server: over the example catalog, its demo, and a corner shop."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.gateway.credentials import ACCESS, NOW, PATIENT, Guarded
from tests.gateway.customer_operations import CREATE, SUBSCRIBE
from tests.servers.demo import demo_copy
from tests.servers.gateway import running
from tests.stores.conftest import database, database_url, postgresql_url
from tests.stores.corner_shop import APRIL, MIDDLE, issued_lines, write_catalog

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.operations import load_operations
from planql.gateway.persisted import persisted
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules
from planql.sources import load
from planql.stores.database import Database

__all__ = ["NOW", "database", "database_url", "postgresql_url"]
ROOT = Path(__file__).resolve().parents[2]
CATALOG_NAME = "Quillhaven"

Ask = Callable[..., dict[str, object]]


@pytest.fixture
def anyio_backend() -> str:
    """Tests of coroutines run on the event loop of the standard library."""
    return "asyncio"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The example catalog."""
    loaded = load(ROOT / "catalog")
    assert loaded.catalog is not None, loaded.problems
    return loaded.catalog


@pytest.fixture(scope="session")
def address(catalog: Catalog) -> Iterator[str]:
    """Where the API over the example catalog listens; its clock stands at `NOW`."""
    application = create_application(
        Content(
            CatalogHolder(catalog),
            operations=load_operations(ROOT / "operations"),
            clock=lambda: NOW,
        ),
        rules=Rules(documents=persisted(load_operations(ROOT / "operations"))),
    )
    with running(application) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client that sends to the server."""
    with httpx.Client(base_url=address) as found:
        yield found


@pytest.fixture(scope="session")
def demo_database(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the demo's year in it, up to `NOW`."""
    opened = demo_copy(catalog, tmp_path_factory)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_client(catalog: Catalog, demo_database: Database) -> Iterator[httpx.Client]:
    """A client of a server with the demo's year behind it; its clock stands at `NOW`."""
    holder = CatalogHolder(catalog)
    application = create_application(Content(holder, clock=lambda: NOW, database=demo_database))
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


@pytest.fixture(scope="session")
def guarded(catalog: Catalog, demo_database: Database) -> Iterator[Guarded]:
    """A server that asks who calls, over the demo."""
    application = create_application(
        Content(
            CatalogHolder(catalog),
            operations=load_operations(ROOT / "operations"),
            clock=lambda: NOW,
            database=demo_database,
        ),
        ACCESS,
        Rules(PATIENT, persisted(load_operations(ROOT / "operations"))),
    )
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as found:
        yield Guarded(found)


@dataclass
class Shop:
    """A running server over the corner shop's catalog and a database; its clock can be set.

    Attributes:
        now: What the clock says.
    """

    catalog: Catalog
    database: Database
    now: datetime = APRIL
    client: httpx.Client = field(default_factory=httpx.Client)

    def ask(self, query: str, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """The only field of the answer, which has no errors."""
        request = {"query": query, "variables": variables}
        answer = self.client.post("/graphql", json=request).json()
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        return found

    def send(self, media_type: str, body: bytes | str) -> httpx.Response:
        """The answer to usage that is sent."""
        headers = {"content-type": media_type}
        return self.client.post("/usage", content=body, headers=headers)

    def bill(self) -> list[list[dict[str, Any]]]:
        """The lines of the invoices that a billing run issues now."""
        return issued_lines(self.database, self.catalog, self.now)


@pytest.fixture(scope="session")
def shop_catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The corner shop's catalog."""
    return write_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture
def shop(shop_catalog: Catalog, database: Database) -> Iterator[Shop]:
    """An empty shop on 1 April, on either database."""
    found = Shop(shop_catalog, database)
    holder = CatalogHolder(shop_catalog)
    application = create_application(Content(holder, clock=lambda: found.now, database=database))
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as client:
        found.client = client
        yield found


@pytest.fixture
def acme(shop: Shop) -> Shop:
    """The shop with a customer who subscribed to Basic on 1 April; it is the middle of April."""
    shop.ask(CREATE, customer={"key": "acme"})
    shop.ask(SUBSCRIBE, customer="acme", subscription={"ratePlan": "basic"})
    shop.bill()
    shop.now = MIDDLE
    return shop


@pytest.fixture(scope="session")
def ask(client: httpx.Client) -> Ask:
    """Ask a question; the answer has data and no errors."""

    def send(query: str, variables: Mapping[str, object] | None = None) -> dict[str, object]:
        request = {"query": query, "variables": variables}
        response = client.post("/graphql", json=request)
        answer = response.json()
        assert "errors" not in answer, answer
        data: dict[str, object] = answer["data"]
        return data

    return send
