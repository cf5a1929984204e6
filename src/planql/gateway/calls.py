"""Calls: HTTP requests, each read once into what the gateway looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.types import Receive, Scope

from planql.gateway.operating.notes import Note, new_note
from planql.gateway.principals import Anonymous, Principal

_NOBODY = Anonymous()


@dataclass(slots=True)
class Call:
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
    headers = joined(scope["headers"])
    client = scope.get("client")
    return Call(
        scope["method"],
        scope["path"],
        scope["query_string"],
        headers,
        client[0] if client else "",
        receive,
        new_note(headers),
    )


def joined(lines: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by name; several lines of one are a list.

    Source: RFC 9110 5.3.
    """
    pairs = list(lines)
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    several: dict[bytes, list[bytes]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    return {name: b", ".join(values) for name, values in several.items()}
