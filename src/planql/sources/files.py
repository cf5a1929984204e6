"""A catalog in a directory.

Owns: listing and reading the files of a directory.
Does not own: which of them are documents (`planql.sources.trees`).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planql.errors import SourceError
from planql.sources.trees import LARGEST_FILE, Entry, EntryType, RawCatalog, collect


def read_directory(directory: Path) -> RawCatalog:
    """The files of the catalog in `directory`, which itself may be a symbolic link.

    Raises:
        SourceError: `missing-directory`, `not-a-directory` or `unreadable-file`.
    """
    if not directory.exists():
        raise SourceError(
            "missing-directory",
            f'there is no directory "{directory}"',
            hint="name the catalog's directory; `planql new catalog DIRECTORY` starts one",
        )
    if not directory.is_dir():
        raise SourceError(
            "not-a-directory",
            f'"{directory}" is a file; a catalog is a directory',
            hint="name the directory that holds catalog.json",
        )
    return collect(DirectoryTree(directory))


@dataclass(frozen=True, slots=True)
class DirectoryTree:
    """A `Tree` over a directory. Links are listed as links and never followed."""

    root: Path

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies in `folder`, sorted by name."""
        try:
            with os.scandir(self.root / folder) as listing:
                found = sorted(listing, key=lambda item: item.name)
        except OSError as error:
            raise _unreadable(folder, error) from None
        for item in found:
            yield Entry(f"{folder}/{item.name}" if folder else item.name, _type(item))

    def read(self, path: str) -> bytes:
        """The content of a plain file."""
        try:
            with (self.root / path).open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise _unreadable(path, error) from None
        if len(content) > LARGEST_FILE:
            raise too_large(path)
        return content


def too_large(path: str) -> SourceError:
    """The error about a file that is larger than any document."""
    return SourceError("file-too-large", f'"{path}" is larger than {LARGEST_FILE:,} bytes')


def _unreadable(path: str, error: OSError) -> SourceError:
    reason = (error.strerror or "unknown reason").lower()
    return SourceError("unreadable-file", f'"{path}" cannot be read: {reason}')


def _type(item: os.DirEntry[str]) -> EntryType:
    if item.is_symlink():
        return EntryType.LINK
    if item.is_dir():
        return EntryType.FOLDER
    return EntryType.FILE if item.is_file() else EntryType.OTHER
