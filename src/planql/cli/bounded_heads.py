"""Heads of requests, bounded: neither uvicorn nor its parser stops at one that never ends.

Bodies are bounded by whoever reads them (`planql.gateway.requests`). What stands around them, the
head and what may follow the last chunk, is held by uvicorn before anyone is asked.
"""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_BYTES: Final = 131_072
"""Taken in beside a body: the longest address that the parser reads, and as much of headers."""


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's HTTP, which ends a connection when a head is too long.

    What comes in one piece with the beginning of a request is not counted: uvloop bounds that.
    """

    _taken = 0
    """Bytes since a request began, or since the last ones of its body."""

    def data_received(self, data: bytes) -> None:
        """Take in some bytes."""
        self._taken += len(data)
        super().data_received(data)
        if self._taken > MOST_BYTES and not self.transport.is_closing():
            self.send_400_response(f"The head is longer than the {MOST_BYTES} bytes that are read.")

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._taken = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """Take in a piece of a body."""
        self._taken = 0
        super().on_body(body)
