"""Steady load on a server: each request must be answered, and answered well."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

QUERY = {"query": "query Load { products { key ratePlans { key version } } }"}

_PAUSE_SECONDS = 0.01
"""Between two requests of a sender: the machine has other things to do."""


@dataclass
class Load:
    """What came of the requests that were sent.

    Attributes:
        answered: How many were answered as they should be.
        failed: What went wrong with the others.
    """

    address: str
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Four senders, two of which keep their connections."""
        for keeps in (True, True, False, False):
            thread = threading.Thread(target=self.send, kwargs={"keeps_connection": keeps})
            thread.start()
            self.threads.append(thread)

    def end(self) -> None:
        """Send nothing more, and wait for what is to be answered."""
        self.ends.set()
        for thread in self.threads:
            thread.join(60)

    def send(self, *, keeps_connection: bool) -> None:
        """Send one request after the other, on one connection or each on its own."""
        with httpx.Client(base_url=self.address, timeout=30) as client:
            headers = {} if keeps_connection else {"connection": "close"}
            while not self.ends.wait(_PAUSE_SECONDS):
                try:
                    answer = client.post("/graphql", json=QUERY, headers=headers)
                    problem = "" if answer.json()["data"]["products"] else answer.text
                except Exception as error:  # noqa: BLE001 - each of them is a lost request
                    problem = repr(error)
                self._count(problem)

    def _count(self, problem: str) -> None:
        with self.lock:
            if problem:
                self.failed.append(problem)
            else:
                self.answered += 1


@contextmanager
def under_load(address: str) -> Iterator[Load]:
    """Load on a server until the end of the block, or until it is ended."""
    load = Load(address)
    load.begin()
    try:
        yield load
    finally:
        load.end()
