"""Problems: values with a place, sorted, and the nearest right word."""

import pytest

from planql.problems import Place, Problem, Severity, did_you_mean, escape_pointer, nearest


def test_a_problem_reads_as_editors_expect() -> None:
    """Path, line, column, severity, code, message: a line that an editor jumps from."""
    problem = Problem("tier-order", "tier 3 ends too early", Place("a/v2.json", 18, 22))
    assert str(problem) == "a/v2.json:18:22: error tier-order: tier 3 ends too early"
    warning = Problem("unused", "no one", Place("a.json"), severity=Severity.WARNING)
    assert str(warning) == "a.json:1:1: warning unused: no one"


def test_problems_sort_by_place_then_code() -> None:
    """Path, line, column as numbers, pointer, then code and message."""
    ordered = [
        Problem("b", "", Place("a.json", 2, 1)),
        Problem("a", "", Place("a.json", 10, 1)),
        Problem("a", "", Place("a.json", 10, 2, "/x")),
        Problem("b", "1", Place("a.json", 10, 2, "/x")),
        Problem("b", "2", Place("a.json", 10, 2, "/x")),
        Problem("a", "", Place("b.json", 1, 1)),
    ]
    shuffled = [ordered[index] for index in (3, 0, 5, 1, 4, 2)]
    assert sorted(shuffled, key=lambda problem: problem.sort_key) == ordered


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ((), ""),
        (("charges", 0, "key"), "/charges/0/key"),
        (("a/b", "c~d"), "/a~1b/c~0d"),
        (("",), "/"),
    ],
)
def test_pointers_are_escaped_as_rfc_6901_says(parts: tuple[str | int, ...], pointer: str) -> None:
    """A slash in a name is ~1, a tilde ~0; the whole document is the empty pointer."""
    assert escape_pointer(*parts) == pointer


def test_offers_the_nearest_word() -> None:
    """A slip of the keyboard is met with the word that was meant."""
    assert nearest("tokns", ["seats", "tokens"]) == "tokens"
    assert did_you_mean("tokns", ["seats", "tokens"]) == 'did you mean "tokens"?'


def test_offers_nothing_when_nothing_is_near() -> None:
    """A word that is like none of them gets no hint."""
    assert nearest("x", ["seats", "tokens"]) is None
    assert did_you_mean("x", ["seats", "tokens"]) == ""
    assert did_you_mean("x", []) == ""
