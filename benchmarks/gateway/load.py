"""Requests over one kept-alive connection, and the processor time that a server spends on them."""

import http.client
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.gateway.servers import Server

_HEADERS = {"content-type": "application/json", "accept": "application/json"}


class Caller:
    """A connection to a server."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._process_id = server.process_id

    def ask(self, body: bytes) -> bytes:
        """The answer to one request."""
        self._connection.request("POST", "/graphql", body, _HEADERS)
        return self._connection.getresponse().read()

    def milliseconds(self, bodies: Iterator[bytes], many: int) -> float:
        """Processor time of the whole server per request, over `many` requests."""
        asked = list(islice(bodies, many))
        begin = processor_seconds(self._process_id)
        for body in asked:
            self.ask(body)
        return (processor_seconds(self._process_id) - begin) / many * 1000


def processor_seconds(process_id: int) -> float:
    """What a process has used of the processor, all its threads, in itself and in the system."""
    text = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
