"""`catalogDiff`: what changed between two refs."""

import asyncio
from datetime import datetime
from typing import Annotated, Union

import strawberry
from strawberry import UNSET

from planql.catalog.diff import diff_catalogs
from planql.errors import PlanqlError
from planql.gateway.context import Context, Info
from planql.gateway.queries.catalog_refs import served_at
from planql.gateway.served import Served
from planql.gateway.types.catalog_diffs import CatalogDiff, diff_view
from planql.gateway.types.catalog_problems import InvalidCatalogError, invalid_catalog_view
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.sources import InvalidCatalog

CatalogDiffResult = Annotated[
    Union[  # noqa: UP007 - read at run time
        CatalogDiff, InvalidCatalogError, UnknownReferenceError, InvalidInputError, UnavailableError
    ],
    strawberry.union("CatalogDiffResult", description="What changed, or a mistake."),
]

Base = Annotated[
    str | None,
    strawberry.argument(description="The ref before; what is served, when left out."),
]
Head = Annotated[
    str | None,
    strawberry.argument(description="The ref now; what is served, when left out."),
]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(
        description="When this is asked: an `effectiveFrom` that has not come may still be moved; "
        "now, when left out."
    ),
]


async def resolve_catalog_diff(
    info: Info, base: Base = UNSET, head: Head = UNSET, as_of: AsOf = UNSET
) -> CatalogDiffResult:
    """What changed from one ref to another."""
    try:
        before = await served_at(info.context, base or None, "/base")
        after = await served_at(info.context, head or None, "/head")
        return await asyncio.to_thread(_diff, info.context, before, after, as_of or None)
    except InvalidCatalog as error:
        return invalid_catalog_view(error, [error.pointer.removeprefix("/")])
    except PlanqlError as error:
        return stored_error(error, {"base": base, "head": head})


def _diff(context: Context, base: Served, head: Served, as_of: datetime | None) -> CatalogDiff:
    day = head.day_of(as_of or context.now)
    found = diff_catalogs(base.catalog, head.catalog, day)
    return diff_view(found, base.catalog, head.catalog)
