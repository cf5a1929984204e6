"""The commits of a branch that touched a catalog: who changed prices, when, and in which words.

The history is that of the branch itself (first parents): what a merge brought is one commit, at the
time when it came to the branch.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from planql.sources.commits import Commit
from planql.sources.git_refs import checked_folder, opened_repository

_COMMAND: Final = ("git", "--literal-pathspecs", "-c", "log.showSignature=false", "log", "-z")
_FORMAT: Final = "--format=tformat:%H%x00%cI%x00%an%x00%s"
_FIELDS: Final = 4


def read_history(repository: Path, commit: str, path: str, limit: int) -> tuple[Commit, ...]:
    """The newest commits up to and including `commit` that touched `path`, newest first.

    Args:
        repository: As for `read_ref`.
        commit: A full name.
        path: Path inside the repository; "." is all of it. It may be gone by now.
        limit: At most so many commits.

    Raises:
        SourceError: `not-a-repository`, or `missing-directory` for a path outside of it.
    """
    inside = checked_folder(path).as_posix()
    wanted = ("--first-parent", f"--max-count={limit}", _FORMAT, commit, "--", inside)
    with opened_repository(repository) as opened:
        output: bytes = opened.git.execute([*_COMMAND, *wanted], stdout_as_string=False)
    return tuple(_commits(output.decode("utf-8", "replace")))


def is_ancestor(repository: Path, commit: str, descendant: str) -> bool:
    """Whether `commit`, a full name, is `descendant` or came before it."""
    command = ["git", "merge-base", "--is-ancestor", commit, descendant]
    with opened_repository(repository) as opened:
        status, *_ = opened.git.execute(command, with_extended_output=True, with_exceptions=False)
    return bool(status == 0)


def _commits(output: str) -> Iterator[Commit]:
    fields = output.split("\0")[:-1]
    for first in range(0, len(fields), _FIELDS):
        name, at, author, subject = fields[first : first + _FIELDS]
        yield Commit(name, datetime.fromisoformat(at), author, subject)
