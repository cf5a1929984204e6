"""`CatalogStatus`: what is served, since when, and why not something newer."""

from datetime import datetime

import strawberry

from planql.gateway.served import Served
from planql.gateway.types.catalog_problems import CatalogProblem, problem_views
from planql.gateway.watching import Failure, Watcher


@strawberry.type(description="Why the newest commit is not served, or could not be looked at.")
class CatalogFailure:
    """`planql.gateway.watching.Failure`."""

    at: datetime = strawberry.field(description="When it was found.")
    commit: str | None = strawberry.field(
        description="The commit that is not served; null when it is not about one."
    )
    code: str = strawberry.field(description="What kind of failure it is: `invalid-catalog`.")
    message: str = strawberry.field(description="What is wrong.")
    hint: str | None = strawberry.field(
        description="How to mend it; null when the message says it all."
    )
    problem_count: int = strawberry.field(description="How many mistakes the files have.")
    problems: list[CatalogProblem] = strawberry.field(
        description="The mistakes in the files, by place; at most 100."
    )


@strawberry.type(
    description="What is served, and how the branch is doing that it is served from. A commit that "
    "has errors, or changes a version that was served, is not served: the last good one goes on."
)
class CatalogStatus:
    """A status."""

    commit: str | None = strawberry.field(
        description="The commit that is served; null when the catalog comes from a directory."
    )
    digest: str = strawberry.field(description="SHA-256 over all files that are served.")
    served_since: datetime = strawberry.field(description="When it began to be served.")
    branch: str | None = strawberry.field(
        description="The branch that is followed; null when the catalog comes from a directory."
    )
    last_checked_at: datetime | None = strawberry.field(
        description="When the branch was last looked at; null without one."
    )
    next_check_at: datetime | None = strawberry.field(
        description="When it is looked at again, unless a webhook asks sooner; null without one."
    )
    last_error: CatalogFailure | None = strawberry.field(
        description="What was wrong at the last look; null when what the branch says is served."
    )


def status_view(served: Served, watcher: Watcher | None) -> CatalogStatus:
    """The status as the schema shows it."""
    status = watcher.status if watcher else None
    return CatalogStatus(
        commit=served.catalog.commit,
        digest=served.catalog.digest,
        served_since=served.since,
        branch=watcher.branch.branch if watcher else None,
        last_checked_at=status.checked_at if status else None,
        next_check_at=status.next_check_at if status else None,
        last_error=_failure(status.failure) if status and status.failure else None,
    )


def _failure(failure: Failure) -> CatalogFailure:
    return CatalogFailure(
        at=failure.at,
        commit=failure.commit,
        code=failure.code,
        message=failure.message,
        hint=failure.hint or None,
        problem_count=len(failure.problems),
        problems=problem_views(failure.problems),
    )
