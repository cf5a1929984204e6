"""`ref`: the prices of another commit, such as that of a pull request, in place of the served."""

from typing import Annotated

import strawberry
from msgspec.structs import replace

from planql.errors import PlanqlError
from planql.gateway.context import Context
from planql.gateway.served import Served

Ref = Annotated[
    str | None,
    strawberry.argument(
        description="A branch, or a full ref such as `refs/pull/12/head`, that the server was told "
        "to show; what is served, when left out."
    ),
]


async def served_at(context: Context, ref: str | None, pointer: str = "/ref") -> Served:
    """The catalog at a ref; what is served, without one.

    Args:
        context: Of the request.
        ref: The ref.
        pointer: Where in the arguments it stands.

    Raises:
        SourceError: `no-repository`, `invalid-ref`, or the repository cannot be read.
        UnknownReference: there is no such ref, or it is not to be looked at.
        InvalidCatalog: its catalog has errors.
    """
    if not ref:
        return context.served
    try:
        return await context.git.previews.at(ref)
    except PlanqlError as error:
        error.pointer = pointer
        raise


async def context_at(context: Context, ref: str | None, pointer: str = "/ref") -> Context:
    """The context of a request that asks at a ref; raises as `served_at`."""
    return replace(context, served=await served_at(context, ref, pointer))
