"""The lines that changed since a commit: where a reviewer looks first."""

import re
from contextlib import closing
from pathlib import Path
from typing import Final

import git

_FILE: Final = re.compile(r"\+\+\+ b/(?P<path>.*?)\t?")
_HUNK: Final = re.compile(r"@@ -\S+ \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")

_OPTIONS: Final = (
    "--unified=0",
    "--no-color",
    "--no-ext-diff",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--output-indicator-new=>",  # so that no added line looks like the name of a file
)


def changed_lines(
    repository: Path, base: str, head: str | None = None
) -> dict[str, frozenset[int]]:
    """The lines of `head` that differ from `base`, from 1, by path inside the repository.

    Args:
        repository: The root of its working tree.
        base: A commit that the repository has.
        head: Another one; the files on disk, when left out.
    """
    commits = [base] if head is None else [base, head]
    with closing(git.Repo(repository)) as opened:
        text = opened.git(c="core.quotePath=false").diff(*_OPTIONS, *commits, "--")
    return parse_diff(text)


def parse_diff(diff: str) -> dict[str, frozenset[int]]:
    """The lines that a diff without context adds or changes, by path."""
    found: dict[str, set[int]] = {}
    lines: set[int] = set()
    for text in diff.splitlines():
        if named := _FILE.fullmatch(text):
            lines = found.setdefault(named["path"], set())
        elif hunk := _HUNK.match(text):
            first = int(hunk["start"])
            lines.update(range(first, first + int(hunk["count"] or 1)))
    return {path: frozenset(lines) for path, lines in found.items()}
