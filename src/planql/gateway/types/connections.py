"""What every connection has: a page's information, its cursors and its size.

A connection answers a list that grows in pages: `first` of them, `after` the cursor of one of them.
A cursor names the item itself, not its place, so what is added meanwhile moves no page.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Final

import strawberry

from planql.errors import InvalidInput

MOST_PER_PAGE: Final = 100
"""What `first` can ask for at most."""

First = Annotated[int, strawberry.argument(description=f"How many at most; 1 to {MOST_PER_PAGE}.")]
After = Annotated[
    str | None,
    strawberry.argument(
        description="Cursor of an edge: only what comes after it; from the beginning, when left "
        "out."
    ),
]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Information on a page."""

    has_next_page: bool = strawberry.field(
        description="Whether there is more: ask again with `after`, the `endCursor`."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether there is something before the page."
    )
    start_cursor: str | None = strawberry.field(
        description="Cursor of the first edge; null when there is none."
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the last edge; null when there is none."
    )


def page_info(cursors: list[str], *, is_continued: bool, has_more: bool) -> PageInfo:
    """The information on a page whose edges have these cursors.

    Args:
        cursors: In the order of the edges.
        is_continued: Whether the page comes after another.
        has_more: Whether another comes after it.
    """
    return PageInfo(
        has_next_page=has_more,
        has_previous_page=is_continued,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def cursor_of(name: str) -> str:
    """The cursor of the item that `name` names in its list."""
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def named_by(cursor: str) -> str:
    """The name of the item whose cursor this is; whether there is one, its list knows.

    Raises:
        InvalidInput: `unknown-cursor`, it is no cursor.
    """
    try:
        name = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except ValueError:
        raise unknown_cursor(cursor) from None
    if cursor_of(name) != cursor:
        raise unknown_cursor(cursor)
    return name


def unknown_cursor(cursor: str) -> InvalidInput:
    """What is said of a cursor that is of no item of the list."""
    return InvalidInput(
        "unknown-cursor",
        f'"{cursor}" is no cursor of this list',
        pointer="/after",
        hint="take `cursor` of an edge, or `endCursor`, from an answer",
    )


def require_page(first: int) -> None:
    """Refuse a page that is too long, or none.

    Raises:
        InvalidInput: `page-size`.
    """
    if not 1 <= first <= MOST_PER_PAGE:
        raise InvalidInput(
            "page-size",
            f'"first" is {first}; it must be between 1 and {MOST_PER_PAGE}',
            pointer="/first",
        )
