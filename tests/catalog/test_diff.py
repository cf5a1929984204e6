"""The difference of two catalogs and what is refused of it, by the folders of tests/cases/diff."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from tests.catalog.diff_cases import CASES, DiffCase, diff_cases, only_members_of, told

from planql.catalog.diff import ChangeClass, diff_catalogs
from planql.catalog.problem_codes import AREAS
from planql.catalog.snapshot import Catalog
from planql.problems import Problem
from planql.sources import Loaded, judge_against, load

EVERY_CASE = diff_cases()


def name(case: DiffCase) -> str:
    """The name of a test: area and case."""
    return case.folder.relative_to(CASES).as_posix()


def both_sides(case: DiffCase, directory: Path) -> tuple[Loaded, Loaded]:
    """The two catalogs of a case, one after the other in the same directory."""
    base = load(case.build_base(directory))
    return base, load(case.build_head(directory))


def valid(loaded: Loaded) -> Catalog:
    """A catalog of a case, which is valid by itself."""
    assert loaded.catalog is not None, loaded.problems
    return loaded.catalog


@pytest.mark.parametrize("case", EVERY_CASE, ids=name)
def test_changes_are_those_of_the_case(case: DiffCase, tmp_path: Path) -> None:
    """Two catalogs differ in exactly the objects and changes that the case names, in order."""
    base, head = both_sides(case, tmp_path)
    diff = diff_catalogs(valid(base), valid(head), case.as_of)
    expected = case.expected["objects"]
    found = [told(each) for each in diff.objects]
    assert [[change["what"] for change in each["changes"]] for each in found] == [
        [change["what"] for change in each["changes"]] for each in expected
    ]
    assert [pruned(*pair) for pair in zip(expected, found, strict=True)] == expected


def pruned(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What was found, without what the case says nothing about."""
    changes = zip(expected["changes"], found["changes"], strict=True)
    kept = only_members_of(expected, found)
    return kept | {"changes": [only_members_of(*pair) for pair in changes]}


@pytest.mark.parametrize("case", EVERY_CASE, ids=name)
def test_problems_are_those_of_the_case(case: DiffCase, tmp_path: Path) -> None:
    """A change is refused, or warned of, exactly where the case says so."""
    found = new_problems(case, tmp_path)
    expected = case.expected["problems"]
    told_problems = [
        {
            "code": problem.code,
            "path": problem.place.path.removeprefix(f"{tmp_path.as_posix()}/"),
            "line": problem.place.line,
            "pointer": problem.place.pointer,
        }
        for problem in found
    ]
    assert len(told_problems) == len(expected), told_problems
    pairs = zip(expected, told_problems, strict=True)
    assert [only_members_of(*pair) for pair in pairs] == expected


@pytest.mark.parametrize("case", EVERY_CASE, ids=name)
def test_breaking_is_what_is_refused(case: DiffCase, tmp_path: Path) -> None:
    """There are as many breaking changes and events as refusals."""
    base, head = both_sides(case, tmp_path / "again")
    diff = diff_catalogs(valid(base), valid(head), case.as_of)
    refused = [each for each in new_problems(case, tmp_path) if each.severity == "error"]
    assert diff.counts()[ChangeClass.BREAKING] == len(refused)
    assert diff.is_breaking == bool(refused)


def new_problems(case: DiffCase, directory: Path) -> list[Problem]:
    """What comparing adds to the problems of the head."""
    base, head = both_sides(case, directory)
    now = datetime.combine(case.as_of, time(12), UTC)
    judged = judge_against(base, head, now)
    return [problem for problem in judged.problems if problem not in head.problems]


@pytest.mark.parametrize("code", sorted(code.code for code in AREAS["Changes"]))
def test_every_code_about_changes_has_a_case(code: str) -> None:
    """Some case expects every code that comparing can report."""
    assert any(code == each["code"] for case in EVERY_CASE for each in case.expected["problems"])


def test_every_refusal_says_how_to_do_it_right(tmp_path: Path) -> None:
    """A message has the old and the new value, and the command that makes the next version."""
    case = DiffCase(CASES / "frozen" / "unit-price", {})
    (problem,) = new_problems(case, tmp_path)
    assert problem.message == (
        'version 1 of "pro" is published, but the unit price of tier up to 100 of charge '
        '"outcomes" changes from "1.00" to "1.10"'
    )
    assert problem.hint.endswith("planql new version pro")
