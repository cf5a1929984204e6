"""Every rule about catalogs, by the folders under tests/cases/catalog."""

from pathlib import Path

import pytest
from tests.catalog.catalog_cases import CatalogCase, catalog_cases, reported

from planql.catalog.checks import RULES
from planql.sources import load

EVERY_CASE = [case for kind in ("invalid", "mixed", "valid") for case in catalog_cases(kind)]


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.folder.name)
def test_problems_are_those_of_the_case(case: CatalogCase, tmp_path: Path) -> None:
    """A catalog has exactly the problems its case names, in order, each at its place."""
    directory = case.build(tmp_path / "catalog")
    loaded = load(directory)
    found = [reported(problem, directory) for problem in loaded.problems]
    assert found == case.expected["problems"]


@pytest.mark.parametrize("case", catalog_cases("invalid"), ids=lambda case: case.folder.name)
def test_invalid_cases_are_named_for_their_code(case: CatalogCase) -> None:
    """A folder of invalid cases has problems of one code, the one it is called by."""
    assert {problem["code"] for problem in case.expected["problems"]} == {case.folder.name}


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.folder.name)
def test_every_problem_says_what_to_do(case: CatalogCase, tmp_path: Path) -> None:
    """A message never repeats its code, and no problem has an empty message."""
    for problem in load(case.build(tmp_path / "catalog")).problems:
        assert problem.message
        assert problem.code not in problem.message


def test_every_rule_states_itself() -> None:
    """A rule is a function with a name of its own."""
    assert len(set(RULES)) == len(RULES)
