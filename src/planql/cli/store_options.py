"""The option that names the database, and opening it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from planql.stores.database import Database, open_database

store_option = click.option(
    "--store",
    default="sqlite:///planql.sqlite3",
    show_default=True,
    envvar="PLANQL_STORE",
    show_envvar=True,
    help="The database: sqlite:///FILE or postgresql://USER@HOST/NAME.",
)
"""Where customers, usage and invoices are."""


@contextmanager
def opened(store: str) -> Iterator[Database]:
    """The database at `store`, closed at the end of the block; an empty one gets its tables.

    Raises:
        SourceError: it cannot be opened.
    """
    database = open_database(store)
    try:
        yield database
    finally:
        database.close()
