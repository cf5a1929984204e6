"""The arguments and options that commands about a catalog share."""

from pathlib import Path
from typing import Final

import click

from planql.catalog.snapshot import Catalog
from planql.errors import SourceError
from planql.problems import Severity
from planql.sources import Loaded, load, load_ref

DIRECTORY: Final = click.Path(path_type=Path)

catalog_argument = click.argument("catalog", type=DIRECTORY, default=Path("catalog"))
"""The catalog's directory, as an argument; `catalog` when left out."""

catalog_option = click.option(
    "--catalog",
    type=DIRECTORY,
    default=Path("catalog"),
    show_default=True,
    help="The catalog's directory.",
)
"""The catalog's directory, as an option."""

ref_option = click.option("--ref", help="Read the catalog as it was at this git ref.")
"""A branch, a tag or a commit to read instead of the files on disk."""


def load_catalog(directory: Path, ref: str | None) -> Loaded:
    """The catalog in a directory, or as it was at a git ref.

    Raises:
        SourceError: the directory or the ref cannot be read.
    """
    if ref is None:
        return load(directory)
    repository, folder = _place_in_repository(directory)
    return load_ref(repository, ref, folder)


def _place_in_repository(directory: Path) -> tuple[Path, str]:
    """The repository of a directory and the path in it; the directory may be gone by now."""
    # Reading a directory needs no git, so it is not imported for that.
    from planql.sources.git_refs import find_repository  # noqa: PLC0415

    present = next(path for path in (directory, *directory.parents) if path.is_dir())
    place = find_repository(present)
    rest = directory.relative_to(present)
    return place.repository, (Path(place.folder) / rest).as_posix()


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
