"""`planql bill`: the billing run."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from rich.table import Table

from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option, ref_option, require_catalog
from planql.cli.format_options import format_option
from planql.cli.progress_bars import bars
from planql.cli.screens import Screen, print_table
from planql.cli.store_options import existing, store_option
from planql.stores.billing_run import BilledGroup, Unbilled, bill, invoice_number
from planql.stores.customers import count_customers
from planql.stores.invoices import Issuance, IssuedInvoice

_SHOWN: Final = 20
"""How many invoices a table lists."""


@click.command("bill")
@catalog_option
@ref_option
@store_option
@as_of_option
@click.option("--dry-run", is_flag=True, help="Show what would be issued, and store nothing.")
@click.option("--issuer", default="INV", show_default=True, help="Whose numbers the invoices get.")
@format_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click hands every option over
    context: click.Context,
    catalog: Path,
    ref: str | None,
    store: str,
    as_of: datetime,
    dry_run: bool,
    issuer: str,
    format_: str,
) -> None:
    """Issue every invoice that is due, each exactly once.

    Running it twice, or again after it was killed, issues what is still missing. Customers that
    cannot be billed are named, and the others are billed; the exit code is then 1.
    """
    served = require_catalog(catalog, ref)
    issuance = Issuance(issuer, as_of, served.commit)
    invoices: list[IssuedInvoice] = []
    unbilled: list[Unbilled] = []
    with existing(store) as database, bars() as progress:
        task = progress.add_task("Billing", total=count_customers(database))
        for group in bill(database, served, issuance, as_of, dry_run=dry_run):
            progress.advance(task, group.customers)
            invoices += group.invoices
            unbilled += group.unbilled
    if format_ == "json":
        click.echo(json.dumps(_document(invoices, unbilled), ensure_ascii=False))
    else:
        _print(BilledGroup(0, tuple(invoices), tuple(unbilled)), dry_run=dry_run)
    context.exit(1 if unbilled else 0)


def _document(invoices: Iterable[IssuedInvoice], unbilled: Iterable[Unbilled]) -> object:
    return {
        "invoices": [json.loads(invoice.document) for invoice in invoices],
        "unbilled": [
            {"customer": each.customer, "code": each.error.code, "message": each.error.message}
            for each in unbilled
        ],
    }


def _print(billed: BilledGroup, *, dry_run: bool) -> None:
    table = Table(title="Would be issued" if dry_run else "Issued")
    for heading in ("Number", "Customer", "Issued on"):
        table.add_column(heading)
    table.add_column("Amount due", justify="right")
    for invoice in billed.invoices[:_SHOWN]:
        table.add_row(*_row(invoice, dry_run=dry_run))
    if billed.invoices:
        print_table(Screen(), table)
    if len(billed.invoices) > _SHOWN:
        click.echo(f"and {len(billed.invoices) - _SHOWN} more")
    for each in billed.unbilled:
        click.echo(f"{each.customer}: not billed: {each.error.message}", err=True)
    click.echo(
        f"{len(billed.invoices)} invoices {'to issue' if dry_run else 'issued'}, "
        f"{len(billed.unbilled)} customers not billed"
    )


def _row(invoice: IssuedInvoice, *, dry_run: bool) -> tuple[str, str, str, str]:
    identity = invoice.identity
    due = json.loads(invoice.document)["amount_due"]
    number = "-" if dry_run else invoice_number(invoice.issuer, invoice.number)
    return number, identity.customer, str(identity.issued_on), f"{due} {identity.currency}"
