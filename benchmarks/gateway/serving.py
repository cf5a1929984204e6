"""One of the Python servers: `python -m benchmarks.gateway.serving NAME` prints its port."""

import socket
import sys
from collections.abc import Callable
from typing import Any, Final

import uvicorn
from benchmarks.gateway.shop import shop
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from planql.cli.http_server import server_config
from planql.gateway.access import Access
from planql.gateway.api_keys import new_api_key, parse_api_keys
from planql.gateway.application import create_application
from planql.gateway.context import Context
from planql.gateway.limits import Limits
from planql.gateway.operating.notes import Note
from planql.gateway.principals import Anonymous, Role
from planql.gateway.schema import SCHEMAS
from planql.gateway.served import CatalogHolder, Served
from planql.gateway.settings import Content, Rules, utc_now

_NO_BODY: Final = [(b"content-length", b"0")]
_MUCH: Final = 10**9
_LIMITS: Final = Limits(cost=_MUCH, cost_capacity=_MUCH, cost_restored=_MUCH)
"""Nobody is refused for asking often."""


def planql() -> ASGIApp:
    """The API as it is served to anonymous callers."""
    return _planql(Served(shop()))


def uncached() -> ASGIApp:
    """The API without what is kept of its answers."""
    served = Served(shop())
    vars(served.public)["kept"] = None
    return _planql(served)


def _planql(served: Served) -> ASGIApp:
    served.prepare()
    access = Access(parse_api_keys(new_api_key(Role.ADMIN, "benchmark").line))
    return create_application(Content(CatalogHolder(served)), access, Rules(_LIMITS))


def stock() -> ASGIApp:
    """Strawberry's view over the same types and the same snapshot."""
    served = Served(shop()).public
    schema = SCHEMAS[Role.ANONYMOUS]
    parsed, validated = ParserCache(maxsize=100), ValidationCache(maxsize=100)
    schema.extensions = (lambda: parsed, lambda: validated)

    class View(GraphQL[Any, Any]):
        async def get_context(self, *_: object, **__: object) -> Context:
            return Context(served, utc_now(), Anonymous(), Note("request"))

    return View(schema)


async def floor(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads a request and answers nothing."""
    if scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": _NO_BODY})
        await send({"type": "http.response.body", "body": b""})


SERVERS: Final[dict[str, Callable[[], ASGIApp]]] = {
    "planql": planql,
    "uncached": uncached,
    "stock": stock,
    "floor": lambda: floor,
}


def main(name: str) -> None:
    """Serve until the process is ended."""
    application = SERVERS[name]()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        # As `planql serve` does it, but that connections wait until it is their server's turn.
        uvicorn.Server(server_config(application, idle_seconds=600)).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
