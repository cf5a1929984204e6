"""`CatalogHistory`: the commits that touched the prices."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from planql.sources.commits import Commit


@strawberry.type(description="A commit that touched the catalog, as its branch has it.")
class CatalogCommit:
    """`planql.sources.commits.Commit`."""

    commit: str = strawberry.field(description="Its full name.")
    committed_at: datetime = strawberry.field(
        description="When it was made; of a merge, when what it brought came to the branch."
    )
    author: str = strawberry.field(description="Name of its author.")
    subject: str = strawberry.field(description="First line of its message.")


@strawberry.type(description="Commits that touched the catalog, the newest first.")
class CatalogHistory:
    """A page of a history."""

    commits: list[CatalogCommit] = strawberry.field(description="The newest first.")
    has_more: bool = strawberry.field(
        description="Whether there are older ones: ask again with `after`, the last one's `commit`."
    )


def history_view(commits: Sequence[Commit], first: int) -> CatalogHistory:
    """A page as the schema shows it.

    Args:
        commits: One more than the page has, if there are so many.
        first: How many the page has.
    """
    return CatalogHistory(
        commits=[
            CatalogCommit(
                commit=each.hash,
                committed_at=each.committed_at,
                author=each.author,
                subject=each.subject,
            )
            for each in commits[:first]
        ],
        has_more=len(commits) > first,
    )
