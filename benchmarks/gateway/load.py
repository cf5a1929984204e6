"""Requests over kept-alive connections, and the processor time that a server spends on them.

Every connection has a request under way all the time, so that a server that is slower than the
caller never sleeps: what is measured is its work, not how this machine wakes processes up.
"""

import socket
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.gateway.servers import Server

CONNECTIONS = 16
_CHUNK = 1 << 18


class Caller:
    """The connections to a server."""

    def __init__(self, server: Server) -> None:
        self._connections = [_Connection(server.port) for _ in range(CONNECTIONS)]
        self._process_id = server.process_id

    def ask(self, body: bytes) -> bytes:
        """The answer to one request."""
        self._connections[0].send(_request(body))
        return self._connections[0].receive()

    def milliseconds(self, bodies: Iterator[bytes], many: int) -> float:
        """Processor time of the whole server per request, over `many` requests."""
        asked = [_request(body) for body in islice(bodies, many)]
        begin = processor_seconds(self._process_id)
        self._ask_all(asked)
        return (processor_seconds(self._process_id) - begin) / many * 1000

    def _ask_all(self, requests: list[bytes]) -> None:
        """Send each request as soon as its connection has been answered."""
        for number, request in enumerate(requests):
            connection = self._connections[number % CONNECTIONS]
            if number >= CONNECTIONS:
                connection.receive()
            connection.send(request)
        for number in range(max(0, len(requests) - CONNECTIONS), len(requests)):
            self._connections[number % CONNECTIONS].receive()


class _Connection:
    """One connection; a request is sent, then its answer received."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def receive(self) -> bytes:
        """The body of an answer.

        Raises:
            ConnectionError: the connection ended, or the answer is no success of known length.
        """
        received = self._more()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        length = head.partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0]
        if not head.startswith(b"http/1.1 200 ") or not length:
            raise ConnectionError(bytes(head).decode("latin-1"))
        body, missing = [received[end + 4 :]], int(length) - (len(received) - end - 4)
        while missing > 0:
            body.append(self._more())
            missing -= len(body[-1])
        return b"".join(body)

    def _more(self) -> bytes:
        received = self._socket.recv(_CHUNK)
        if not received:
            message = "the server closed the connection"
            raise ConnectionError(message)
        return received


def _request(body: bytes) -> bytes:
    head = (
        "POST /graphql HTTP/1.1",
        "host: 127.0.0.1",
        "accept: application/json",
        "content-type: application/json",
        f"content-length: {len(body)}",
    )
    return "\r\n".join((*head, "", "")).encode() + body


def processor_seconds(process_id: int) -> float:
    """What a process has used of the processor, all its threads, in itself and in the system."""
    tasks = Path(f"/proc/{process_id}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1_000_000_000
