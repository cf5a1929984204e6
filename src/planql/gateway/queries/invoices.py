"""`previewInvoice`: the invoices of a story that is stored nowhere."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final, Union

import strawberry

from planql.billing.due import zone_of
from planql.billing.preview import due_in
from planql.billing.stories import Story
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity
from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.stories import StoryInput
from planql.gateway.types.errors import InvalidInputError, UnknownReferenceError, user_error
from planql.gateway.types.invoices import InvoicePreview, invoice_preview

_LONGEST: Final = timedelta(days=20 * 366)
"""What subscriptions may last in all in a preview: with a daily cycle that is 7,320 invoices."""

PreviewResult = Annotated[
    Union[InvoicePreview, UnknownReferenceError, InvalidInputError],  # noqa: UP007 - read at run time
    strawberry.union("PreviewResult", description="What is due in a story, or a mistake."),
]

StoryArgument = Annotated[
    StoryInput, strawberry.argument(description="Who, what they subscribed to, what they used.")
]


async def resolve_preview_invoice(info: Info, story: StoryArgument) -> PreviewResult:
    """The invoices that the billing run would issue."""
    catalog = info.context.served.catalog
    try:
        # A long story takes a while, and other requests are not to wait for it.
        return await asyncio.to_thread(_preview, story.as_document(), catalog)
    except PlanqlError as error:
        return user_error(error, {"story": story}, "/story")


def _preview(document: Mapping[str, object], catalog: Catalog) -> InvoicePreview:
    story = read_entity(Story, document)
    require_bounded(story)
    return invoice_preview(due_in(story, catalog), story.as_of, zone_of(story.customer, catalog))


def require_bounded(story: Story) -> None:
    """Refuse a story that would take long.

    Raises:
        InvalidInput: `story-too-long`.
    """
    lives = [max(story.as_of - each.started_at, timedelta()) for each in story.subscriptions]
    if sum(lives, timedelta()) > _LONGEST:
        raise InvalidInput(
            "story-too-long",
            f"the subscriptions last longer than {_LONGEST.days} days in all",
            pointer="/subscriptions",
            hint="preview a shorter time",
        )
