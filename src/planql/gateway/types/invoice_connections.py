"""The issued invoices of a customer, page by page."""

from collections.abc import Sequence

import strawberry

from planql.gateway.types.connections import (
    PageInfo,
    cursor_of,
    named_by,
    page_info,
    require_page,
    unknown_cursor,
)
from planql.gateway.types.issued import IssuedInvoice, issued_view
from planql.stores.billing_run import invoice_number
from planql.stores.invoices import IssuedInvoice as StoredInvoice


@strawberry.type(description="An issued invoice in its list.")
class InvoiceEdge:
    """An edge."""

    node: IssuedInvoice = strawberry.field(description="The invoice.")
    cursor: str = strawberry.field(description="Its place, for `after`; it never changes.")


@strawberry.type(description="Issued invoices, the newest first.")
class InvoiceConnection:
    """A page of invoices."""

    edges: list[InvoiceEdge] = strawberry.field(description="The page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")


def invoice_page(
    issued: Sequence[StoredInvoice], first: int, after: str | None
) -> InvoiceConnection:
    """A page of invoices, newest first.

    Args:
        issued: All of them, in the order in which they were issued.
        first: How many at most.
        after: Cursor of one of them; None begins with the newest.

    Raises:
        InvalidInput: `page-size` or `unknown-cursor`.
    """
    require_page(first)
    newest_first = [*reversed(issued)]
    begin = 0 if after is None else _place(newest_first, after) + 1
    edges = [_edge(each) for each in newest_first[begin : begin + first]]
    return InvoiceConnection(
        edges=edges,
        page_info=page_info(
            [each.cursor for each in edges],
            is_continued=begin > 0,
            has_more=begin + first < len(newest_first),
        ),
    )


def _place(newest_first: Sequence[StoredInvoice], after: str) -> int:
    """Where the invoice stands whose cursor is `after`."""
    name = named_by(after)
    for place, each in enumerate(newest_first):
        if _number(each) == name:
            return place
    raise unknown_cursor(after)


def _edge(stored: StoredInvoice) -> InvoiceEdge:
    return InvoiceEdge(node=issued_view(stored), cursor=cursor_of(_number(stored)))


def _number(stored: StoredInvoice) -> str:
    return invoice_number(stored.issuer, stored.number)
