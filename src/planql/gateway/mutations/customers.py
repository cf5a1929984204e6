"""`createCustomer` and `createSubscription`."""

from typing import Annotated, Union

import strawberry

from planql.errors import PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.changes import NewSubscriptionInput
from planql.gateway.inputs.stories import CustomerInput
from planql.gateway.mutations.changes import ChangedSubscription, CustomerKey
from planql.gateway.types.customers import Customer, customer_view, subscription_view_of
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.previews import preview_view
from planql.stores.creations import create_customer, create_subscription

CreateCustomerResult = Annotated[
    Union[Customer, InvalidInputError, UnknownReferenceError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("CreateCustomerResult", description="The new customer, or a mistake."),
]

CreateSubscriptionResult = Annotated[
    Union[ChangedSubscription, InvalidInputError, UnknownReferenceError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("CreateSubscriptionResult", description="The new subscription, or a mistake."),
]

NewCustomer = Annotated[CustomerInput, strawberry.argument(description="Who is billed.")]
NewSubscription = Annotated[
    NewSubscriptionInput, strawberry.argument(description="What they subscribe to.")
]


async def resolve_create_customer(info: Info, customer: NewCustomer) -> CreateCustomerResult:
    """Store a customer."""
    try:
        stored = info.context.stored
        document = customer.as_document()
        await stored.run(create_customer, document)
        return customer_view(await stored.customer(str(document["key"])))
    except PlanqlError as error:
        return stored_error(error, {"customer": customer}, "/customer")


async def resolve_create_subscription(
    info: Info, customer: CustomerKey, subscription: NewSubscription
) -> CreateSubscriptionResult:
    """Store a subscription."""
    try:
        stored = info.context.stored
        document = subscription.as_document()
        preview = await stored.run(create_subscription, customer, document)
        held = await stored.changed(customer)
        return ChangedSubscription(
            subscription=subscription_view_of(held, str(document["key"]), info),
            preview=preview_view(preview, held.history.time_zone),
        )
    except PlanqlError as error:
        return stored_error(error, {"subscription": subscription}, "/subscription")
