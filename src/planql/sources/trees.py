"""From a tree of files, wherever it is kept, to the raw files of a catalog.

Owns: which files of a tree are documents, and what is said about the others.
Does not own: how a directory or a commit lists and reads its files (`planql.sources.files`,
`planql.sources.git_refs`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from planql.catalog.document_kinds import DOCUMENT_KINDS, LATER_FOLDERS, SETTINGS_FILE, read_name
from planql.catalog.documents import DocumentName, PlacedMistake
from planql.errors import SourceError
from planql.problems import Mistake, Severity, did_you_mean

LARGEST_FILE: Final = 10_000_000
"""Bytes of the largest file that is read."""


class EntryType(Enum):
    """What a name in a folder stands for."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder of a catalog; `path` is inside the catalog, with forward slashes."""

    path: str
    type: EntryType

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class Tree(Protocol):
    """Where the files of a catalog are kept."""

    def entries(self, folder: str) -> Iterable[Entry]:
        """What lies in `folder`; "" is the catalog itself.

        Raises:
            SourceError: the folder cannot be listed.
        """
        ...

    def read(self, path: str) -> bytes:
        """The content of the file at `path`.

        Raises:
            SourceError: it cannot be read, or is larger than `LARGEST_FILE`.
        """
        ...


@dataclass(frozen=True, slots=True)
class RawFile:
    """A document's file.

    Attributes:
        path: Inside the catalog.
        name: What the path says that it holds.
        content: None when it could not be read.
    """

    path: str
    name: DocumentName
    content: bytes | None


@dataclass(frozen=True, slots=True)
class RawCatalog:
    """The files of a catalog, sorted by path, and what is wrong with its tree.

    Attributes:
        files: Every file whose path is that of a document.
        mistakes: Placed by paths inside the catalog.
        commit: The commit they were read from; None for a directory.
    """

    files: tuple[RawFile, ...]
    mistakes: tuple[PlacedMistake, ...]
    commit: str | None = None


def collect(tree: Tree, commit: str | None = None) -> RawCatalog:
    """Every document's file in a tree.

    Without `catalog.json` nothing else is looked at: the tree may be anything.

    Raises:
        SourceError: the tree cannot be listed at all.
    """
    root = tuple(tree.entries(""))
    if SETTINGS_FILE not in {entry.path for entry in root}:
        return RawCatalog((), (_no_catalog(root),), commit)
    found = tuple(_walk(tree, root))
    files = sorted((item for item in found if isinstance(item, RawFile)), key=lambda f: f.path)
    mistakes = tuple(item for item in found if isinstance(item, PlacedMistake))
    return RawCatalog(tuple(files), mistakes, commit)


def _no_catalog(root: Iterable[Entry]) -> PlacedMistake:
    names = sorted(entry.name for entry in root)
    hint = 'name the directory that holds it: "catalog"' if "catalog" in names else ""
    message = f'there is no "{SETTINGS_FILE}" here, so this is not a catalog'
    return PlacedMistake(
        SETTINGS_FILE,
        Mistake("not-a-catalog", message, hint=hint or 'add "catalog.json"'),
    )


def _walk(tree: Tree, entries: Iterable[Entry]) -> Iterator[RawFile | PlacedMistake]:
    for entry in entries:
        if entry.name.startswith("."):
            continue
        match entry.type:
            case EntryType.FOLDER:
                yield from _folder(tree, entry)
            case EntryType.FILE:
                yield from _file(tree, entry)
            case _:
                yield from _special(entry)


def _folder(tree: Tree, entry: Entry) -> Iterator[RawFile | PlacedMistake]:
    if any(kind.may_lie_in(entry.path) for kind in DOCUMENT_KINDS):
        try:
            entries = tuple(tree.entries(entry.path))
        except SourceError as error:
            yield _unread(entry, error)
        else:
            yield from _walk(tree, entries)
    elif entry.path not in LATER_FOLDERS:
        folders = [kind.folder for kind in DOCUMENT_KINDS if kind.folder]
        hint = did_you_mean(entry.name, folders) if entry.path == entry.name else ""
        message = f'no documents are kept in a folder called "{entry.path}"'
        yield PlacedMistake(entry.path, Mistake("unexpected-file", message, hint=hint))


def _file(tree: Tree, entry: Entry) -> Iterator[RawFile | PlacedMistake]:
    name = read_name(entry.path)
    if name is None:
        yield from _unexpected(entry)
        return
    try:
        yield RawFile(entry.path, name, tree.read(entry.path))
    except SourceError as error:
        yield RawFile(entry.path, name, None)
        yield _unread(entry, error)


def _special(entry: Entry) -> Iterator[RawFile | PlacedMistake]:
    """A link, or something that is no file at all: it is not followed, wherever it leads."""
    name = read_name(entry.path)
    if name is not None:
        yield RawFile(entry.path, name, None)
    what = "a symbolic link" if entry.type is EntryType.LINK else "neither a file nor a folder"
    message = f'"{entry.name}" is {what}; a catalog is made of plain files'
    yield PlacedMistake(entry.path, Mistake("not-a-file", message, hint="put the file itself here"))


def _unexpected(entry: Entry) -> Iterator[PlacedMistake]:
    """A file that is no document: nothing is said of notes, JSON is taken for a misplaced price."""
    if entry.name.lower().endswith(".md"):
        return
    message = f'"{entry.path}" is not where a document is kept'
    if not entry.name.lower().endswith(".json"):
        mistake = Mistake("unexpected-file", message, severity=Severity.WARNING)
        yield PlacedMistake(entry.path, mistake)
        return
    folder = entry.path.partition("/")[0]
    belongs = [kind.pattern for kind in DOCUMENT_KINDS if kind.folder == folder]
    patterns = belongs or [kind.pattern for kind in DOCUMENT_KINDS]
    hint = "documents here are " + ", ".join(f'"{pattern}"' for pattern in patterns)
    yield PlacedMistake(entry.path, Mistake("unexpected-file", message, hint=hint))


def _unread(entry: Entry, error: SourceError) -> PlacedMistake:
    return PlacedMistake(entry.path, Mistake(error.code, error.message, hint=error.hint))
