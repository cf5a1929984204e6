"""A branch that a catalog is served from, and the other refs that may be looked at.

Owns: which refs those are, and from where each is read.
Does not own: git's objects (`git_refs`), when to look again (`planql.gateway.watching`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from planql.errors import InvalidInput, SourceError, UnknownReference
from planql.sources.commits import Commit
from planql.sources.git_program import git_needed
from planql.sources.judging import Loaded, judge
from planql.sources.known_objects import KnownObjects
from planql.sources.parsing import ParsedCache
from planql.sources.refs import check_ref

_HASH: Final = re.compile(r"[0-9a-f]{40}")
_DERIVED: Final = re.compile(r"[~^]|@\{")
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class ServedBranch:
    """A branch of a repository of this machine; nothing is ever checked out.

    Attributes:
        repository: Its working tree, or a bare one.
        branch: Its short name: `main`.
        folder: Where the catalog lies in it.
        remote: Fetched from before each look; None: others keep the repository fresh.
        allowed_refs: Patterns of the other refs that may be looked at: `refs/pull/*`, or
            `prices/*` for branches. `*` stands for slashes, too.
        cache: What was parsed, of whichever commit.
        known: What was read, of whichever commit.
    """

    repository: Path
    branch: str = "main"
    folder: str = "catalog"
    remote: str | None = None
    allowed_refs: tuple[str, ...] = ()
    cache: ParsedCache = field(default_factory=ParsedCache, repr=False, compare=False)
    known: KnownObjects = field(default_factory=KnownObjects, repr=False, compare=False)

    def fetch(self) -> None:
        """Fetch from the remote, if there is one.

        Raises:
            SourceError: it failed, or took too long.
        """
        from planql.sources.git_fetch import fetch  # noqa: PLC0415

        if self.remote is not None:
            fetch(self.repository, self.remote)

    def tip(self) -> str:
        """The commit that the branch is at: the remote's branch, when there is a remote.

        Raises:
            SourceError: there is no such branch, or no repository.
        """
        return self._resolve(self.branch)

    def load(self, commit: str) -> Loaded:
        """The catalog of a commit, given by its full name; unchanged files are not parsed again.

        Raises:
            SourceError: it cannot be read.
        """
        from planql.sources.git_refs import read_ref  # noqa: PLC0415

        raw = read_ref(self.repository, commit, self.folder, self.known)
        return judge(raw, self.folder, self.cache)

    def resolve(self, ref: str) -> str:
        """The commit of a ref that may be looked at: the branch itself, or one on the list.

        Raises:
            UnknownReference: `unknown-ref`; whether there is a ref that is not on the list is not
                told.
            SourceError: `invalid-ref`, or the repository cannot be read.
        """
        check_ref(ref)
        if self._is_allowed(ref):
            try:
                return self._resolve(ref)
            except SourceError as error:
                if error.code != "unknown-ref":
                    raise
        known = ", ".join(f'"{each}"' for each in (self.branch, *self.allowed_refs))
        message = f'there is no ref "{ref}" that this server shows'
        raise UnknownReference("unknown-ref", message, hint=f"it shows {known}")

    def history(
        self, commit: str, limit: int, *, after: str | None = None, rate_plan: str | None = None
    ) -> tuple[Commit, ...]:
        """The newest commits up to `commit` that touched the catalog, newest first.

        Args:
            commit: A full name.
            limit: At most so many.
            after: The full name of one of them: only older ones.
            rate_plan: Key of a rate plan: only what touched it.

        Raises:
            InvalidInput: `unknown-cursor`, `after` is none of them; `invalid-key`.
            SourceError: the repository cannot be read.
        """
        from planql.sources.git_history import is_ancestor, read_history  # noqa: PLC0415

        path = f"{self.folder}/rate-plans/{_checked(rate_plan)}" if rate_plan else self.folder
        if after is None:
            return read_history(self.repository, commit, path, limit)
        if not _HASH.fullmatch(after) or not is_ancestor(self.repository, after, commit):
            raise InvalidInput(
                "unknown-cursor", f'"{after}" is no commit of this history', pointer="/after"
            )
        found = read_history(self.repository, after, path, limit + 1)
        return tuple(each for each in found if each.hash != after)[:limit]

    def require_usable(self) -> None:
        """Refuse what can be seen to be wrong before anything is served.

        Raises:
            SourceError: `invalid-ref`, or there is no such remote.
        """
        with git_needed():
            from planql.sources.git_fetch import require_remote  # noqa: PLC0415
        for name in (self.branch, *(each.replace("*", "x") for each in self.allowed_refs)):
            check_ref(name)
        if self.remote is not None:
            require_remote(self.repository, self.remote)

    def _is_allowed(self, ref: str) -> bool:
        full = _full_name(ref)
        if _DERIVED.search(ref):
            return False  # it would lead from a ref on the list to any commit
        patterns = [_full_name(each) for each in self.allowed_refs]
        return ref == self.branch or any(fnmatchcase(full, each) for each in patterns)

    def _resolve(self, ref: str) -> str:
        """The commit of a branch or a full ref.

        Raises:
            SourceError: `unknown-ref`.
        """
        from planql.sources.git_refs import resolve_ref  # noqa: PLC0415

        *others, last = self._places(ref)
        for place in others:
            try:
                return resolve_ref(self.repository, place)
            except SourceError as error:
                if error.code != "unknown-ref":
                    raise
        return resolve_ref(self.repository, last)

    def _places(self, ref: str) -> Iterator[str]:
        """Where a ref is looked for; a clone has a remote's branches apart, a mirror has not."""
        if self.remote is not None and not ref.startswith("refs/"):
            yield f"refs/remotes/{self.remote}/{ref}"
        yield _full_name(ref)


def _full_name(ref: str) -> str:
    return ref if ref.startswith("refs/") else f"refs/heads/{ref}"


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise InvalidInput("invalid-key", f'"{key}" is not a key', pointer="/ratePlan")
    return key
