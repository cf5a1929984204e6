"""What stands around bodies is bounded, on a real server."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.types import Receive, Scope, Send
from tests.servers.gateway import running

from planql.cli.bounded_heads import MOST_BYTES

PIECE = b"x" * 25_000
CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


async def count(_: Scope, receive: Receive, send: Send) -> None:
    """Answers how long a body was."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length += len(message["body"])
        more = message["more_body"]
    body = b"%d" % length
    headers = [(b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str | None, int | None]]:
    """Where it listens."""
    with running(count) as address:
        yield urlsplit(address).hostname, urlsplit(address).port


@pytest.mark.parametrize(
    ("begin", "piece", "end"),
    [
        (b"GET /", PIECE, b" HTTP/1.1\r\nHost: x\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", PIECE, b"\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: " + PIECE + b"\r\n", b"\r\n"),
        (CHUNKED + b"0\r\n", b"X: " + PIECE + b"\r\n", b"\r\n"),
    ],
    ids=["address", "header", "headers", "trailers"],
)
def test_an_endless_head_ends_the_connection(
    server: tuple[str, int], begin: bytes, piece: bytes, end: bytes
) -> None:
    """At the bound, not when memory is full; a shorter head is read."""
    assert answer(server, [begin, *[piece] * 2, end]).startswith(b"HTTP/1.1 200")
    assert not answer(server, [begin, *[piece] * 200, end]).startswith(b"HTTP/1.1 200")


def test_bodies_are_as_long_as_they_are(server: tuple[str, int]) -> None:
    """However little of them comes at once, what stands around the pieces does not add up."""
    pieces = [b"1\r\nx\r\n"] * MOST_BYTES
    found = answer(server, [CHUNKED, b"".join(pieces), b"0\r\n\r\n"])
    assert found.endswith(b"%d" % MOST_BYTES)


def answer(server: tuple[str, int], pieces: list[bytes]) -> bytes:
    """What a server answers until it ends the connection; "" when that is all it does."""
    found = b""
    with socket.create_connection(server, timeout=10) as connection:
        try:
            for each in pieces:
                connection.sendall(each)
            while got := connection.recv(65_536):
                found += got
        except (BrokenPipeError, ConnectionResetError):
            pass
    return found
