"""Problems for programs. Source: INTERFACES, `validate --format json`."""

import json
from collections.abc import Sequence

from planql.problems import Place, Problem


def problems_document(problems: Sequence[Problem]) -> str:
    """The problems as one JSON document."""
    return json.dumps({"problems": [_problem(problem) for problem in problems]}, indent=2)


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        **_place(problem.place),
        "related": [_place(place) for place in problem.related],
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    }
