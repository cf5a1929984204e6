"""The cases of `tests/cases/comment`: a change of a small catalog, and the comment on it.

A folder holds `case.json`, `files` that the change writes, `comment.md`, and where they are needed
`before`, files that both sides have beside those of `base`, and `usage.jsonl`.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planql.cli.main import main

CASES = Path(__file__).resolve().parent.parent / "cases" / "comment"
BASE = CASES / "base"
AS_OF = "2026-06-15T00:00:00Z"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.json"))


@dataclass(frozen=True)
class CommentCase:
    """A case, laid out in a directory of its own: `base`, `catalog`, and what else it has."""

    name: str
    document: dict[str, Any]

    @property
    def golden(self) -> Path:
        """The file with the comment as it should be."""
        return CASES / self.name / "comment.md"

    @property
    def expected(self) -> str:
        """The comment as it should be."""
        return self.golden.read_text(encoding="utf-8")

    @property
    def changes_costs(self) -> bool:
        """Whether the change is one of costs."""
        return (CASES / self.name / "files" / "costs").is_dir()

    def lay_out(self, directory: Path) -> None:
        """Write both catalogs, and usage if there is any."""
        shutil.copytree(BASE, directory / "base")
        shutil.copytree(BASE, directory / "catalog")
        source = CASES / self.name
        for folder, sides in (("before", ("base", "catalog")), ("files", ("catalog",))):
            if (source / folder).is_dir():
                for side in sides:
                    shutil.copytree(source / folder, directory / side, dirs_exist_ok=True)
        if (source / "usage.jsonl").is_file():
            shutil.copy(source / "usage.jsonl", directory)

    def run(self, *more: str) -> int:
        """The exit code of `planql comment` in the directory that it was laid out in."""
        return main(["comment", "base", "--as-of", AS_OF, *self.document["arguments"], *more])


def comment_case(name: str) -> CommentCase:
    """The case of that name."""
    text = (CASES / name / "case.json").read_text(encoding="utf-8")
    return CommentCase(name, json.loads(text))


def laid_out(name: str, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay a case out in a directory, and go there."""
    comment_case(name).lay_out(directory)
    monkeypatch.chdir(directory)
