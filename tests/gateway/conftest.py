"""The example catalog behind the real endpoint, on a real server."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.operations import load_operations
from planql.gateway.served import CatalogHolder
from planql.sources import load

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 15, tzinfo=UTC)

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
        CatalogHolder(catalog),
        operations=load_operations(ROOT / "operations"),
        clock=lambda: NOW,
    )
    with running(application) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client that sends to the server."""
    with httpx.Client(base_url=address) as found:
        yield found


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
