"""Deciding about the entries of a tree, wherever it is kept."""

from collections.abc import Iterator

from planql.errors import SourceError
from planql.sources.trees import Entry, EntryType, collect


class LockedTree:
    """A catalog whose folder of meters may not be listed, nor its settings read."""

    def entries(self, folder: str) -> Iterator[Entry]:
        """Two names at the top; nothing below it."""
        if folder:
            raise SourceError("unreadable-file", f'"{folder}" cannot be read: permission denied')
        yield Entry("catalog.json", EntryType.FILE)
        yield Entry("meters", EntryType.FOLDER)

    def read(self, path: str) -> bytes:
        """Never."""
        raise SourceError("unreadable-file", f'"{path}" cannot be read: permission denied')


def test_goes_on_after_a_folder_that_cannot_be_listed() -> None:
    """What cannot be read is a problem with its path, and the rest is read all the same."""
    raw = collect(LockedTree())
    assert [(file.path, file.content) for file in raw.files] == [("catalog.json", None)]
    assert [(placed.path, placed.mistake.code) for placed in raw.mistakes] == [
        ("catalog.json", "unreadable-file"),
        ("meters", "unreadable-file"),
    ]
