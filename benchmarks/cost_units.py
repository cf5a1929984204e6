"""How long is a unit of cost, for each field of a query and each mutation?

Operations are sent to the application in this process, over the example catalog with its demo and
a shop of 50 products; nothing of answers is kept. Of each, the processor time of a request is
divided by the units that its answer says it cost. What is shown of a field is the median of its
operations.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import orjson
from starlette.types import ASGIApp, Message

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.gateway.shop import shop
from benchmarks.setting.priced import IN_THE_SHOP, Priced, at_the_desk

from planql.catalog.snapshot import Catalog
from planql.demo.seeding import seed
from planql.gateway.access import Access
from planql.gateway.api_keys import new_api_key, parse_api_keys
from planql.gateway.application import create_application
from planql.gateway.limits import Limits
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder, Served
from planql.gateway.settings import PROJECT, Content, Rules
from planql.sources import load
from planql.stores.database import Database, open_database

MICROSECONDS = 20.0
"""What a unit is said to be."""
FACTOR = 4.0
"""How far a field may be from that."""
ROUNDS = 5
NOW = datetime(2026, 6, 15, tzinfo=UTC)
KEY = new_api_key(Role.ADMIN, "benchmark")
_MUCH = 10**9


def main() -> int:
    """Print a table; 1 when a field is too far from what a unit is said to be."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = [
            *measured(Server(shop()), IN_THE_SHOP),
            *measured(desk(folder / "planql.sqlite3", stack), at_the_desk()),
        ]
    is_near = True
    for field in dict.fromkeys(name for name, _, _ in found):
        rows = [(taken, units) for name, taken, units in found if name == field]
        unit = median(taken / units for taken, units in rows)
        dearest = max(units for _, units in rows)
        print(f"{field:28} {unit:8.1f} us a unit, up to {dearest:7,} units", flush=True)
        is_near = is_near and MICROSECONDS / FACTOR <= unit <= MICROSECONDS * FACTOR
    return int(not is_near)


def measured(server: "Server", operations: Iterable[Priced]) -> Iterator[tuple[str, float, int]]:
    """Of each operation the field, microseconds, and units."""
    for each in operations:
        units = server.units(each)
        yield each.field, server.microseconds(each), units


class Server:
    """An application in this process, whose clock goes on a minute with each request."""

    def __init__(self, catalog: Catalog, database: Database | None = None) -> None:
        served = Served(catalog)
        vars(served)["kept"] = None
        self._now = NOW
        self._application: ASGIApp = create_application(
            Content(CatalogHolder(served), database=database, clock=lambda: self._now),
            Access(parse_api_keys(KEY.line)),
            Rules(limits=Limits(cost=_MUCH, cost_capacity=_MUCH, cost_restored=_MUCH)),
        )

    def units(self, asked: Priced) -> int:
        """What an operation costs; it must succeed."""
        answer = asyncio.run(self._ask(asked.body()))
        if b'"errors":' in answer or b'"mistake":' in answer:
            sys.exit(f"{asked.field} is refused: {answer.decode()[:500]}")
        return int(orjson.loads(answer)["extensions"]["cost"]["requested"])

    def microseconds(self, asked: Priced) -> float:
        """Processor time of a request: the median of rounds."""
        return median(asyncio.run(self._round(asked)) for _ in range(ROUNDS))

    async def _round(self, asked: Priced) -> float:
        bodies = [asked.body() for _ in range(asked.requests)]
        begin = time.process_time_ns()
        for each in bodies:
            await self._ask(each)
        return (time.process_time_ns() - begin) / len(bodies) / 1_000

    async def _ask(self, body: bytes) -> bytes:
        self._now += timedelta(minutes=1)
        answered: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            answered.append(message.get("body", b""))

        await self._application(_scope(len(body)), receive, send)
        return b"".join(answered)


def _scope(length: int) -> dict[str, object]:
    headers = {
        "host": "127.0.0.1",
        "authorization": f"Bearer {KEY.secret}",
        "content-type": "application/json",
        "accept": "application/json",
        "content-length": str(length),
    }
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }


def desk(path: Path, stack: ExitStack) -> Server:
    """A server over the example catalog, with the demo's year behind it."""
    catalog = load(PROJECT / "catalog").catalog
    assert catalog is not None  # noqa: S101 - of the benchmark itself
    database = stack.enter_context(closing(open_database(f"sqlite:///{path}")))
    for _ in seed(database, catalog, NOW):
        pass
    return Server(catalog, database)


if __name__ == "__main__":
    sys.exit(main())
