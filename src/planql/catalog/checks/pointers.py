"""Moving mistakes: from a part to the document around it, from a document to its path."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from planql.catalog.documents import Document, PlacedMistake
from planql.entity import Entity
from planql.problems import Mistake, escape_pointer


def under(prefix: str, mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """The mistakes of a part as mistakes of the document that holds it at the pointer `prefix`."""
    for mistake in mistakes:
        related = tuple(prefix + pointer for pointer in mistake.related)
        yield replace(mistake, pointer=prefix + mistake.pointer, related=related)


def placed(document: Document[Entity], mistakes: Iterable[Mistake]) -> Iterator[PlacedMistake]:
    """The mistakes of one document, with its path."""
    for mistake in mistakes:
        related = tuple((document.path, pointer) for pointer in mistake.related)
        yield PlacedMistake(document.path, mistake, related)


def repetitions(values: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The index of every value that stood before, with the index where it stood first."""
    first: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        if first.setdefault(value, index) != index:
            yield index, first[value]


def check_repeated_items(member: str, items: Sequence[str]) -> Iterator[Mistake]:
    """A list of keys or properties names each of them once."""
    for index, first in repetitions(items):
        yield Mistake(
            "repeated-item",
            f'"{items[index]}" stands in "{member}" twice',
            escape_pointer(member, index),
            "remove the repetition",
            related=(escape_pointer(member, first),),
        )
