"""`ratePlan`: one version of a rate plan, and why it is that one."""

from datetime import datetime
from typing import Annotated, Union

import strawberry
from strawberry import UNSET

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan as PlanEntity
from planql.catalog.versions import version_in_force
from planql.errors import PlanqlError
from planql.gateway.context import Context, Info
from planql.gateway.queries.catalog_refs import Ref, context_at
from planql.gateway.types.enums import VersionReason
from planql.gateway.types.errors import InvalidInputError, UnknownReferenceError, user_error
from planql.gateway.types.products import RatePlan


@strawberry.type(description="A version of a rate plan, and why it is this one.")
class ChosenRatePlan:
    """An answer of `ratePlan`."""

    rate_plan: RatePlan = strawberry.field(description="The version.")
    reason: VersionReason = strawberry.field(description="What made it the one.")
    because: str = strawberry.field(description="The reason as a sentence.")


RatePlanResult = Annotated[
    Union[ChosenRatePlan, UnknownReferenceError, InvalidInputError],  # noqa: UP007 - read at run time
    strawberry.union("RatePlanResult", description="A version of a rate plan, or a mistake."),
]

Key = Annotated[str, strawberry.argument(description="Key of the rate plan.")]
Version = Annotated[
    int | None,
    strawberry.argument(description="Its version; the one in force, when left out."),
]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(
        description="When the version is to be in force, on the day in the catalog's time zone; "
        "now, when left out."
    ),
]


def resolve_rate_plan(
    info: Info, key: Key, version: Version = UNSET, as_of: AsOf = UNSET
) -> RatePlanResult:
    """The version asked for, or the one in force."""
    return _chosen(info.context, key, version or None, as_of or None)


async def resolve_rate_plan_at(
    info: Info, key: Key, version: Version = UNSET, as_of: AsOf = UNSET, ref: Ref = UNSET
) -> RatePlanResult:
    """The version asked for, or the one in force, at a ref."""
    try:
        context = await context_at(info.context, ref or None)
    except PlanqlError as error:
        return user_error(error, {"ref": ref})
    return _chosen(context, key, version or None, as_of or None)


def _chosen(
    context: Context, key: str, version: int | None, as_of: datetime | None
) -> ChosenRatePlan | UnknownReferenceError | InvalidInputError:
    try:
        found, because = choose_version(context, key, version, as_of)
    except PlanqlError as error:
        return user_error(error, {"key": key})
    plan = found.entity
    return ChosenRatePlan(
        rate_plan=context.served.rate_plans[plan.key, plan.version],
        reason=VersionReason.REQUESTED if version else VersionReason.IN_FORCE,
        because=because,
    )


def choose_version(
    context: Context, key: str, version: int | None, as_of: datetime | None
) -> tuple[Document[PlanEntity], str]:
    """A version of a plan, and a sentence that says why it is this one.

    Raises:
        UnknownReference: there is no such plan or version, or none was in force.
    """
    catalog = context.served.catalog
    if version is not None:
        found = catalog.rate_plan(key, version)
        return found, f"version {version} was asked for; it is {found.entity.status}"
    day = context.served.day_of(as_of or context.now)
    found = catalog.rate_plan_in_force(key, day)
    versions = [document.entity for document in catalog.rate_plans[key].values()]
    return found, version_in_force(key, versions, day).reason
