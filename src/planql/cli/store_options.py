"""The option that names the database, and opening it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from planql.stores.database import Database, open_database, open_existing

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
    with closing(open_database(store)) as database:
        yield database


@contextmanager
def existing(store: str) -> Iterator[Database]:
    """The database at `store` for a command that adds no customers: nothing is made.

    A mistyped address must not look like a company without customers.

    Raises:
        SourceError: it cannot be opened, or there is none.
    """
    with closing(open_existing(store)) as database:
        yield database
