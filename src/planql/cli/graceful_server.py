"""Stopping without losing a request.

::

    SIGTERM --> is stopping   /readyz says 503, every answer closes its connection
            --> drain         new connections are accepted for --drain-seconds more
            --> close         none are accepted; those that are idle may send once more
            --> finish        what is being answered is answered

uvicorn by itself closes idle connections at once, and so loses what was just sent on them. On
SIGINT (Ctrl-C) that is what happens: someone waits.
"""

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from planql.gateway.operating.lifecycle import Lifecycle

LOG: Final = logging.getLogger("planql.serve")

_TICK: Final = 0.05


class GracefulServer(uvicorn.Server):
    """uvicorn's server, with a SIGTERM that loses nothing.

    Args:
        config: uvicorn's.
        lifecycle: Is told that the process stops.
        drain_seconds: For how long new connections are accepted once it does.
        started: Called when requests are answered.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        lifecycle: Lifecycle,
        drain_seconds: float,
        started: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._drain_seconds = drain_seconds
        self._is_started = started
        self._is_patient = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop."""
        self._lifecycle.stop()
        self._is_patient = sig == signal.SIGTERM
        super().handle_exit(sig, frame)

    async def main_loop(self) -> None:
        """Serve until it is told to stop."""
        LOG.info("process %s answers requests", os.getpid())
        self._is_started()
        await super().main_loop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, in order."""
        LOG.info("process %s stops", os.getpid())
        if self._is_patient:
            await self._wait(self._drain_seconds, lambda: False)
            for server in self.servers:
                server.close()
            idle_seconds = self.config.timeout_keep_alive
            await self._wait(idle_seconds, lambda: not self.server_state.connections)
        await super().shutdown(sockets)

    async def _wait(self, seconds: float, is_done: Callable[[], bool]) -> None:
        """Go on for some time, until it is done, or someone insists."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not is_done() and not self.force_exit:
            await asyncio.sleep(_TICK)
            await self.on_tick(0)
