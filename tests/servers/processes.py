"""`planql serve` as a process of its own, for the time of a test."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
SECONDS = 60.0


@dataclass
class Process:
    """A running server.

    Attributes:
        run: The process.
        address: Where it answers.
        lines: What it has logged so far.
    """

    run: "subprocess.Popen[str]"
    address: str = ""
    lines: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Take in what it logs, until it ends."""
        for line in self.run.stderr or ():
            self.lines.append(line)

    def has_said(self, text: str) -> bool:
        """Whether its log holds a text."""
        return any(text in line for line in list(self.lines))

    def told(self) -> list[dict[str, Any]]:
        """The lines of its log, which are JSON."""
        return [json.loads(line) for line in list(self.lines)]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal; the result is its exit code."""
        self.run.send_signal(number)
        return self.run.wait(SECONDS)


def wait_until(is_so: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Wait for something that will be so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to be so"
        time.sleep(0.05)


def is_answered(address: str) -> bool:
    """Whether a server there is ready."""
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def serving(
    *options: object,
    planql: Sequence[str] = (sys.executable, "-m", "planql.cli"),
    descriptors: Sequence[int] = (),
    **environment: str,
) -> Iterator[Process]:
    """`planql serve` with `options` that logs JSON; the value answers requests."""
    command = [*planql, "serve", *map(str, options), "--log-format", "json"]
    run = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        pass_fds=tuple(descriptors),
    )
    process = Process(run)
    reader = threading.Thread(target=process.read)
    reader.start()
    try:
        wait_until(lambda: run.poll() is not None or process.has_said("answers requests"))
        assert run.poll() is None, process.lines
        [line] = [each["message"] for each in process.told() if "/graphql" in each["message"]]
        process.address = line.partition(": ")[2].split("/graphql")[0]
        yield process
    finally:
        if run.poll() is None:
            run.terminate()
        run.wait(SECONDS)
        reader.join(SECONDS)
        assert run.stderr is not None
        run.stderr.close()
