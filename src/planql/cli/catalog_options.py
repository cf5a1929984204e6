"""The arguments and options that commands about a catalog share."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click

from planql.catalog.snapshot import Catalog
from planql.errors import SourceError
from planql.periods import local_day, zone
from planql.problems import Severity
from planql.sources import Loaded, ParsedCache, load, load_at

DIRECTORY: Final = click.Path(path_type=Path)

CATALOG_VARIABLE: Final = "PLANQL_CATALOG"
"""What the environment calls the catalog's directory, for every command that reads one."""

catalog_argument = click.argument(
    "catalog", type=DIRECTORY, default=Path("catalog"), envvar=CATALOG_VARIABLE
)
"""The catalog's directory, as an argument; else as the environment says, else `catalog`."""

catalog_option = click.option(
    "--catalog",
    type=DIRECTORY,
    default=Path("catalog"),
    show_default=True,
    envvar=CATALOG_VARIABLE,
    show_envvar=True,
    help="The catalog's directory.",
)
"""The catalog's directory, as an option."""

ref_option = click.option("--ref", help="Read the catalog as it was at this git ref.")
"""A branch, a tag or a commit to read instead of the files on disk."""


def load_catalog(directory: Path, ref: str | None, cache: ParsedCache | None = None) -> Loaded:
    """The catalog in a directory, or as it was at a git ref.

    Args:
        directory: The catalog's directory.
        ref: A branch, a tag or a commit; None: the files on disk.
        cache: What was parsed before: then only what differs is parsed.

    Raises:
        SourceError: the directory or the ref cannot be read.
    """
    return load(directory, cache) if ref is None else load_at(directory, ref, cache)


def require_catalog(directory: Path, ref: str | None) -> Catalog:
    """The catalog, for a command that needs a valid one.

    Raises:
        SourceError: it cannot be read, or has errors.
    """
    loaded = load_catalog(directory, ref)
    if loaded.catalog is None:
        first = next(problem for problem in loaded.problems if problem.severity is Severity.ERROR)
        raise SourceError(
            "invalid-catalog",
            f"the catalog has errors, the first of them: {first}",
            hint=f"`planql validate {directory}` lists them all",
        )
    return loaded.catalog


def today(catalog: Catalog) -> date:
    """The day it is now in the catalog's time zone, on which versions are in force."""
    return local_day(datetime.now(UTC), zone(catalog.settings.time_zone))
