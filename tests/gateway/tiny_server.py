"""A server over the small catalog of the simulations of the command line, and a database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from tests.cli.tiny_prices import write_catalog
from tests.gateway.simulate_operation import CURVE, SIMULATE
from tests.servers.gateway import running

from planql.gateway.application import create_application
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.metering.events import parse_event
from planql.sources import load
from planql.stores.customers import create_customer
from planql.stores.database import Database, open_database
from planql.stores.usage import record_events

NOW = datetime(2026, 10, 15, tzinfo=UTC)


@dataclass
class Tiny:
    """A running server.

    Attributes:
        folder: It holds the catalog.
        store: URL of the database.
    """

    folder: Path
    store: str
    database: Database
    client: httpx.Client = field(default_factory=httpx.Client)

    def ask(self, query: str, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """The only field of an answer without errors."""
        request = {"query": query, "variables": variables}
        answer = self.client.post("/graphql", json=request).json()
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        return found

    def simulate(self, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """What `simulate` answers."""
        return self.ask(SIMULATE, **variables)

    def curve(self, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """What `priceCurve` answers."""
        return self.ask(CURVE, **variables)

    def record(self, customer: str, *calls: tuple[str, int], time_zone: str = "UTC") -> None:
        """A customer, and calls that were made at instants."""
        document = json.dumps({"key": customer, "time_zone": time_zone})
        create_customer(self.database, customer, document, NOW)
        lines = [
            {"id": str(place), "type": "call", "subject": customer, "time": at, "data": {"n": many}}
            for place, (at, many) in enumerate(calls)
        ]
        record_events(
            self.database, [parse_event(json.dumps(each).encode()) for each in lines], NOW
        )


@contextmanager
def tiny_server(folder: Path) -> Iterator[Tiny]:
    """A server over the small catalog, written below `folder`, and an empty database."""
    catalog = load(write_catalog(folder)).catalog
    assert catalog is not None
    store = f"sqlite:///{folder / 'planql.sqlite3'}"
    database = open_database(store)
    holder = CatalogHolder(catalog)
    application = create_application(Content(holder, clock=lambda: NOW, database=database))
    with running(application) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Tiny(folder, store, database, client)
    database.close()
