"""Whether requests should be sent here: there is a catalog, the database answers, nothing stops.

The database is asked in a thread of its own, by one probe at a time, and no more often than once a
second: however many ask, and however long it hangs, a probe costs nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from planql.gateway.operating.lifecycle import Lifecycle
from planql.stores.database import Database

LOG: Final = logging.getLogger("planql.gateway")

_SECONDS: Final = 2.0
"""How long the database may take."""
_KEPT_SECONDS: Final = 1.0
"""How long its answer counts."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why requests should not be sent here."""

    code: str
    message: str


STOPPING: Final = Reason("stopping", "the server stops")
UNREACHABLE: Final = Reason("store-unreachable", "the database does not answer")


class Readiness:
    """Of one process; the catalog is there as soon as the server is.

    Args:
        lifecycle: Whether it stops.
        database: What must answer; None when nothing is stored.
        seconds: How long it may take.
        clock: Seconds of a clock that never goes back.
    """

    def __init__(
        self,
        lifecycle: Lifecycle,
        database: Database | None,
        seconds: float = _SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lifecycle = lifecycle
        self._database = database
        self._seconds = seconds
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="planql-readiness")
        self._asked: Future[None] | None = None
        self._asked_at = 0.0

    async def reasons(self) -> list[Reason]:
        """Why requests should not be sent here; none when they should."""
        found = [STOPPING] if self._lifecycle.is_stopping else []
        if self._database is not None and not await self._reaches(self._database):
            found.append(UNREACHABLE)
        return found

    async def _reaches(self, database: Database) -> bool:
        asked = self._ask(database)
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asked)), self._seconds)
        except TimeoutError:
            LOG.warning("the database did not answer a probe within %s s", self._seconds)
            return False
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no answer
            LOG.warning("the database did not answer a probe: %s", error)
            return False
        return True

    def _ask(self, database: Database) -> Future[None]:
        """The question that is being asked; a new one, when the last answer is old."""
        now = self._clock()
        is_old = now - self._asked_at >= _KEPT_SECONDS
        if self._asked is None or (self._asked.done() and is_old):
            self._asked, self._asked_at = self._thread.submit(database.ping), now
        return self._asked
