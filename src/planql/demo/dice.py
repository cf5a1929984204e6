"""Numbers that look like chance and are the same on every run: drawn from a name."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A row of draws that depends on a name alone."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._drawn = 0

    def roll(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both inclusive."""
        self._drawn += 1
        digest = blake2b(self._name, digest_size=8, salt=self._drawn.to_bytes(16, "big")).digest()
        return low + int.from_bytes(digest, "big") % (high - low + 1)

    def pick(self, faces: Sequence[T]) -> T:
        """One of `faces`; one that stands there twice comes twice as often."""
        return faces[self.roll(0, len(faces) - 1)]

    def happens(self, percentage: int) -> bool:
        """Whether something of that probability, 0 to 100, comes about."""
        return self.roll(1, 100) <= percentage
