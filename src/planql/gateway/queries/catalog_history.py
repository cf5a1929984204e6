"""`catalogHistory`: the commits that touched the prices."""

from typing import Annotated, Final, Union

import strawberry
from strawberry import UNSET

from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.types.catalog_histories import CatalogHistory, history_view
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)

_MOST: Final = 100

CatalogHistoryResult = Annotated[
    Union[CatalogHistory, UnknownReferenceError, InvalidInputError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("CatalogHistoryResult", description="Commits, or a mistake."),
]

First = Annotated[
    int, strawberry.argument(description=f"How many of the newest commits; at most {_MOST}.")
]
After = Annotated[
    str | None,
    strawberry.argument(description="Full name of a commit of this history: only older ones."),
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
        _require_page(first)
        commit = info.context.served.catalog.commit or ""
        git = info.context.git
        found = await git.history(commit, first + 1, after or None, rate_plan or None)
    except PlanqlError as error:
        return stored_error(error, {"first": first, "after": after, "ratePlan": rate_plan})
    return history_view(found, first)


def _require_page(first: int) -> None:
    if not 1 <= first <= _MOST:
        raise InvalidInput(
            "page-size",
            f'"first" is {first}; it must be between 1 and {_MOST}',
            pointer="/first",
        )
