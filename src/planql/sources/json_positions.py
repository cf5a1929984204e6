"""Where in a JSON text each value and each member's name stands.

Owns: from a JSON pointer to line and column; where the text itself goes wrong.
Does not own: reading the values (`planql.entity.parse_json`).

Lines and columns count from 1. Lines end at a line feed; columns count characters, so a carriage
return belongs to the line it ends, and a byte order mark is no part of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planql.problems import Mistake
from planql.sources.json_reader import TextReading, read_text


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, both from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class TextMistake:
    """A mistake of the text itself, where it stands, and the places it clashes with."""

    mistake: Mistake
    spot: Spot
    related: tuple[Spot, ...] = ()


def spot_after(text: str) -> Spot:
    """Where the character that follows `text` would stand."""
    return Spot(text.count("\n") + 1, len(text) - text.rfind("\n"))


@dataclass(frozen=True)
class Positions(Mapping[str, int]):
    """The places in one JSON text; as a mapping, from pointers to lines. Read on first use.

    After a syntax mistake the places behind it are unknown.
    """

    text: str

    def __getitem__(self, pointer: str) -> int:
        return self._spot(self._read.values[pointer]).line

    def __iter__(self) -> Iterator[str]:
        return iter(self._read.values)

    def __len__(self) -> int:
        return len(self._read.values)

    def spot(self, pointer: str, *, at_name: bool = False) -> Spot:
        """Where the value at `pointer` begins, or its name; where it is missing, its holder."""
        if at_name and pointer in self._read.names:
            return self._spot(self._read.names[pointer])
        while pointer and pointer not in self._read.values:
            pointer = pointer.rpartition("/")[0]
        return self._spot(self._read.values.get(pointer, 0))

    @property
    def mistakes(self) -> tuple[TextMistake, ...]:
        """What is wrong with the text: repeated members, and the first syntax mistake."""
        return tuple(
            TextMistake(
                Mistake(fault.code, fault.message, fault.pointer, fault.hint),
                self._spot(fault.offset),
                tuple(self._spot(offset) for offset in fault.related),
            )
            for fault in self._read.faults
        )

    @cached_property
    def _read(self) -> TextReading:
        return read_text(self.text)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def _spot(self, offset: int) -> Spot:
        line = bisect_left(self._line_ends, offset)
        start = self._line_ends[line - 1] + 1 if line else 0
        return Spot(line + 1, offset - start + 1)
