"""`customer` and `invoice`: what is stored."""

from typing import Annotated, Final, Union

import strawberry

from planql.errors import PlanqlError, UnknownReference
from planql.gateway.context import Info
from planql.gateway.types.customers import Customer, customer_view
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.issued import IssuedInvoice, issued_view
from planql.stores.desk import Desk
from planql.stores.invoices import IssuedInvoice as StoredInvoice
from planql.stores.invoices import read_invoice

CustomerResult = Annotated[
    Union[Customer, UnknownReferenceError, InvalidInputError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("CustomerResult", description="A customer, or a mistake."),
]

InvoiceResult = Annotated[
    Union[IssuedInvoice, UnknownReferenceError, InvalidInputError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("InvoiceResult", description="An issued invoice, or a mistake."),
]

_DIGITS: Final = 18
"""Of a number that a database can hold."""

Key = Annotated[str, strawberry.argument(description="Key of the customer.")]
Number = Annotated[str, strawberry.argument(description="Number of the invoice: `INV-000042`.")]


async def resolve_customer(info: Info, key: Key) -> CustomerResult:
    """A stored customer."""
    return await customer_result(info, key)


async def resolve_invoice(info: Info, number: Number) -> InvoiceResult:
    """An issued invoice."""
    return await invoice_result(info, number)


async def customer_result(info: Info, key: str) -> CustomerResult:
    """The customer `key`, or a mistake."""
    try:
        return customer_view(await info.context.stored.customer(key))
    except PlanqlError as error:
        return stored_error(error, {"key": key})


async def invoice_result(info: Info, number: str, customer: str | None = None) -> InvoiceResult:
    """The invoice `number`, or a mistake; with `customer`, only if it is theirs."""
    try:
        return issued_view(await info.context.stored.run(_invoice, number, customer))
    except PlanqlError as error:
        return stored_error(error, {"number": number})


def _invoice(desk: Desk, number: str, customer: str | None) -> StoredInvoice:
    issuer, _, digits = number.rpartition("-")
    unknown = UnknownReference("unknown-invoice", f'there is no invoice "{number}"')
    if not (issuer and digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
        raise unknown
    try:
        found = read_invoice(desk.database, issuer, int(digits))
    except UnknownReference:
        raise unknown from None
    # What is someone else's is answered word for word like what does not exist.
    if customer not in {None, found.identity.customer}:
        raise unknown
    return found
