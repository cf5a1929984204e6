"""Git's objects that were read before: what a hash names never changes."""

from dataclasses import dataclass, field
from typing import TypeVar

from planql.sources.trees import EntryType

T = TypeVar("T")
Children = tuple[tuple[str, EntryType, bytes], ...]
"""What lies in a folder: name, type and hash of each."""


@dataclass(frozen=True, slots=True)
class KnownObjects:
    """Folders and files by their hashes, so that another commit reads only what changed.

    It may be used by several threads. When full it forgets what was put in first.
    """

    capacity: int = 50_000
    trees: dict[bytes, Children] = field(default_factory=dict)
    blobs: dict[bytes, bytes] = field(default_factory=dict)

    def keep(self, known: dict[bytes, T], name: bytes, found: T) -> None:
        """Keep an object in `trees` or `blobs`."""
        while len(known) >= self.capacity:
            known.pop(next(iter(known)), None)
        known[name] = found
