"""What goes out: status, headers and JSON bytes of an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import orjson
from graphql import GraphQLFormattedError
from starlette.types import Send

from planql.gateway.negotiation import MediaType

CODES: Final = "planql.codes"
"""Where the message that begins an answer names its errors' codes, for `operating.observing`."""

_TYPES: Final = {each: f"{each.value}; charset=utf-8".encode() for each in MediaType}
_USUAL: Final = {
    b"cache-control": b"no-store",
    b"vary": b"accept, authorization",
    b"x-content-type-options": b"nosniff",
}
"""Headers of every answer that does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, whole.

    Attributes:
        codes: Of the errors that it tells of; not sent.
    """

    status: int
    body: bytes
    media_type: MediaType = MediaType.JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()

    async def send(self, send: Send) -> None:
        """Hand the answer to the server."""
        said = {
            name.encode("latin-1"): each.encode("latin-1") for name, each in self.headers.items()
        }
        # Of a body that the client has already, nothing is said.
        about = {} if self.status == HTTPStatus.NOT_MODIFIED else self._about_body()
        raw = list((_USUAL | about | said).items())
        start = {"type": "http.response.start", "status": int(self.status), "headers": raw}
        await send({**start, CODES: self.codes} if self.codes else start)
        await send({"type": "http.response.body", "body": self.body})

    def _about_body(self) -> dict[bytes, bytes]:
        return {b"content-type": _TYPES[self.media_type], b"content-length": b"%d" % len(self.body)}


def errors_body(
    errors: Sequence[GraphQLFormattedError], extensions: Mapping[str, object] | None = None
) -> bytes:
    """The body of an answer to what was not executed: it has no `data`."""
    return orjson.dumps(
        {"errors": errors, "extensions": extensions} if extensions else {"errors": errors}
    )


def with_cost(body: bytes, cost: Mapping[str, int]) -> bytes:
    """The body of an answer to what was executed, and `extensions.cost` at its end."""
    return b'%b,"extensions":{"cost":%b}}' % (body[:-1], orjson.dumps(cost))


def data_body(data: bytes) -> bytes:
    """The body of an answer without errors, of the JSON of its data."""
    return b"".join((b'{"data":', data, b"}"))


def result_body(data: object, errors: Sequence[GraphQLFormattedError]) -> bytes:
    """The body of an answer to what was executed."""
    return orjson.dumps({"errors": errors, "data": data} if errors else {"data": data})
