"""`planql db`: care of the database."""

import click

from planql.cli.store_options import store_option
from planql.stores.database import upgrade_database


@click.group("db")
def command() -> None:
    """Care of the database that keeps customers, usage and invoices."""


@command.command("upgrade")
@store_option
def upgrade(store: str) -> None:
    """Bring the database's tables to this version of planql."""
    before, after = upgrade_database(store)
    if before == after:
        click.echo(f"the schema is at {after} already")
    else:
        click.echo(f"the schema went from {before or 'nothing'} to {after}")
