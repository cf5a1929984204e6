"""Catalogs written down as small differences from one base catalog."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planql.problems import Place, Problem

CASES = Path(__file__).parents[1] / "cases" / "catalog"
BASE = CASES / "base"


@dataclass(frozen=True, slots=True)
class CatalogCase:
    """A folder of tests/cases/catalog: files over the base, and the problems they have."""

    folder: Path
    expected: dict[str, Any]

    def build(self, directory: Path) -> Path:
        """The catalog of this case, written into `directory`."""
        shutil.copytree(BASE, directory, dirs_exist_ok=True)
        for path in self.expected.get("remove", ()):
            (directory / path).unlink()
        if (self.folder / "files").is_dir():
            shutil.copytree(self.folder / "files", directory, dirs_exist_ok=True)
        return directory


def catalog_cases(kind: str) -> list[CatalogCase]:
    """The cases of a kind: invalid, mixed or valid."""
    folders = sorted((CASES / kind).iterdir())
    return [CatalogCase(path, json.loads((path / "expected.json").read_text())) for path in folders]


def reported(problem: Problem, directory: Path) -> dict[str, Any]:
    """What a case says about a problem: paths are inside the catalog, words are left out."""
    related = [_place(place, directory) for place in problem.related]
    found = {
        "code": problem.code,
        "severity": problem.severity.value,
        **_place(problem.place, directory),
    }
    return {**found, "related": related} if related else found


def _place(place: Place, directory: Path) -> dict[str, Any]:
    return {
        "path": place.path.removeprefix(f"{directory.as_posix()}/"),
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    }
