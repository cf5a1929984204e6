"""Following a branch: what it says is served, unless that cannot be; then the last good goes on.

::

    poll, or webhook --> fetch --> tip of the branch --> load --> admit --> swap
                           |            |                 |         |
                           `------------+-----------------+---------`--> status: what was wrong

Owns: when to look, what becomes of a look, the status.
Does not own: git (`planql.sources`), what may not change (`planql.catalog.served_documents`).

All of it happens in a thread of its own; a request goes on with the catalog that it began with.

Source: RULES 10.4 (docs/rules/versions.md).
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from planql.catalog.served_documents import Offer, offer_of
from planql.errors import PlanqlError
from planql.gateway.served import CatalogHolder, Served
from planql.gateway.types.model_views import ModelViews
from planql.problems import Problem
from planql.sources import InvalidCatalog, Loaded, ServedBranch, invalid_catalog, problems_of
from planql.stores.database import Database
from planql.stores.served_documents import admit

LOG: Final = logging.getLogger("planql.gateway")

_OLDER: Final = 20
"""How many commits back a server that starts looks for one that can be served."""
_LEAST_SECONDS: Final = 0.5
"""How long it is quiet between two looks, however often someone asks for one."""
_STOP_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the branch's newest commit is not served, or could not be looked at.

    Attributes:
        at: When that was found.
        commit: The commit; None when it is not about one.
        code: What kind of failure it is, in words.
        message: What is wrong.
        hint: How to mend it; "" when the message says it all.
        problems: What is wrong in the files.
    """

    at: datetime
    commit: str | None
    code: str
    message: str
    hint: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """How the served branch is doing.

    Attributes:
        checked_at: When it was last looked at.
        next_check_at: When it will be looked at again, if nobody asks sooner.
        failure: What was wrong then; None when what it says is served.
    """

    checked_at: datetime
    next_check_at: datetime
    failure: Failure | None = None


class Watcher:
    """Follows a branch.

    Args:
        branch: Which one.
        memory: Where what was served is remembered: for good, or as long as the process lives.
        clock: Gives the present instant.
        poll_seconds: How often the branch is looked at.

    Raises:
        SourceError: nothing of the branch can be served.
    """

    def __init__(
        self,
        branch: ServedBranch,
        memory: Database,
        clock: Callable[[], datetime],
        poll_seconds: float,
    ) -> None:
        self.branch = branch
        self._memory = memory
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._offer: Offer | None = None
        self._last: Served | None = None
        self._wake = threading.Event()
        self._stopped = threading.Event()
        branch.require_usable()
        first, failure = self._first()
        self.holder = CatalogHolder(first)
        self.status = self._status(failure)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Follow the branch until the end of the block."""
        thread = threading.Thread(target=self._run, name="planql-watcher", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            self._wake.set()
            thread.join(_STOP_SECONDS)

    def look_soon(self) -> None:
        """Look at the branch as soon as may be; asking twice is asking once."""
        self._wake.set()

    def look(self) -> None:
        """Look at the branch now; never raises."""
        try:
            failure = self._follow()
        except Exception as defect:  # the edge of the thread
            LOG.exception("the served branch could not be looked at")
            message = f"planql made a mistake; its log tells more: {type(defect).__name__}"
            failure = Failure(self._clock(), None, "defect", message)
        known = self.status.failure
        if failure and (known is None or known.message != failure.message):
            LOG.warning("the served branch: %s", failure.message)
        self.status = self._status(failure)

    def _run(self) -> None:
        while True:
            self._wake.wait(self._poll_seconds)
            if self._stopped.is_set():
                return
            self._wake.clear()
            self.look()
            self._stopped.wait(min(_LEAST_SECONDS, self._poll_seconds))

    def _status(self, failure: Failure | None) -> Status:
        now = self._clock()
        return Status(now, now + timedelta(seconds=self._poll_seconds), failure)

    def _follow(self) -> Failure | None:
        """Serve what the branch says, if it is something else and can be; else say why not."""
        fetching = self._fetch()
        commit = None
        try:
            commit = self.branch.tip()
            if commit == self.holder.served.catalog.commit:
                return fetching
            known = self.status.failure
            if known and known.commit == commit and known.problems:
                return known  # it is as wrong as before
            self.holder.publish(self._admitted(commit))
        except PlanqlError as error:
            return self._failure(error, commit)
        return fetching

    def _fetch(self) -> Failure | None:
        try:
            self.branch.fetch()
        except PlanqlError as error:
            return self._failure(error, None)
        return None

    def _first(self) -> tuple[Served, Failure | None]:
        """The newest commit that can be served, and why it is not the newest of all.

        Raises:
            SourceError: there is none.
        """
        fetching = self._fetch()
        tip = self.branch.tip()
        try:
            return self._admitted(tip), fetching
        except InvalidCatalog as error:
            for older in self.branch.history(tip, _OLDER):
                try:
                    return self._admitted(older.hash), self._failure(error, tip)
                except PlanqlError:
                    continue
            raise

    def _admitted(self, commit: str) -> Served:
        """The catalog of a commit, which from now on counts as served.

        Raises:
            InvalidCatalog: it has errors, or goes back on what was served.
            SourceError: it cannot be read.
        """
        loaded, now = self.branch.load(commit), self._clock()
        if loaded.catalog is None:
            raise invalid_catalog(f"commit {commit[:12]}", loaded)
        offer = offer_of(loaded.catalog, self._offer)
        mistakes = admit(self._memory, offer, now)
        if mistakes:
            refused = Loaded(None, problems_of(mistakes, loaded))
            raise invalid_catalog(f"commit {commit[:12]}", refused)
        self._offer = offer
        models = self._last.models if self._last else None
        self._last = Served(loaded.catalog, now, ModelViews(models))
        self._last.prepare()
        return self._last

    def _failure(self, error: PlanqlError, commit: str | None) -> Failure:
        problems = error.problems if isinstance(error, InvalidCatalog) else ()
        return Failure(self._clock(), commit, error.code, error.message, error.hint, problems)
