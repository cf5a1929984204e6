"""What is kept of answers as long as a snapshot is served.

A fragment is the JSON of one entity under one selection, or of a list of entities; an answer the
JSON of a whole operation. Only what reads nothing but the snapshot is kept, so nothing in it ever
becomes wrong; what was used least recently goes when there are too many bytes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

import orjson

from planql.gateway.compiled.parts import Fragment, fitted, fragment

_MOST_BYTES: Final = 64_000_000
_OVERHEAD: Final = 300
"""Bytes that an entry costs besides its texts."""

Key = tuple[Hashable, str]
"""What is asked for, and with which values, as text."""


class Entry:
    """Something that is kept; of itself, only that it was asked for.

    Attributes:
        size: Its bytes.
        is_held: Whether it is still kept, and its bytes are counted.
    """

    __slots__ = ("is_held", "size")

    def __init__(self, size: int = 0) -> None:
        self.size = _OVERHEAD + size
        self.is_held = True


class Answer(Entry):
    """The JSON of a whole answer, in parts."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[bytes, ...]) -> None:
        super().__init__(sum(map(len, parts)))
        self.parts = parts


class Fragments(Entry):
    """The fragments of one selection, by the identity of their entity or list."""

    __slots__ = ("_grow", "_json", "_objects", "get")

    def __init__(self, grow: Callable[[Entry, int], None]) -> None:
        super().__init__()
        self._grow = grow
        self._objects: list[object] = []
        self._json: dict[int, Fragment] = {}
        self.get = self._json.get

    def add(self, of: object, value: object) -> Fragment:
        """Keep the JSON of `value`, which the object `of` is answered with."""
        text = fitted(orjson.dumps(value))
        found = self._json[id(of)] = fragment(text)
        # While the object is held here, no other one has its identity.
        self._objects.append(of)
        self._grow(self, _OVERHEAD + len(text))
        return found

    add_list = add


class NoFragments:
    """Where no fragments are kept."""

    def get(self, _identity: int) -> None:
        """None: there is none."""

    def add(self, _of: object, value: object) -> orjson.Fragment:
        """The JSON of `value`, which is not kept."""
        return written(value)

    def add_list(self, _of: object, items: object) -> object:
        """The items as they are: each is written already."""
        return items


def written(value: object) -> orjson.Fragment:
    """The JSON of `value`, at once.

    Thousands of dicts that live until the end of an answer would make Python's collector of cycles
    walk the whole heap, which costs more than all else.
    """
    return orjson.Fragment(orjson.dumps(value))


E = TypeVar("E", bound=Entry)


class Kept:
    """Fragments and answers of one snapshot, bounded in bytes together."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()

    def answer(self, key: Key) -> tuple[bytes, ...] | None:
        """The answer kept under `key`."""
        found = self._used(key, Answer)
        return None if found is None else found.parts

    def keep(self, key: Key, parts: tuple[bytes, ...]) -> None:
        """Keep an answer under `key` from the second time on that it is asked for.

        Many a question is asked once; it should not push out what is asked for again.
        """
        again = key in self._entries
        self._hold(key, Answer(tuple(map(fitted, parts))) if again else Entry())

    def fragments(self, key: Key) -> Fragments:
        """The fragments of a selection, to be read and added to."""
        return self._used(key, Fragments) or self._hold(key, Fragments(self._grow))

    def _used(self, key: Key, kind: type[E]) -> E | None:
        found = self._entries.get(key)
        if not isinstance(found, kind):
            return None
        self._entries.move_to_end(key)
        return found

    def _hold(self, key: Key, entry: E) -> E:
        self._let_go(self._entries.pop(key, None))
        self._entries[key] = entry
        entry.size += len(key[1])
        self._bytes += entry.size
        self._shrink()
        return entry

    def _grow(self, entry: Entry, size: int) -> None:
        entry.size += size
        if entry.is_held:
            self._bytes += size
            self._shrink()

    def _shrink(self) -> None:
        """Let go of what was used least recently, until the rest is within the bound."""
        while self._bytes > self._most_bytes:
            self._let_go(self._entries.popitem(last=False)[1])

    def _let_go(self, entry: Entry | None) -> None:
        if entry is not None:
            entry.is_held = False
            self._bytes -= entry.size
