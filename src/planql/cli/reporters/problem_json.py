"""Problems for programs. Source: INTERFACES, `validate --format json`."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import Field

from planql.entity import Entity, Items
from planql.problems import Problem

Position = Annotated[int, Field(ge=1)]


class PlaceReport(Entity):
    """Where something is written."""

    path: str
    """The file."""
    line: Position
    """From 1."""
    column: Position
    """From 1, in characters."""
    pointer: str
    """JSON pointer of the value inside the file."""


class ProblemReport(PlaceReport):
    """One mistake, and where it is."""

    code: str
    """Kind of mistake; `planql explain CODE` says more."""
    severity: Literal["error", "warning"]
    """An error makes the catalog invalid, a warning does not."""
    message: str
    """What is wrong, with the values in quotes."""
    hint: str
    """How to mend it; empty where there is nothing to add."""
    related: Items[PlaceReport]
    """Other places that matter: the first of two equals."""


class ProblemsReport(Entity):
    """What `planql validate --format json` prints."""

    problems: Items[ProblemReport]
    """By path, line and column; empty when all is well."""


def problems_document(problems: Sequence[Problem]) -> str:
    """The problems as one JSON document."""
    report = ProblemsReport(problems=tuple(map(problem_report, problems)))
    return json.dumps(report.model_dump(mode="json"), indent=2)


def problem_report(problem: Problem) -> ProblemReport:
    """One problem as a part of a report."""
    return ProblemReport(
        code=problem.code,
        severity=problem.severity.value,
        message=problem.message,
        hint=problem.hint,
        related=tuple(PlaceReport(**asdict(place)) for place in problem.related),
        **asdict(problem.place),
    )
