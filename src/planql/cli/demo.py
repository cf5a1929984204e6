"""`planql demo`: a year of made-up customers, to look at."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from planql.catalog.snapshot import Catalog
from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option, require_catalog
from planql.cli.progress_bars import bars
from planql.cli.store_options import opened, store_option
from planql.demo.companies import demo_companies
from planql.demo.seeding import Seeded, has_demo, seed
from planql.demo.years import MONTHS
from planql.stores.billing_run import invoice_number
from planql.stores.database import Database
from planql.stores.invoices import IssuedInvoice, list_invoices


@click.command("demo")
@catalog_option
@store_option
@as_of_option
def command(catalog: Path, store: str, as_of: datetime) -> None:
    """Fill a database with a year of customers, usage and invoices of the example catalog.

    All of it is made up, and the same on every run for the same moment. A database that has the
    demo is left as it is, and one with other customers is refused.
    """
    served = require_catalog(catalog, None)
    with opened(store) as database:
        if has_demo(database):
            click.echo(f"{store} has the demo already")
        else:
            click.echo(_made(_seed(database, served, as_of.astimezone(UTC))))
        for line in _suggestions(database, store):
            click.echo(line)


def _seed(database: Database, catalog: Catalog, as_of: datetime) -> Seeded:
    seeded = Seeded()
    with bars() as progress:
        task = progress.add_task("Living through a year", total=MONTHS + 1)
        for month in seed(database, catalog, as_of):
            seeded += month
            progress.advance(task)
    return seeded


def _made(seeded: Seeded) -> str:
    customers = "\n".join(f"  {each.key:24}{each.about}" for each in demo_companies())
    counts = f"{seeded.events:,} usage events, {seeded.invoices} invoices"
    return f"{customers}\n{len(demo_companies())} customers, {counts}"


def _suggestions(database: Database, store: str) -> Iterator[str]:
    """What to look at next: an invoice with a credit on it, its customer, the API."""
    invoices = list_invoices(database, [each.key for each in demo_companies()])
    yield "Look at next:"
    invoice = next(filter(_has_credit, invoices), invoices[-1])
    number = invoice_number(invoice.issuer, invoice.number)
    yield f"  planql invoice {number} --explain --store {store}"
    yield f"  planql invoice --customer {invoice.identity.customer} --store {store}"
    yield f"  planql serve --store {store}, then http://127.0.0.1:8000/graphql"


def _has_credit(invoice: IssuedInvoice) -> bool:
    return any(line["kind"] == "credit" for line in json.loads(invoice.document)["lines"])
