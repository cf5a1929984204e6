"""Issued invoices in the database: numbered without gaps, never changed, each issued once.

A number is allocated in the transaction that stores its invoice, under a lock on the issuer:
either both stand or neither, so that no number is skipped or given twice, whoever crashes and
however many runs go on at once. What a customer is to be invoiced was decided on the invoices the
customer had; if another run has issued some meanwhile, nothing is issued, and the decision is
made anew.

Source: RULES 8.4 (docs/rules/invoices.md).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from planql.errors import UnknownReference
from planql.stores.database import Database
from planql.stores.quiet_accounts import QuietAccount, note_quiet
from planql.stores.tables import from_micros, invoices, issuers, to_micros


@dataclass(frozen=True, slots=True, order=True)
class InvoiceIdentity:
    """What makes an invoice the same invoice, before it has a number.

    Attributes:
        issued_on: The customer's local day.
        ordinal: 0 for the first invoice of that customer, currency and day.
    """

    customer: str
    currency: str
    issued_on: date
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class IssuedInvoice:
    """An invoice that was issued.

    Attributes:
        document: The whole invoice as JSON text, number included.
        digest: SHA-256 of the document, in hexadecimal.
        catalog_commit: The commit of the catalog it was computed from; None is a directory.
    """

    issuer: str
    number: int
    identity: InvoiceIdentity
    issued_at: datetime
    document: str
    digest: str
    catalog_commit: str | None


@dataclass(frozen=True, slots=True)
class DueInvoice:
    """An invoice that is due, and how its document is made once its number is known."""

    identity: InvoiceIdentity
    compose: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one customer is to be invoiced.

    Attributes:
        seen: How many invoices the customer had when this was decided.
        due: In the order in which they get their numbers.
        quiet: For how long nothing else is due then; None when that is not known.
    """

    customer: str
    seen: int
    due: tuple[DueInvoice, ...]
    quiet: QuietAccount | None = None


@dataclass(frozen=True, slots=True)
class Issuance:
    """By whom, when and from what invoices are issued.

    Attributes:
        issuer: Whose numbers are used.
        at: When.
        catalog_commit: The commit of the catalog; None is a directory.
    """

    issuer: str
    at: datetime
    catalog_commit: str | None

    def invoice(self, due: DueInvoice, number: int) -> IssuedInvoice:
        """The invoice that `due` becomes under `number`."""
        document = due.compose(number)
        digest = sha256(document.encode()).hexdigest()
        return IssuedInvoice(
            self.issuer, number, due.identity, self.at, document, digest, self.catalog_commit
        )


@dataclass(frozen=True, slots=True)
class IssuedBatches:
    """What came of some batches.

    Attributes:
        invoices: Issued by this call.
        overtaken: Customers for whom another run has issued something meanwhile.
    """

    invoices: tuple[IssuedInvoice, ...]
    overtaken: tuple[str, ...]


def issue_invoices(
    database: Database, issuance: Issuance, batches: Sequence[Batch]
) -> IssuedBatches:
    """Issue the invoices of some customers, all in one transaction, and note who is quiet."""
    with database.writing() as connection:
        last = _lock_issuer(connection, issuance.issuer, is_postgresql=database.is_postgresql)
        counts = _counts(connection, [batch.customer for batch in batches])
        current = [batch for batch in batches if counts.get(batch.customer, 0) == batch.seen]
        due = [invoice for batch in current for invoice in batch.due]
        issued = tuple(
            issuance.invoice(invoice, last + 1 + place) for place, invoice in enumerate(due)
        )
        _insert(connection, issued)
        note_quiet(connection, [batch.quiet for batch in current if batch.quiet is not None])
    overtaken = tuple(batch.customer for batch in batches if batch not in current)
    return IssuedBatches(issued, overtaken)


def read_invoice(database: Database, issuer: str, number: int) -> IssuedInvoice:
    """An issued invoice.

    Raises:
        UnknownReference: the issuer has given no such number.
    """
    statement = select(invoices).where(invoices.c.issuer == issuer, invoices.c.number == number)
    with database.reading() as connection:
        row = connection.execute(statement).one_or_none()
    if row is None:
        raise UnknownReference("unknown-invoice", f'there is no invoice "{issuer}-{number}"')
    return _issued(row)


def list_invoices(database: Database, customers: Collection[str]) -> list[IssuedInvoice]:
    """All invoices of some customers, in the order in which they were issued."""
    statement = select(invoices).where(invoices.c.customer.in_(customers))
    with database.reading() as connection:
        rows = connection.execute(statement.order_by(invoices.c.issued_at, invoices.c.number))
        return [_issued(row) for row in rows]


def _lock_issuer(connection: Connection, issuer: str, *, is_postgresql: bool) -> int:
    """The last number the issuer has given, held until the transaction ends."""
    insert = postgresql_insert if is_postgresql else sqlite_insert
    connection.execute(insert(issuers).values(key=issuer, last_number=0).on_conflict_do_nothing())
    statement = select(issuers.c.last_number).where(issuers.c.key == issuer)
    last: int = connection.execute(statement.with_for_update()).scalar_one()
    return last


def _counts(connection: Connection, customers: Collection[str]) -> dict[str, int]:
    """How many invoices each customer has; customers without any are left out."""
    statement = (
        select(invoices.c.customer, func.count())
        .where(invoices.c.customer.in_(customers))
        .group_by(invoices.c.customer)
    )
    return {row.customer: row[1] for row in connection.execute(statement)}


def _insert(connection: Connection, issued: Sequence[IssuedInvoice]) -> None:
    if not issued:
        return
    connection.execute(invoices.insert(), [_row(invoice) for invoice in issued])
    last = issued[-1]
    connection.execute(
        update(issuers).where(issuers.c.key == last.issuer).values(last_number=last.number)
    )


def _row(invoice: IssuedInvoice) -> dict[str, Any]:
    return {
        "issuer": invoice.issuer,
        "number": invoice.number,
        "customer": invoice.identity.customer,
        "currency": invoice.identity.currency,
        "issued_on": invoice.identity.issued_on,
        "ordinal": invoice.identity.ordinal,
        "issued_at": to_micros(invoice.issued_at),
        "document": invoice.document,
        "digest": invoice.digest,
        "catalog_commit": invoice.catalog_commit,
    }


def _issued(row: Row[Any]) -> IssuedInvoice:
    return IssuedInvoice(
        row.issuer,
        row.number,
        InvoiceIdentity(row.customer, row.currency, row.issued_on, row.ordinal),
        from_micros(row.issued_at),
        row.document,
        row.digest,
        row.catalog_commit,
    )
