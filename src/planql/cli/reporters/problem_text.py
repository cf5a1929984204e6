"""Problems for people: one block each, then how many there are."""

import os
from collections.abc import Sequence
from typing import Final

import click

from planql.cli.reporters.nouns import counted
from planql.problems import Place, Problem, Severity

_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_EXPLAIN_COLUMN: Final = 75


def show_problems(problems: Sequence[Problem], file_count: int) -> None:
    """Print every problem and the summary; in colour on a terminal, unless NO_COLOR is set."""
    colour = False if os.environ.get("NO_COLOR") else None
    for problem in problems:
        click.echo(_block(problem), color=colour)
    click.echo(summary(problems, file_count), color=colour)


def summary(problems: Sequence[Problem], file_count: int) -> str:
    """How many problems there are in how many files; a friendly word when there are none."""
    counts = [
        counted(sum(problem.severity is severity for problem in problems), severity.value)
        for severity in Severity
        if any(problem.severity is severity for problem in problems)
    ]
    files = counted(file_count, "file")
    return f"{', '.join(counts)} in {files}" if counts else f"OK: {files}, no problems"


def _block(problem: Problem) -> str:
    severity = click.style(problem.severity, fg=_COLOURS[problem.severity], bold=True)
    lines = [f"{_where(problem.place)}: {severity} {problem.code}: {problem.message}"]
    lines.extend(f"    see: {_where(place)}" for place in problem.related)
    hint = f"    hint: {problem.hint}" if problem.hint else ""
    explain = click.style(f"planql explain {problem.code}", dim=True)
    return "\n".join([*lines, f"{hint.ljust(_EXPLAIN_COLUMN)}  {explain}"])


def _where(place: Place) -> str:
    return f"{place.path}:{place.line}:{place.column}"
