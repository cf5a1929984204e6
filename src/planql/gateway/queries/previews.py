"""`previewChange` and `previewCancellation`: what a change would do, stored or inline."""

import asyncio
from typing import Annotated, Union

import strawberry
from strawberry import UNSET

from planql.billing.places import located
from planql.billing.preview import history_in
from planql.billing.revisions import Request, revise
from planql.billing.stories import Story
from planql.entity import read_entity
from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.changes import SubscriptionChangeInput
from planql.gateway.inputs.stories import StoryInput
from planql.gateway.queries.invoices import require_bounded
from planql.gateway.types.enums import EffectiveTime
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.previews import ChangePreview, confirmable_view, preview_view
from planql.stores.changes import Target, preview

ChangePreviewResult = Annotated[
    Union[ChangePreview, UnknownReferenceError, InvalidInputError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("ChangePreviewResult", description="What a change would do, or a mistake."),
]

CustomerKey = Annotated[
    str | None, strawberry.argument(description="Key of a stored customer; or there is `story`.")
]
Told = Annotated[
    StoryInput | None,
    strawberry.argument(
        description="A customer who is stored nowhere: the change is asked for at `asOf`, and all "
        "that was due before counts as invoiced."
    ),
]
SubscriptionKey = Annotated[str, strawberry.argument(description="Key of the subscription.")]
Change = Annotated[SubscriptionChangeInput, strawberry.argument(description="What would change.")]
Effective = Annotated[
    EffectiveTime, strawberry.argument(description="At once, or at the end of the running period.")
]


async def resolve_preview_change(
    info: Info,
    change: Change,
    customer: CustomerKey = UNSET,
    story: Told = UNSET,
    subscription: SubscriptionKey = "main",
) -> ChangePreviewResult:
    """What another plan, version, quantity, discount or price would do."""
    try:
        return await _preview(info, customer, story, subscription, change.as_document())
    except PlanqlError as error:
        return stored_error(error, {"change": change, "story": story})


async def resolve_preview_cancellation(
    info: Info,
    customer: CustomerKey = UNSET,
    story: Told = UNSET,
    subscription: SubscriptionKey = "main",
    effective: Effective = EffectiveTime.PERIOD_END,
) -> ChangePreviewResult:
    """What the end of a subscription would do."""
    request = {"cancel": effective.value}
    try:
        return await _preview(info, customer, story, subscription, request)
    except PlanqlError as error:
        if error.pointer.startswith("/change"):
            error.pointer = ""
        return stored_error(error, {"story": story})


async def _preview(
    info: Info,
    customer: str | None,
    story: StoryInput | None,
    subscription: str,
    request: Request,
) -> ChangePreview:
    if bool(customer) is bool(story):
        raise InvalidInput(
            "one-of", "whose subscription it is must be said once: by `customer`, or by `story`"
        )
    if story:
        return await asyncio.to_thread(_inline, info, story, subscription, request)
    stored = info.context.stored
    target = Target(customer or "", subscription)
    found = await stored.run(preview, target, request)
    held = await stored.customer(target.customer)
    return confirmable_view(found, held.history.time_zone)


def _inline(info: Info, told: StoryInput, subscription: str, request: Request) -> ChangePreview:
    """The preview for a customer who is stored nowhere; nothing can be confirmed."""
    with located("/story"):
        story = read_entity(Story, told.as_document())
        require_bounded(story)
        history = history_in(story, info.context.served.catalog)
    revision = revise(history, subscription, request, story.as_of)
    return preview_view(revision.preview.preview, history.time_zone)
