"""Whole texts and pictures that are kept beside their cases, and how they are written anew."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Goldens:
    """Compares what is laid out with the file that is kept.

    Attributes:
        are_written: Whether the files are written anew (`pytest --write-goldens`): only the layout
            of a case may change by that, so its difference is read before it is committed.
    """

    are_written: bool

    def expect(self, path: Path, found: bytes) -> None:
        """What was found is what the file holds, byte for byte."""
        if self.are_written:
            path.write_bytes(found)
        assert found == path.read_bytes()
