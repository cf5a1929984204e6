"""JSON in parts: long texts that are kept go out as they are, instead of being copied."""

from typing import Final

import orjson

LONG: Final = 16_384
"""Bytes from which on a text is rather sent on its own than copied."""
_CUT: Final = b"\0"
"""Stands where a long text belongs; JSON writes this character in another way."""


class Long:
    """A long text of JSON."""

    __slots__ = ("json",)

    def __init__(self, json: bytes) -> None:
        self.json = json


Fragment = orjson.Fragment | Long
"""JSON as a value among others."""


def fitted(json: bytes) -> bytes:
    """The same JSON in no more memory than it needs, unless it is long.

    orjson writes into a buffer of 4 kB or more, and leaves all of it to what it wrote.
    """
    return json if len(json) > LONG else memoryview(json).tobytes()


def fragment(json: bytes) -> Fragment:
    """JSON as a value that `written_in_parts` takes."""
    return Long(json) if len(json) > LONG else orjson.Fragment(json)


def written_in_parts(value: object) -> tuple[bytes, ...]:
    """The JSON of `value`; one after the other, its parts are all of it."""
    long: list[bytes] = []

    def cut(each: object) -> orjson.Fragment:
        if not isinstance(each, Long):
            raise TypeError
        long.append(each.json)
        return orjson.Fragment(_CUT)

    text = orjson.dumps(value, default=cut)
    if not long:
        return (text,)
    first, *others = text.split(_CUT)
    return first, *(part for pair in zip(long, others, strict=True) for part in pair)
