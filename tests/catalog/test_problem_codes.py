"""The table of problem codes holds every code there is, and is shown wherever it is needed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.catalog.catalog_cases import CASES

from planql.catalog.problem_codes import AREAS, PROBLEM_CODES
from planql.catalog.problem_codes.pages import index_page, page
from planql.cli.explain import explanation, overview

ROOT = Path(__file__).parents[2]
REPORTERS = {"Mistake", "Fault", "crossed", "refusal"}
"""What makes a problem in a catalog's files."""

CHANGES = {code.code for code in AREAS["Changes"]}
"""Codes about a change, which take two catalogs: tests/cases/diff."""

NO_FOLDER = {code.code for code in AREAS["Where a catalog is"]} | {
    *("not-a-file", "unreadable-file", "file-too-large")
}
"""Codes about the machine around a catalog, tested with it in tests/sources."""


def reported_codes() -> Iterator[str]:
    """Every code that the sources of planql give to a problem."""
    for path in sorted((ROOT / "src" / "planql").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in REPORTERS and isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_reported_code_is_explained() -> None:
    """A code that planql reports stands in the table."""
    assert set(reported_codes()) <= PROBLEM_CODES.keys()


@pytest.mark.parametrize("code", sorted(PROBLEM_CODES))
def test_every_code_has_a_page(code: str) -> None:
    """docs/problems has a page about every code, as it is written today."""
    written = (ROOT / "docs" / "problems" / f"{code}.md").read_text(encoding="utf-8")
    assert written == page(PROBLEM_CODES[code])


@pytest.mark.parametrize("code", sorted(PROBLEM_CODES.keys() - NO_FOLDER - CHANGES))
def test_every_code_has_a_case(code: str) -> None:
    """tests/cases/catalog/invalid has a folder for every code."""
    assert (CASES / "invalid" / code / "expected.json").is_file()


@pytest.mark.parametrize("code", sorted(PROBLEM_CODES))
def test_every_code_is_explained_with_an_example(code: str) -> None:
    """`planql explain` says the rule, the reason, what is wrong and right, and what to do."""
    told = PROBLEM_CODES[code]
    text = explanation(PROBLEM_CODES[code])
    assert all(part in text for part in (told.title, told.why, told.wrong, told.right, told.mend))
    assert told.wrong != told.right


def test_codes_are_told_once() -> None:
    """No two areas explain the same code, and both lists name them all."""
    told = [code.code for codes in AREAS.values() for code in codes]
    assert len(told) == len(set(told))
    assert all(code in index_page() and code in overview() for code in told)
