"""Calls: HTTP requests, each read once into what the gateway looks at."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from starlette.types import Receive, Scope

from planql.gateway.operating.notes import Note, trace_of
from planql.gateway.operating.request_ids import request_id
from planql.gateway.principals import Anonymous, Principal

_NOBODY = Anonymous()


class Call(Struct, gc=False):
    """One HTTP request.

    Attributes:
        method: In capital letters.
        path: Without escapes.
        query: What follows the question mark, as it came.
        headers: By name in small letters; what came in several lines is one value with commas.
        address: Of the caller; "" when it has none.
        receive: Gives its body.
        note: What is noted of it.
        principal: Who sent it; nobody in particular, until `planql.gateway.authentication` knows.
    """

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    address: str
    receive: Receive
    note: Note
    principal: Principal = _NOBODY

    def header(self, name: bytes) -> str:
        """The value of a header; "" without it."""
        return self.headers.get(name, b"").decode("latin-1")


def read_call(scope: Scope, receive: Receive) -> Call:
    """The call that a server of ASGI hands over."""
    lines, client = scope["headers"], scope.get("client")
    headers = dict(lines)
    if len(headers) < len(lines):
        headers = joined(lines)
    note = Note(request_id(headers.get(b"x-request-id")))
    if b"traceparent" in headers:
        note.trace = trace_of(headers)
    address = client[0] if client else ""
    query = scope["query_string"]
    return Call(scope["method"], scope["path"], query, headers, address, receive, note)


def joined(lines: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by name; several lines of one are a list.

    Source: RFC 9110 5.3.
    """
    several: dict[bytes, list[bytes]] = {}
    for name, value in lines:
        several.setdefault(name, []).append(value)
    return {name: b", ".join(values) for name, values in several.items()}
