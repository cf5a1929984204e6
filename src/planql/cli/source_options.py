"""The options that say what is served: a catalog, from a directory or a branch, and a database."""

from dataclasses import dataclass
from typing import Any, Final

import click

from planql.cli.option_groups import OptionGroup
from planql.cli.repository_options import Followed, read_followed, repository_options
from planql.errors import InvalidInput

source_options: Final = OptionGroup(
    click.option(
        "--catalog",
        "directory",
        default="catalog",
        show_default=True,
        envvar="PLANQL_CATALOG",
        show_envvar=True,
        help="Directory of the catalog.",
    ),
    click.option(
        "--store",
        envvar="PLANQL_STORE",
        show_envvar=True,
        help="The database of customers, usage and invoices: sqlite:///FILE or "
        "postgresql://USER@HOST/NAME. Without one, prices are served and nothing is stored.",
    ),
    repository_options,
)
"""All of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where what is served comes from.

    Attributes:
        directory: Of the catalog, where no branch is followed.
        store: URL of the database; None: nothing is stored.
        followed: The branch; None for a directory.
    """

    directory: str
    store: str | None
    followed: Followed | None


def read_source(ctx: click.Context, options: dict[str, Any]) -> Source:
    """What the options say.

    Args:
        ctx: Of the command.
        options: Those of all options; those of `source_options` are taken out.

    Raises:
        InvalidInput: `catalog-source`, or `store-in-memory`.
    """
    directory, store = options.pop("directory"), options.pop("store")
    _require_file(store)
    return Source(directory, store, read_followed(ctx, options))


def _require_file(store: str | None) -> None:
    """Refuse a database in memory: it has one connection, and requests need several."""
    if store in {"sqlite://", "sqlite:///", "sqlite:///:memory:"}:
        raise InvalidInput(
            "store-in-memory",
            f'"{store}" is a database in memory, which cannot answer several requests at once',
            hint="name a file: --store sqlite:///planql.sqlite3",
        )
