"""What is kept of answers as long as a snapshot is served.

A fragment is the JSON of one entity under one selection, an answer the JSON of a whole operation.
Only what reads nothing but the snapshot is kept, so nothing in it ever becomes wrong; what was
used least recently goes when there are too many bytes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

import orjson

_MOST_BYTES: Final = 64_000_000
_OVERHEAD: Final = 300
"""Bytes that an entry costs besides its text."""


class Entry:
    """Something that is kept.

    Attributes:
        size: Its bytes.
        is_held: Whether it is still kept, and its bytes are counted.
    """

    __slots__ = ("is_held", "size")

    def __init__(self, size: int = 0) -> None:
        self.size = _OVERHEAD + size
        self.is_held = True


class Answer(Entry):
    """The JSON of a whole answer."""

    __slots__ = ("json",)

    def __init__(self, json: orjson.Fragment, size: int) -> None:
        super().__init__(size)
        self.json = json


class Fragments(Entry):
    """The fragments of one selection, by the identity of their entity."""

    __slots__ = ("_entities", "_grow", "_json", "get")

    def __init__(self, grow: Callable[[Entry, int], None]) -> None:
        super().__init__()
        self._grow = grow
        self._entities: list[object] = []
        self._json: dict[int, orjson.Fragment] = {}
        self.get = self._json.get

    def add(self, entity: object, value: object) -> orjson.Fragment:
        """Keep the JSON of `value`, which `entity` is answered with."""
        text = orjson.dumps(value)
        found = self._json[id(entity)] = orjson.Fragment(text)
        # While the entity is held here, no other object has its identity.
        self._entities.append(entity)
        self._grow(self, _OVERHEAD + len(text))
        return found


class NoFragments:
    """Where no fragments are kept."""

    def get(self, _identity: int) -> None:
        """None: there is none."""

    def add(self, _entity: object, value: object) -> orjson.Fragment:
        """The JSON of `value`, which is not kept."""
        # Written at once: thousands of dicts that live until the end of an answer would make
        # Python's collector of cycles walk the whole heap, which costs more than all else.
        return orjson.Fragment(orjson.dumps(value))


E = TypeVar("E", bound=Entry)


class Kept:
    """Fragments and answers of one snapshot, bounded in bytes together."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()

    def answer(self, key: Hashable) -> orjson.Fragment | None:
        """The answer kept under `key`."""
        found = self._used(key, Answer)
        return None if found is None else found.json

    def keep(self, key: Hashable, data: object) -> orjson.Fragment:
        """Keep an answer under `key`, and give it as it is kept."""
        text = orjson.dumps(data)
        found = Answer(orjson.Fragment(text), len(text))
        self._hold(key, found)
        return found.json

    def fragments(self, key: Hashable) -> Fragments:
        """The fragments of a selection, to be read and added to."""
        return self._used(key, Fragments) or self._hold(key, Fragments(self._grow))

    def _used(self, key: Hashable, kind: type[E]) -> E | None:
        found = self._entries.get(key)
        if not isinstance(found, kind):
            return None
        self._entries.move_to_end(key)
        return found

    def _hold(self, key: Hashable, entry: E) -> E:
        self._entries[key] = entry
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
            _, gone = self._entries.popitem(last=False)
            gone.is_held = False
            self._bytes -= gone.size
