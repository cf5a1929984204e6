"""Answers: status, headers and bytes, whole before the first of them is sent.

`planql.gateway.front` sends them. A body is in parts, so that what is kept of answers goes out
as it is kept.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import orjson
from graphql import GraphQLFormattedError
from msgspec import Struct

from planql.gateway.compiled.parts import LONG
from planql.gateway.negotiation import MediaType
from planql.gateway.refusals import Refusal
from planql.gateway.security_headers import SECURITY_HEADERS

RawHeaders = list[tuple[bytes, bytes]]
"""Names and values, as servers of ASGI take them."""

_USUAL: Final = {
    each: {
        b"content-type": f"{each.value}; charset=utf-8".encode(),
        b"vary": b"accept, authorization",
        **SECURITY_HEADERS,
    }
    for each in MediaType
}
_USUAL_LINES: Final = {each: tuple(said.items()) for each, said in _USUAL.items()}
"""What every answer says that does not say otherwise."""

_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
_BODILESS: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class Answer(Struct, frozen=True, gc=False):
    """An HTTP response.

    Attributes:
        status: Of HTTP, or 294.
        parts: The body: these, one after the other.
        media_type: Of the body.
        headers: What it says besides the usual, or in its place.
        codes: Of the errors that it tells of; not sent.
    """

    status: int
    parts: tuple[bytes, ...]
    media_type: MediaType = MediaType.JSON
    headers: Mapping[str, str] = _NO_HEADERS
    codes: tuple[str, ...] = ()

    def head(self) -> RawHeaders:
        """The headers."""
        length = (b"content-length", b"%d" % sum(map(len, self.parts)))
        if not self.headers:
            return [*_USUAL_LINES[self.media_type], length]
        lines = _USUAL[self.media_type] | {
            name.encode("latin-1"): each.encode("latin-1") for name, each in self.headers.items()
        }
        if self.status in _BODILESS:
            # Of a body that the client has already, or that there is none of, nothing is said.
            del lines[b"content-type"]
            return list(lines.items())
        return [*lines.items(), length]


def errors_body(
    errors: Sequence[GraphQLFormattedError], extensions: Mapping[str, object] | None = None
) -> bytes:
    """The body of an answer to what was not executed: it has no `data`."""
    return orjson.dumps(
        {"errors": errors, "extensions": extensions} if extensions else {"errors": errors}
    )


def result_body(
    data: tuple[bytes, ...], errors: Sequence[GraphQLFormattedError], cost: Mapping[str, int]
) -> tuple[bytes, ...]:
    """The body of an answer to what was executed, in parts when it is long.

    Args:
        data: As JSON, in parts.
        errors: Those that it tells of.
        cost: What `extensions.cost` says.
    """
    begin = b'{"errors":%b,"data":' % orjson.dumps(errors) if errors else b'{"data":'
    parts = (begin, *data, b',"extensions":{"cost":%b}}' % orjson.dumps(cost))
    return parts if sum(map(len, data)) > LONG else (b"".join(parts),)


def refused(
    refusal: Refusal, media_type: MediaType = MediaType.JSON, status: int | None = None
) -> Answer:
    """The answer that a refusal is sent as, with its own status unless another is named."""
    body = errors_body(refusal.errors, refusal.extensions)
    headers, codes = refusal.headers, (refusal.code,)
    return Answer(status or refusal.status, (body,), media_type, headers, codes)
