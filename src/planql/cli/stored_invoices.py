"""Issued invoices and the upcoming one, of a database, for `planql invoice`."""

import json
import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from planql.billing.documents import invoice_document
from planql.billing.explanations import explain_invoice
from planql.billing.reading import read_invoice as read_document
from planql.billing.upcoming import Upcoming, upcoming
from planql.catalog.snapshot import Catalog
from planql.cli.reporters.invoice_text import invoice_table
from planql.cli.screens import Screen, print_table
from planql.periods import local_day
from planql.stores.accounts import ALL_TIME, StoredAccount, read_account
from planql.stores.database import Database
from planql.stores.invoices import IssuedInvoice, read_invoice

_NUMBER: Final = re.compile(r"(.+)-0*([1-9][0-9]{0,17})")


def is_number(text: str) -> bool:
    """Whether `text` can be an invoice's number: INV-000042."""
    return _NUMBER.fullmatch(text) is not None


def show_issued(database: Database, number: str, form: str, *, is_explained: bool) -> None:
    """Print an issued invoice as it was stored; nothing is computed again.

    Raises:
        UnknownReference: no invoice has that number.
    """
    found = _NUMBER.fullmatch(number)
    assert found is not None  # noqa: S101 - the caller has asked `is_number`
    issued = read_invoice(database, found[1], int(found[2]))
    document = json.loads(issued.document)
    if form == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(_head(document) + "\n")
    time_zone = ZoneInfo(document["time_zone"])
    invoice = read_document(document, time_zone)
    if is_explained:
        click.echo(explain_invoice(invoice, time_zone))
    else:
        print_table(Screen(), invoice_table(invoice, time_zone))


def _head(document: dict[str, Any]) -> str:
    commit = document["catalog"]["commit"]
    priced = f"catalog at {commit}" if commit else "catalog of a directory"
    return f"{document['number']} to {document['customer']} ({document['time_zone']}), {priced}"


def show_customer(
    database: Database, catalog: Catalog, key: str, as_of: datetime, form: str
) -> None:
    """Print a customer's invoices, and what the next one will be.

    Raises:
        UnknownReference: there is no such customer.
    """
    account = read_account(database, catalog, key, ALL_TIME)
    coming = upcoming(account.history(catalog), as_of)
    if form == "json":
        document = _document(account, coming)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(account, coming)


def _document(account: StoredAccount, coming: Upcoming) -> dict[str, object]:
    return {
        "customer": account.customer.key,
        "invoices": [json.loads(each.document) for each in account.issued],
        "upcoming": {
            "at": None if coming.at is None else coming.at.isoformat(),
            "invoices": [invoice_document(each, account.time_zone) for each in coming.invoices],
            "empty_because": coming.empty_because,
            "notices": list(coming.notices),
        },
    }


def _print(account: StoredAccount, coming: Upcoming) -> None:
    screen = Screen()
    table = Table(title=f"Invoices of {account.customer.key}", box=None, title_justify="left")
    for heading in ("number", "issued on"):
        table.add_column(heading)
    for heading in ("total", "amount due", "credit left"):
        table.add_column(heading, justify="right")
    for issued in account.issued:
        table.add_row(*_row(issued))
    print_table(screen, table)
    day = "" if coming.at is None else f" on {local_day(coming.at, account.time_zone)}"
    click.echo(f"\nUpcoming{day}:")
    for invoice in coming.invoices:
        print_table(screen, invoice_table(invoice, account.time_zone))
    if coming.empty_because:
        click.echo(f"0, for {coming.empty_because}")
    for notice in coming.notices:
        click.echo(f"note: {notice}")


def _row(issued: IssuedInvoice) -> tuple[str, ...]:
    document = json.loads(issued.document)
    sums = (document[each] for each in ("total", "amount_due", "balance"))
    amounts = (f"{amount} {document['currency']}" for amount in sums)
    return (document["number"], document["issued_on"], *amounts)
