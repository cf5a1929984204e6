"""Catalogs of other refs, such as that of a pull request: looked at, never served.

What a commit holds never changes, so each is loaded once and kept until others take its place.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from planql.errors import SourceError
from planql.gateway.served import Served
from planql.gateway.watching import Watcher
from planql.sources import Loaded, invalid_catalog
from planql.sources.commits import Commit
from planql.sources.served_branches import ServedBranch

CAPACITY: Final = 8
"""How many commits are kept, besides the one that is served."""


class Previews:
    """The catalogs of refs that may be looked at; one is loaded at a time, in a thread."""

    def __init__(self, branch: ServedBranch, capacity: int = CAPACITY) -> None:
        self._branch = branch
        self._capacity = capacity
        self._known: OrderedDict[str, Served | Loaded] = OrderedDict()
        self._turn = asyncio.Lock()

    async def at(self, ref: str) -> Served:
        """The catalog at a ref now.

        Raises:
            UnknownReference: there is no such ref, or it is not to be looked at.
            InvalidCatalog: its catalog has errors.
            SourceError: it cannot be read.
        """
        async with self._turn:
            commit = await asyncio.to_thread(self._branch.resolve, ref)
            if commit not in self._known:
                self._known[commit] = await asyncio.to_thread(self._load, commit)
            self._known.move_to_end(commit)
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)
            found = self._known[commit]
        if isinstance(found, Loaded):
            raise invalid_catalog(f"commit {commit[:12]}", found)
        return found

    def _load(self, commit: str) -> Served | Loaded:
        """What a commit holds; as it was loaded, if it has errors."""
        loaded = self._branch.load(commit)
        if loaded.catalog is None:
            return loaded
        found = Served(loaded.catalog)
        found.rate_plans  # noqa: B018 - it is kept
        return found


@dataclass(frozen=True, slots=True)
class Repository:
    """What queries may ask of the repository that the catalog is served from."""

    watcher: Watcher
    previews: Previews

    async def history(
        self, commit: str, limit: int, after: str | None, rate_plan: str | None
    ) -> tuple[Commit, ...]:
        """As `ServedBranch.history`, in a thread."""
        read = self.watcher.branch.history
        return await asyncio.to_thread(read, commit, limit, after=after, rate_plan=rate_plan)


def no_repository() -> SourceError:
    """What is said where git is asked for, and the catalog comes from a directory."""
    return SourceError(
        "no-repository",
        "this server reads its catalog from a directory, so it knows no commits",
        hint="start it with: planql serve --repository PATH",
    )
