"""Every case file of rating comes out, and every charge model has cases enough."""

from collections import Counter
from fractions import Fraction

import pytest
from tests.oracle.rate import rate as slow_rate
from tests.rating.case_files import FOLDER, Case, answer, cases, differences

CASES = tuple(cases())
LEAST = 12
ANSWERED = tuple(case for case in CASES if "error" not in case.expected)
DECIDED_HERE = {"per_event: negative in all is rated as 0"}
"""Where the rules leave a choice that the slow evaluation makes differently."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    """The answer holds what the case worked out by hand."""
    assert list(differences(case.expected, answer(case.request))) == [], case.because


@pytest.mark.parametrize(
    "case", [case for case in ANSWERED if case.id not in DECIDED_HERE], ids=lambda case: case.id
)
def test_slow_evaluation_agrees(case: Case) -> None:
    """An independent, slow evaluation of the rules gives the same amounts."""
    fast, slow = answer(case.request), slow_rate(case.request)
    members = ("quantity", "amount", "unrounded_amount", "discount", "top_up", "total")
    assert {name: fast[name] for name in members} == {name: slow[name] for name in members}


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_steps_add_up(case: Case) -> None:
    """The steps of a line sum to its amount; with the closing steps they sum to the total."""
    document = answer(case.request)
    lines = document.get("lines", [])
    for line in lines:
        assert _sum(line["steps"]) == Fraction(line["amount"])
    whole = _sum(document["steps"]) + sum(Fraction(line["amount"]) for line in lines)
    # A repeating fraction is written with 12 decimals: sums of such steps are near, not equal.
    assert abs(whole - Fraction(document["total"])) <= Fraction(len(document["steps"]), 10**12)


def _sum(steps: list[dict[str, str]]) -> Fraction:
    return sum((Fraction(step["amount"]) for step in steps), Fraction(0))


@pytest.mark.parametrize(
    "file", sorted((FOLDER / "models").glob("*.json")), ids=lambda file: file.stem
)
def test_every_model_has_a_dozen_cases(file: object) -> None:
    """A charge model has at least 12 cases."""
    assert Counter(case.file for case in CASES)[file] >= LEAST  # type: ignore[index]


def test_every_model_has_a_case_file() -> None:
    """There is a case file for each of the eight charge models."""
    assert len(list((FOLDER / "models").glob("*.json"))) == 8
