"""From raw files to a catalog, or to everything that is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sources.building import documents, write

from planql.catalog.problem_codes import PROBLEM_CODES
from planql.problems import Place, Problem
from planql.sources import load

CASES = sorted((Path(__file__).parents[1] / "cases" / "loading").glob("*.json"))


def content(given: list[str] | dict[str, str]) -> bytes:
    """The bytes of a file: lines of UTF-8 text, or characters that each stand for a byte."""
    if isinstance(given, dict):
        return given["latin-1"].encode("latin-1")
    return "".join(f"{line}\n" for line in given).encode()


def shown(problem: Problem, directory: Path) -> str:
    """A problem as the case files write it."""
    inside = len(f"{directory}/")
    related = "".join(f" <- {at(place)[inside:]}" for place in problem.related)
    what = f"{problem.severity} {problem.code} {problem.place.pointer}"
    return f"{at(problem.place)[inside:]} {what}{related}"


def at(place: Place) -> str:
    """Path, line and column."""
    return f"{place.path}:{place.line}:{place.column}"


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_reports_each_mistake_once_at_its_place(path: Path, tmp_path: Path) -> None:
    """Every mistake of every file is reported, and nothing that only follows from one."""
    case: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    write(tmp_path, documents())
    for name, given in case["files"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content(given))
    loaded = load(tmp_path)
    assert [shown(problem, tmp_path) for problem in loaded.problems] == case["problems"]
    assert {problem.code for problem in loaded.problems} <= set(PROBLEM_CODES)
    assert loaded.catalog is None
