"""Two catalogs written down as small differences: base over a start, head over the base."""

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planql.catalog.diff import Change, ObjectDiff, Side
from planql.money import plain

CASES = Path(__file__).parents[1] / "cases" / "diff"
START = CASES / "start"


@dataclass(frozen=True, slots=True)
class DiffCase:
    """A folder of tests/cases/diff."""

    folder: Path
    expected: dict[str, Any]

    @property
    def as_of(self) -> date:
        """The day on which the case is asked."""
        return date.fromisoformat(self.expected.get("as_of", "2026-06-15"))

    def build_base(self, directory: Path) -> Path:
        """The catalog before, written into `directory`."""
        shutil.copytree(START, directory, dirs_exist_ok=True)
        return self._lay_over("base", directory)

    def build_head(self, directory: Path) -> Path:
        """The catalog now, written over the one before."""
        for path in self.expected.get("remove", ()):
            (directory / path).unlink()
        return self._lay_over("head", directory)

    def _lay_over(self, side: str, directory: Path) -> Path:
        if (self.folder / side).is_dir():
            shutil.copytree(self.folder / side, directory, dirs_exist_ok=True)
        return directory


def diff_cases() -> list[DiffCase]:
    """Every case."""
    found = sorted(CASES.glob("*/*/expected.json"))
    return [DiffCase(path.parent, json.loads(path.read_text("utf-8"))) for path in found]


def told(found: ObjectDiff) -> dict[str, Any]:
    """What a case may say about an object."""
    return {
        "kind": found.noun,
        "key": found.key,
        "version": found.version,
        "event": found.event.value,
        "follows": found.follows,
        "class": found.kind.value,
        "changes": [told_change(change) for change in found.changes],
    }


def told_change(change: Change) -> dict[str, Any]:
    """What a case may say about a change."""
    return {
        "charge": change.charge,
        "what": change.what,
        "class": change.kind.value,
        "direction": change.direction.value,
        "old": change.old and change.old.text,
        "new": change.new and change.new.text,
        "percent": None if change.percent is None else plain(change.percent),
        "lines": [_line(change.old), _line(change.new)],
        "note": change.note,
    }


def only_members_of(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Of what was found, what the case says something about."""
    return {name: found[name] for name in expected}


def _line(side: Side | None) -> int | None:
    return side.line if side else None
