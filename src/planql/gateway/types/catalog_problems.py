"""What is wrong in a catalog's files, as the schema shows it."""

from collections.abc import Iterable

import strawberry

from planql.gateway.types.errors import UserError
from planql.problems import Problem
from planql.sources import InvalidCatalog

MOST_PROBLEMS = 100
"""How many problems are listed."""


@strawberry.type(description="A mistake in a file of a catalog.")
class CatalogProblem:
    """`planql.problems.Problem`."""

    code: str = strawberry.field(
        description="What kind of mistake it is, in words; `planql explain` tells more of it."
    )
    message: str = strawberry.field(description="What is wrong, with the value in quotes.")
    hint: str | None = strawberry.field(
        description="How to mend it; null when the message says it all."
    )
    path: str = strawberry.field(description="The file, as a path inside the repository.")
    line: int = strawberry.field(description="The line, counted from 1.")
    column: int = strawberry.field(description="The column, counted from 1.")
    pointer: str = strawberry.field(description="JSON pointer to the value; empty for the file.")


@strawberry.type(description="A commit whose catalog has errors, and what they are.")
class InvalidCatalogError(UserError):
    """`planql.sources.InvalidCatalog`."""

    problem_count: int = strawberry.field(description="How many errors there are.")
    problems: list[CatalogProblem] = strawberry.field(
        description=f"The errors, by place; at most {MOST_PROBLEMS}."
    )


def problem_views(problems: Iterable[Problem]) -> list[CatalogProblem]:
    """The first of the problems as the schema shows them."""
    return [_view(each) for each in tuple(problems)[:MOST_PROBLEMS]]


def invalid_catalog_view(error: InvalidCatalog, path: list[str]) -> InvalidCatalogError:
    """A catalog with errors as the schema shows it.

    Args:
        error: What is wrong.
        path: The argument that named it.
    """
    return InvalidCatalogError(
        code=error.code,
        message=error.message,
        hint=error.hint or None,
        path=path,
        problem_count=len(error.problems),
        problems=problem_views(error.problems),
    )


def _view(problem: Problem) -> CatalogProblem:
    place = problem.place
    return CatalogProblem(
        code=problem.code,
        message=problem.message,
        hint=problem.hint or None,
        path=place.path,
        line=place.line,
        column=place.column,
        pointer=place.pointer,
    )
