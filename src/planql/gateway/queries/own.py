"""What a customer sees of what is stored: their own, by the `sub` of their token, never by a key.

These stand in the customer's schema under the names that `queries.customers` and
`queries.previews` have in the schemas of servers and administrators.
"""

from dataclasses import replace
from typing import cast

from planql.billing.revisions import Request
from planql.errors import PlanqlError
from planql.gateway.context import Info
from planql.gateway.principals import Customer
from planql.gateway.public import sold_to
from planql.gateway.queries.customers import (
    CustomerResult,
    InvoiceResult,
    Number,
    customer_result,
    invoice_result,
)
from planql.gateway.queries.previews import Change, ChangePreviewResult, Effective, SubscriptionKey
from planql.gateway.stored import Stored
from planql.gateway.types.enums import EffectiveTime
from planql.gateway.types.errors import stored_error
from planql.gateway.types.previews import ChangePreview, confirmable_view
from planql.stores.changes import Target, preview


async def resolve_own_customer(info: Info) -> CustomerResult:
    """The customer who asks."""
    return await customer_result(info, _own_key(info))


async def resolve_own_invoice(info: Info, number: Number) -> InvoiceResult:
    """An issued invoice of the customer who asks; one of another's does not exist."""
    return await invoice_result(info, number, _own_key(info))


async def resolve_preview_own_change(
    info: Info, change: Change, subscription: SubscriptionKey = "main"
) -> ChangePreviewResult:
    """What a change of a subscription of the customer who asks would do."""
    try:
        return await _preview(info, subscription, change.as_document())
    except PlanqlError as error:
        return stored_error(error, {"change": change})


async def resolve_preview_own_cancellation(
    info: Info,
    subscription: SubscriptionKey = "main",
    effective: Effective = EffectiveTime.PERIOD_END,
) -> ChangePreviewResult:
    """What the end of a subscription of the customer who asks would do."""
    try:
        return await _preview(info, subscription, {"cancel": effective.value})
    except PlanqlError as error:
        error.pointer = ""
        return stored_error(error, {})


async def _preview(info: Info, subscription: str, request: Request) -> ChangePreview:
    """A preview from what is sold to the customer, so that no mistake names what is not."""
    stored, key = info.context.stored, _own_key(info)
    held = await stored.customer(key)
    sold = sold_to(stored.desk.catalog, held.history.subscriptions)
    found = await Stored(replace(stored.desk, catalog=sold)).run(
        preview, Target(key, subscription), request
    )
    return confirmable_view(found, held.history.time_zone)


def _own_key(info: Info) -> str:
    # Only the customer's schema has these fields, so nobody else comes here.
    return cast("Customer", info.context.principal).key
