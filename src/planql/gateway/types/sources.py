"""`Source`: where something is written."""

import strawberry

from planql.catalog.diff import line_of
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.entity import Entity
from planql.gateway.compiled.purity import FROM_SNAPSHOT


def _line(root: strawberry.Parent["Source"]) -> int:
    """Lines are counted when someone asks: that reads the file's text again."""
    return line_of(root.document, root.pointer)


@strawberry.type(description="Where something is written, down to the line that sets a price.")
class Source:
    """A line of a file of a commit."""

    document: strawberry.Private[Document[Entity]]
    pointer: strawberry.Private[str]
    path: str = strawberry.field(description="The file, as a path inside the catalog's repository.")
    line: int = strawberry.field(
        resolver=_line, description="The line, counted from 1.", metadata=FROM_SNAPSHOT
    )
    version: int | None = strawberry.field(
        description="The version of the rate plan; null where the document has no versions."
    )
    commit: str | None = strawberry.field(
        description="The git commit; null when the catalog was read from a directory."
    )


def source_of(document: Document[Entity], commit: str | None, pointer: str = "") -> Source:
    """Where the value at `pointer` of `document` is written."""
    plan = document.entity
    return Source(
        document=document,
        pointer=pointer,
        path=document.path,
        version=plan.version if isinstance(plan, RatePlan) else None,
        commit=commit,
    )
