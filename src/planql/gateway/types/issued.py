"""Issued invoices: read from the documents that were stored, never computed again."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import strawberry

from planql.billing import invoices
from planql.billing.explanations import explain_invoice
from planql.billing.reading import read_invoice
from planql.gateway.types.invoices import Invoice, invoice_view
from planql.periods import zone
from planql.stores.billing_run import invoice_number
from planql.stores.invoices import IssuedInvoice as StoredInvoice


def _explanation(root: strawberry.Parent["IssuedInvoice"]) -> str:
    return explain_invoice(root.read, root.zone)


@strawberry.type(description="An invoice that was issued. It never changes.")
class IssuedInvoice(Invoice):
    """An invoice with its number."""

    read: strawberry.Private[invoices.Invoice]
    zone: strawberry.Private[ZoneInfo]
    number: str = strawberry.field(description="Its number: `INV-000042`; numbers have no gaps.")
    customer: str = strawberry.field(description="Key of the customer.")
    issued_at: datetime = strawberry.field(description="When the billing run issued it.")
    digest: str = strawberry.field(
        description="SHA-256 of the stored document, in hexadecimal; it shows that nothing changed."
    )
    catalog_commit: str | None = strawberry.field(
        description="The commit of the catalog that it was computed from; null is a directory."
    )
    explanation: str = strawberry.field(
        resolver=_explanation,
        description="Every line and sum, as a person would do the sum on paper.",
    )


def issued_view(stored: StoredInvoice) -> IssuedInvoice:
    """An issued invoice as the schema shows it."""
    document = json.loads(stored.document)
    time_zone = zone(document["time_zone"])
    read = read_invoice(document, time_zone)
    view = invoice_view(read, time_zone)
    return IssuedInvoice(
        **vars(view),
        read=read,
        zone=time_zone,
        number=invoice_number(stored.issuer, stored.number),
        customer=stored.identity.customer,
        issued_at=stored.issued_at,
        digest=stored.digest,
        catalog_commit=stored.catalog_commit,
    )
