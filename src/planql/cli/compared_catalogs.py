"""Two catalogs to compare: refs, directories, or where two branches went apart."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from planql.catalog.document_kinds import SETTINGS_FILE
from planql.catalog.documents import Documents
from planql.catalog.snapshot import Catalog, catalog_of
from planql.errors import SourceError
from planql.problems import Severity
from planql.sources import Loaded, ParsedCache, load, load_at, merge_base_at

base_argument = click.argument("base")
"""What is compared with: a ref, a directory, `BASE...` or `BASE...HEAD`."""

head_argument = click.argument("head", required=False)
"""What is compared: a ref or a directory; the files on disk, when left out."""

NO_CATALOG: Final = Loaded(catalog_of(Documents(())), ())
"""The catalog of a commit that has none yet."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two catalogs, both valid."""

    base: Catalog
    head: Catalog


@dataclass(frozen=True, slots=True)
class Sides:
    """What came of loading two catalogs, and what the second one is called."""

    base: Loaded
    head: Loaded
    head_name: str


def load_merge_base(
    directory: Path, base: str, head: str | None = None, cache: ParsedCache | None = None
) -> Loaded:
    """The catalog at the commit that `base` and `head` have in common; none there is fine.

    Args:
        directory: The catalog's directory.
        base: A ref.
        head: A ref; the commit that is checked out, when left out.
        cache: What was parsed before.

    Raises:
        SourceError: there is no such commit, or it cannot be read.
    """
    return _load_commit(directory, merge_base_at(directory, base, head or "HEAD"), cache)


def compared_catalogs(base: str, head: str | None, directory: Path) -> Compared:
    """The catalogs that a command line names.

    `BASE...HEAD` is what HEAD changed since it left BASE; `BASE...` the same for the files on disk.
    A side is a directory when it holds a catalog, or is written as a path; else it is a ref.

    Args:
        base: The first argument.
        head: The second one, if any.
        directory: Where the catalog lies in the repository whose refs are named.

    Raises:
        SourceError: a side cannot be read, or has errors.
    """
    sides = load_sides(base, head, directory)
    return Compared(_valid(sides.base, base), _valid(sides.head, sides.head_name))


def load_sides(base: str, head: str | None, directory: Path) -> Sides:
    """The same two catalogs, whatever is wrong with them.

    Raises:
        SourceError: a side cannot be read.
    """
    cache = ParsedCache()
    if "..." in base and head is None and not _is_catalog(base):
        start, _, end = base.partition("...")
        before = load_merge_base(directory, start or "HEAD", end, cache)
        return Sides(before, _side(end, directory, cache), end or directory.as_posix())
    before = _base_side(base, directory, cache)
    after = _side(head or "", directory, cache)
    return Sides(before, after, head or directory.as_posix())


def _valid(loaded: Loaded, name: str) -> Catalog:
    if loaded.catalog is None:
        first = next(each for each in loaded.problems if each.severity is Severity.ERROR)
        raise SourceError(
            "invalid-catalog",
            f'the catalog of "{name}" has errors, the first of them: {first}',
            hint="`planql validate`, with `--ref` for a commit, lists them all",
        )
    return loaded.catalog


def _base_side(name: str, directory: Path, cache: ParsedCache) -> Loaded:
    return _directory(name, cache) if _is_catalog(name) else _load_commit(directory, name, cache)


def _side(name: str, directory: Path, cache: ParsedCache) -> Loaded:
    """A directory, a ref, or the files on disk."""
    if not name:
        return load(directory, cache)
    return _directory(name, cache) if _is_catalog(name) else load_at(directory, name, cache)


def _directory(name: str, cache: ParsedCache) -> Loaded:
    """The catalog in a directory, which is named as it was written."""
    if not Path(name).exists():
        raise SourceError("missing-directory", f'there is no directory "{name}"')
    return load(Path(name), cache)


def _load_commit(directory: Path, commit: str, cache: ParsedCache | None) -> Loaded:
    """A base that is a commit; one from before there was a catalog has an empty one."""
    try:
        return load_at(directory, commit, cache)
    except SourceError as error:
        if error.code == "missing-directory":
            return NO_CATALOG
        raise


def _is_catalog(name: str) -> bool:
    """Whether a side is a directory: it holds a catalog, or is written as no ref can be."""
    path = Path(name)
    is_written_so = (path.is_dir() and "/" in name) or name.startswith(("/", "./", "../"))
    return bool(name) and (is_written_so or (path / SETTINGS_FILE).is_file())
