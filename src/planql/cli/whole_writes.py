"""Writing an answer at once: its head and its body leave in one call of the system.

uvicorn hands the head of an answer to the connection, then each part of its body, and every time
uvloop sends what it gets. A call of the system takes longer than most of what planql does for an
answer, and a head by itself wakes its reader for nothing. So what is written is held, as it is,
until the answer is complete, or the turn of the event loop is over.
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Final, cast

from planql.cli.bounded_heads import BoundedHeads

_MOST_BYTES: Final = 1_000_000
"""Held at most: more than any answer that is not read from a file."""


class WholeWrites(asyncio.Transport):
    """A connection that holds what is written until it is flushed, in this turn of the loop.

    Args:
        connection: Where it is written to then.
        loop: Of the connection.
    """

    def __init__(self, connection: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._connection = connection
        self._loop = loop
        self._held: list[bytes] = []
        self._bytes = 0

    def write(self, data: Any) -> None:  # noqa: ANN401 - as its base has it
        """Hold some bytes; they are not copied."""
        if not self._held:
            self._loop.call_soon(self.flush)
        self._held.append(data)
        self._bytes += len(data)
        if self._bytes > _MOST_BYTES:
            self.flush()

    def writelines(self, list_of_data: Iterable[Any]) -> None:
        """Hold some bytes, one after the other."""
        for data in list_of_data:
            self.write(data)

    def flush(self) -> None:
        """Write what is held."""
        held, self._held, self._bytes = self._held, [], 0
        if held and not self._connection.is_closing():
            self._connection.writelines(held)

    def close(self) -> None:
        """End the connection when everything has been written."""
        self.flush()
        self._connection.close()

    def is_closing(self) -> bool:
        """Whether the connection ends."""
        return self._connection.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as its base
        """What is known of the connection."""
        return self._connection.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing in for now."""
        self._connection.pause_reading()

    def resume_reading(self) -> None:
        """Take in again."""
        self._connection.resume_reading()


class WholeAnswers(BoundedHeads):
    """uvicorn's HTTP with bounded heads, over a connection that writes whole answers."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to talk to a client."""
        self._whole = WholeWrites(cast("asyncio.Transport", transport), self.loop)
        super().connection_made(self._whole)

    def on_response_complete(self) -> None:
        """Send an answer, and go on to the next request."""
        self._whole.flush()
        super().on_response_complete()
