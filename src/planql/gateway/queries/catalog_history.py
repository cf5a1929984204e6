"""`catalogHistory`: the commits that touched the prices."""

from typing import Annotated, Union

import strawberry
from strawberry import UNSET

from planql.errors import PlanqlError
from planql.gateway.context import Info
from planql.gateway.types.catalog_histories import CatalogHistoryConnection, history_view
from planql.gateway.types.connections import After, First, named_by, require_page
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)

CatalogHistoryResult = Annotated[
    Union[CatalogHistoryConnection, UnknownReferenceError, InvalidInputError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("CatalogHistoryResult", description="Commits, or a mistake."),
]

PlanKey = Annotated[
    str | None,
    strawberry.argument(
        description="Key of a rate plan: only what touched it; all of the catalog, when left out."
    ),
]


async def resolve_catalog_history(
    info: Info, first: First = 20, after: After = UNSET, rate_plan: PlanKey = UNSET
) -> CatalogHistoryResult:
    """What led to the catalog that is served."""
    try:
        require_page(first)
        older_than = named_by(after) if after else None
        commit = info.context.served.catalog.commit or ""
        git = info.context.git
        found = await git.history(commit, first + 1, older_than, rate_plan or None)
    except PlanqlError as error:
        return stored_error(error, {"first": first, "after": after, "ratePlan": rate_plan})
    return history_view(found, first, is_continued=older_than is not None)
