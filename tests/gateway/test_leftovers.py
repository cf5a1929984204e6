"""Nothing of a request outlives its answer, whatever that is.

Records that are made for each request are kept from Python's collector of cycles, to which they
would be nothing but work: a cycle with one of them in it would never be collected.
"""

import gc
import weakref
from collections.abc import MutableMapping
from typing import Any

import orjson
import pytest
from starlette.types import Message
from tests.gateway.conftest import NOW

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.front import Front
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content


class Body:
    """Gives the body of a request; its call holds it until nothing holds the call."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __call__(self) -> Message:
        """All of it at once."""
        return {"type": "http.request", "body": self._content}


@pytest.fixture(scope="module")
def application(catalog: Catalog) -> Front:
    """The API over the example catalog."""
    return create_application(Content(CatalogHolder(catalog), clock=lambda: NOW))


async def status_of(application: Front, body: Body) -> int:
    """The status of the answer to a request with a body."""
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b""}
    found: list[int] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        found.extend([message["status"]] if "status" in message else [])

    await application({**scope, "headers": headers}, body, send)
    return found[0]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("{ catalog { name } }", 200),
        ("{ __schema { queryType { name } } }", 200),
        ("query ($v: Boolean!) { __typename @skip(if: $v) }", 200),
        ("{ nothing }", 200),
        ("{", 200),
        ("", 400),
    ],
)
async def test_nothing_of_a_request_outlives_its_answer(
    application: Front, query: str, status: int
) -> None:
    """Answered by the fast path, by graphql-core, with errors, or refused: the second time too."""
    for _ in range(2):
        body = Body(orjson.dumps({"query": query}))
        left = weakref.ref(body)
        assert await status_of(application, body) == status
        del body
        gc.collect()
        assert left() is None
