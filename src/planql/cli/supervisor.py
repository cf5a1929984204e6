"""Several worker processes that answer on one socket.

::

    supervisor --- the listening socket --- worker  worker  worker
        starts them, starts a new one when one dies
        SIGTERM, SIGINT   tells them to stop, and waits for them
        SIGHUP            for each: starts another, waits until that answers, tells it to stop

A worker is `planql serve` with the same options and one process, and knows nothing of the others.
All of them accept from the same socket, so that nothing is lost when one goes.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Final

from planql.cli.worker_channel import VARIABLE

LOG: Final = logging.getLogger("planql.workers")

_READY_SECONDS: Final = 120.0
"""How long a worker may take until it answers requests."""
_TICK: Final = 0.1
_PAUSE_SECONDS: Final = 1.0
"""How long to wait before another worker is started in the place of one that died."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process, and our end of its channel."""

    process: "subprocess.Popen[bytes]"
    channel: socket.socket

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def wait_until_ready(self, is_over: Callable[[], bool]) -> bool:
        """Whether it came to answer requests, in time and before it is over."""
        deadline = time.monotonic() + _READY_SECONDS
        self.channel.settimeout(_TICK)
        while time.monotonic() < deadline and not is_over():
            try:
                return self.channel.recv(1) == b"1"
            except TimeoutError:
                continue
        return False

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.is_alive:
            self.process.send_signal(number)


class Supervisor:
    """Keeps workers running.

    Args:
        arguments: Of the command, as they were given.
        listening: The socket that workers accept from.
        count: How many workers there are.
        stop_seconds: How long they may take to stop.
    """

    def __init__(
        self, arguments: Sequence[str], listening: socket.socket, count: int, stop_seconds: float
    ) -> None:
        self._arguments = arguments
        self._listening = listening
        self._count = count
        self._stop_seconds = stop_seconds
        self._workers: list[Worker] = []
        self._leaving: list[Worker] = []
        self._wake = threading.Event()
        self._stop: signal.Signals | None = None
        self._is_renewing = False

    def run(self) -> int:
        """Serve until a signal comes; the result is the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._take)
        with tempfile.TemporaryDirectory(prefix="planql-metrics-") as folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
            first = self._start()
            if not first.wait_until_ready(self._is_over):
                first.tell(signal.SIGTERM)
                return first.process.wait() or 1
            self._workers = [first, *(self._start() for _ in range(self._count - 1))]
            while not self._is_over():
                self._look_after()
                self._wake.wait(_TICK)
                self._wake.clear()
            return self._end(self._stop or signal.SIGTERM)

    def _is_over(self) -> bool:
        return self._stop is not None

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._is_renewing = True
        else:
            self._stop = signal.Signals(number)
        self._wake.set()

    def _start(self) -> Worker:
        ours, theirs = socket.socketpair()
        handed = (theirs.fileno(), self._listening.fileno())
        command = [sys.executable, "-m", "planql.cli", *self._arguments]
        command += ["--workers", "1", "--fd", str(self._listening.fileno())]
        with theirs:
            # A group of its own: Ctrl-C in a terminal is for the supervisor, which passes it on.
            process = subprocess.Popen(  # noqa: S603 - this program, with the options it was given
                command,
                pass_fds=handed,
                env={**os.environ, VARIABLE: str(theirs.fileno())},
                process_group=0,
            )
        return Worker(process, ours)

    def _look_after(self) -> None:
        self._leaving = [each for each in self._leaving if each.is_alive]
        for place, worker in enumerate(self._workers):
            if not worker.is_alive and not self._is_over():
                code = worker.process.returncode
                LOG.error("worker %s ended with %s; another starts", worker.process.pid, code)
                time.sleep(_PAUSE_SECONDS)
                self._workers[place] = self._start()
        if self._is_renewing:
            self._is_renewing = False
            self._renew()

    def _renew(self) -> None:
        """Put a new worker in the place of each; when one does not come up, the old ones stay."""
        for place, old in enumerate(self._workers):
            fresh = self._start()
            if not fresh.wait_until_ready(self._is_over):
                self._leaving.append(fresh)
                if not self._is_over():
                    LOG.error("a new worker did not come to answer requests; the old ones stay")
                    fresh.tell(signal.SIGTERM)
                return
            self._workers[place] = fresh
            self._leaving.append(old)
            old.tell(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        """Pass a signal on, and wait until the workers have ended."""
        everyone = [*self._workers, *self._leaving]
        for worker in everyone:
            worker.tell(number)
        deadline = time.monotonic() + self._stop_seconds
        for worker in everyone:
            while worker.is_alive and time.monotonic() < deadline:
                time.sleep(_TICK)
            if worker.is_alive:
                LOG.error("worker %s did not stop; it is killed", worker.process.pid)
                worker.process.kill()
                worker.process.wait()
        return max((abs(each.process.returncode) for each in everyone), default=0)
