"""The mutations of a subscription: change, cancel, pause, resume, redeem, adjust."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Union

import strawberry
from strawberry import UNSET

from planql.billing.change_previews import ChangePreview as Previewed
from planql.billing.revisions import Request
from planql.errors import PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.changes import DiscountInput, SubscriptionChangeInput
from planql.gateway.types.customers import subscription_view_of
from planql.gateway.types.enums import EffectiveTime
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.previews import (
    ChangePreview,
    StalePreviewError,
    StaleReason,
    confirmable_view,
    preview_view,
)
from planql.gateway.types.subscriptions import Subscription
from planql.money import plain
from planql.stores.changes import (
    Confirmed,
    Stale,
    Target,
    add_adjustment,
    change,
    discount_of_code,
    redeem_discount,
)


@strawberry.type(description="A subscription after a change, and what the change does.")
class ChangedSubscription:
    """An answer of the mutations of subscriptions."""

    subscription: Subscription = strawberry.field(description="As it stands now.")
    preview: ChangePreview = strawberry.field(
        description="What the billing run issues for the change, and the upcoming invoice."
    )


ChangeResult = Annotated[
    Union[  # noqa: UP007 - read at run time
        ChangedSubscription,
        StalePreviewError,
        InvalidInputError,
        UnknownReferenceError,
        UnavailableError,
    ],
    strawberry.union(
        "ChangeResult", description="The changed subscription, new amounts, or a mistake."
    ),
]

CustomerKey = Annotated[str, strawberry.argument(description="Key of the customer.")]
SubscriptionKey = Annotated[str, strawberry.argument(description="Key of the subscription.")]
Change = Annotated[SubscriptionChangeInput, strawberry.argument(description="What changes.")]
Token = Annotated[
    str | None,
    strawberry.argument(
        description="Of a preview of the same change: nothing is stored if the change would do "
        "something else by now. Without it the change is stored whatever it costs."
    ),
]
Effective = Annotated[
    EffectiveTime, strawberry.argument(description="At once, or at the end of the running period.")
]
Discount = Annotated[DiscountInput, strawberry.argument(description="What is redeemed.")]
Amount = Annotated[
    Decimal,
    strawberry.argument(description="In the currency of the plan; below 0 is a credit."),
]
Reason = Annotated[str, strawberry.argument(description="Why, for the invoice.")]


async def resolve_change_subscription(
    info: Info,
    customer: CustomerKey,
    change: Change,
    subscription: SubscriptionKey = "main",
    token: Token = UNSET,
) -> ChangeResult:
    """Another plan, version, quantity, discount or price."""
    arguments = {"change": change, "token": token}
    target = Target(customer, subscription)
    return await _changed(info, target, change.as_document(), token, arguments)


async def resolve_cancel_subscription(
    info: Info,
    customer: CustomerKey,
    subscription: SubscriptionKey = "main",
    effective: Effective = EffectiveTime.PERIOD_END,
    token: Token = UNSET,
) -> ChangeResult:
    """The end of a subscription."""
    request = {"cancel": effective.value}
    return await _changed(info, Target(customer, subscription), request, token, {"token": token})


async def resolve_uncancel_subscription(
    info: Info, customer: CustomerKey, subscription: SubscriptionKey = "main"
) -> ChangeResult:
    """Take a cancellation at period end back."""
    return await _changed(info, Target(customer, subscription), {"uncancel": True})


async def resolve_pause_subscription(
    info: Info, customer: CustomerKey, subscription: SubscriptionKey = "main"
) -> ChangeResult:
    """Stop recurring charges."""
    return await _changed(info, Target(customer, subscription), {"pause": True})


async def resolve_resume_subscription(
    info: Info, customer: CustomerKey, subscription: SubscriptionKey = "main"
) -> ChangeResult:
    """Start recurring charges again."""
    return await _changed(info, Target(customer, subscription), {"resume": True})


async def resolve_redeem_discount(
    info: Info, customer: CustomerKey, discount: Discount, subscription: SubscriptionKey = "main"
) -> ChangeResult:
    """One more discount."""
    target = Target(customer, subscription)
    try:
        key = discount.key or discount_of_code(info.context.served.catalog, discount.code or "")
        return await _answer(
            info, target, await info.context.stored.run(redeem_discount, target, key)
        )
    except PlanqlError as error:
        return _mistake(error, {"discount": discount})


async def resolve_add_adjustment(
    info: Info,
    customer: CustomerKey,
    amount: Amount,
    reason: Reason,
    subscription: SubscriptionKey = "main",
) -> ChangeResult:
    """A credit or a debit given by hand."""
    target = Target(customer, subscription)
    try:
        found = await info.context.stored.run(add_adjustment, target, plain(amount), reason)
        return await _after(info, target, found)
    except PlanqlError as error:
        return stored_error(error, {"amount": amount, "reason": reason})


async def _changed(
    info: Info,
    target: Target,
    request: Request,
    token: str | None = None,
    arguments: Mapping[str, object] | None = None,
) -> ChangeResult:
    try:
        outcome = await info.context.stored.run(change, target, request, token or None)
        return await _answer(info, target, outcome)
    except PlanqlError as error:
        return _mistake(error, arguments or {})


async def _answer(info: Info, target: Target, outcome: Confirmed | Stale) -> ChangeResult:
    if isinstance(outcome, Confirmed):
        return await _after(info, target, outcome.preview.preview)
    held = await info.context.stored.customer(target.customer)
    told = {
        "expired": "the preview is too old",
        "moved": "the change would do something else by now",
    }
    return StalePreviewError(
        code="stale-token",
        message=f"{told[outcome.reason]}: nothing was changed",
        hint="show the new amounts, and confirm them with the new token",
        path=["token"],
        reason=StaleReason(outcome.reason),
        preview=confirmable_view(outcome.preview, held.history.time_zone),
    )


async def _after(info: Info, target: Target, found: Previewed) -> ChangedSubscription:
    """The subscription after a change that was stored."""
    held = await info.context.stored.changed(target.customer)
    return ChangedSubscription(
        subscription=subscription_view_of(held, target.subscription, info),
        preview=preview_view(found, held.history.time_zone),
    )


def _mistake(
    error: PlanqlError, arguments: Mapping[str, object]
) -> InvalidInputError | UnknownReferenceError | UnavailableError:
    """A mistake at its place in the arguments, as far as these hold it."""
    member = error.pointer.split("/")[1:2]
    if member and member[0] not in arguments:
        error.pointer = ""
    return stored_error(error, arguments)
