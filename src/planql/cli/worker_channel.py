"""What a worker process and the process that started it say to each other.

One socket, whose end the worker finds in the environment. The worker sends a byte when it answers
requests; when the other end is gone, so is whoever would have told the worker to stop.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

VARIABLE: Final = "PLANQL_WORKER_CHANNEL"  # set by planql for its own workers, no setting


class WorkerChannel:
    """A worker's end.

    Args:
        channel: The socket.
        orphaned: Called, in a thread, when the other end is gone.
    """

    def __init__(self, channel: socket.socket, orphaned: Callable[[], None]) -> None:
        self._channel = channel
        self._orphaned = orphaned

    def is_ready(self) -> None:
        """Say that requests are answered, and begin to listen for the other end's end."""
        self._channel.sendall(b"1")
        threading.Thread(target=self._listen, name="planql-channel", daemon=True).start()

    def _listen(self) -> None:
        # It is an error when the other end never read that we are ready; it is gone all the same.
        with suppress(ConnectionError):
            self._channel.recv(1)
        self._orphaned()


def open_channel() -> WorkerChannel | None:
    """This process's channel; None when it is nobody's worker."""
    text = os.environ.pop(VARIABLE, "")
    if not text:
        return None
    channel = socket.socket(fileno=int(text))
    return WorkerChannel(channel, lambda: os.kill(os.getpid(), signal.SIGTERM))
