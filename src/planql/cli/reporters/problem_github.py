"""Problems as annotations of a pull request: one workflow command each.

GitHub shows 10 annotations per level and step. The worst come first: those on lines that the pull
request changed, then the others; what does not fit is counted, never left out silently.

Source: GitHub, "Workflow commands for GitHub Actions".
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from planql.cli.reporters.nouns import counted
from planql.problems import Problem, Severity

MOST_SHOWN: Final = 10
"""Annotations of one level that a step can show."""

_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}


def annotations(
    problems: Sequence[Problem], changed: Mapping[str, Container[int]] | None = None
) -> Iterator[str]:
    """A line for every problem that can be shown, and one for those that cannot.

    Args:
        problems: Sorted as in every report.
        changed: The lines (from 1) that were changed, by path; None where nobody knows.
    """
    for severity in Severity:
        same = [problem for problem in problems if problem.severity is severity]
        same.sort(key=lambda problem: not _is_changed(problem, changed or {}))
        shown = same if len(same) <= MOST_SHOWN else same[: MOST_SHOWN - 1]
        yield from map(_annotation, shown)
        left = len(same) - len(shown)
        if left:
            yield _and_more(left, severity)


def _is_changed(problem: Problem, changed: Mapping[str, Container[int]]) -> bool:
    return problem.place.line in changed.get(problem.place.path, ())


def _annotation(problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": problem.code,
    }
    written = ",".join(f"{name}={_escaped(text, _PROPERTY)}" for name, text in properties.items())
    explain = f"planql explain {problem.code}"
    message = "\n".join(part for part in (problem.message, problem.hint, explain) if part)
    return f"::{problem.severity} {written}::{_escaped(message, _DATA)}"


def _and_more(left: int, severity: Severity) -> str:
    return f"::{severity} title=planql::and {counted(left, f'more {severity}')}: planql validate"


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
