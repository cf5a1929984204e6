"""`catalogHistory`: the commits that touched the prices."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from planql.gateway.types.connections import PageInfo, cursor_of, page_info
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


@strawberry.type(description="A commit in its history.")
class CatalogCommitEdge:
    """An edge."""

    node: CatalogCommit = strawberry.field(description="The commit.")
    cursor: str = strawberry.field(description="Its place, for `after`; it never changes.")


@strawberry.type(description="Commits that touched the catalog, the newest first.")
class CatalogHistoryConnection:
    """A page of a history."""

    edges: list[CatalogCommitEdge] = strawberry.field(description="The page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the history.")


def history_view(
    commits: Sequence[Commit], first: int, *, is_continued: bool
) -> CatalogHistoryConnection:
    """A page as the schema shows it.

    Args:
        commits: One more than the page has, if there are so many.
        first: How many the page has.
        is_continued: Whether the page comes after another.
    """
    edges = [_edge(each) for each in commits[:first]]
    cursors = [each.cursor for each in edges]
    has_more = len(commits) > first
    return CatalogHistoryConnection(
        edges=edges, page_info=page_info(cursors, is_continued=is_continued, has_more=has_more)
    )


def _edge(commit: Commit) -> CatalogCommitEdge:
    return CatalogCommitEdge(
        node=CatalogCommit(
            commit=commit.hash,
            committed_at=commit.committed_at,
            author=commit.author,
            subject=commit.subject,
        ),
        cursor=cursor_of(commit.hash),
    )
