"""From the content of a file to the entity it stands for, or to what is wrong with it.

Owns: `Parsed`, and `ParsedCache`, which keeps what was parsed by content.
Does not own: judging documents together (`planql.catalog.checks`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, cast

from pydantic import ValidationError

from planql.catalog.document_kinds import DocumentKind
from planql.entity import Entity, mistakes_of, parse_json
from planql.entity.json_text import decode_utf8, parse_last_wins, valid_start
from planql.entity.shapes import shape_of
from planql.errors import InvalidInput
from planql.problems import Mistake
from planql.sources.json_positions import Positions, TextMistake, spot_after
from planql.sources.mending import Mended

_ROUNDS: Final = 3
"""How often what is left of a document is tried; the first round usually does."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file's content stands for.

    Attributes:
        entity: With mistakes, what is left without them; None when nothing usable is left.
        positions: Where its values stand; of no text at all when it is not UTF-8.
        mistakes: What is wrong with the text and its values.
        unsure: Pointers to the values that `entity` has not as they were written.
    """

    entity: Entity | None
    positions: Positions
    mistakes: tuple[TextMistake, ...] = ()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ParsedCache:
    """What was parsed, by kind and content, so that reloading parses only what changed.

    Entities are immutable, so catalogs may share them. Give one cache to all loads of a process;
    it may be used by several threads. When full it forgets what was put in first.
    """

    capacity: int = 50_000
    _parsed: dict[tuple[str, bytes], Parsed] = field(default_factory=dict)

    def parse(self, kind: DocumentKind, content: bytes, digest: bytes) -> Parsed:
        """What `content`, whose SHA-256 is `digest`, stands for as a document of a kind."""
        key = (kind.name, digest)
        found = self._parsed.get(key)
        if found is None:
            found = parse_content(kind, content)
            self._make_room()
            self._parsed[key] = found
        return found

    def _make_room(self) -> None:
        while len(self._parsed) >= self.capacity:
            self._parsed.pop(next(iter(self._parsed)), None)


def parse_content(kind: DocumentKind, content: bytes) -> Parsed:
    """What `content` stands for as a document of a kind; never raises for what is in it."""
    try:
        text = decode_utf8(content)
    except InvalidInput as error:
        return Parsed(None, Positions(""), (_undecodable(error, content),))
    positions = Positions(text)
    try:
        value = parse_json(text)
    except InvalidInput:
        return _parse_faulty(kind, text, positions)
    return _validate(kind, value, positions)


def _undecodable(error: InvalidInput, content: bytes) -> TextMistake:
    """The mistake at the first byte that is not UTF-8; columns count the characters before it."""
    return TextMistake(
        Mistake(error.code, error.message, hint=error.hint), spot_after(valid_start(content))
    )


def _parse_faulty(kind: DocumentKind, text: str, positions: Positions) -> Parsed:
    """A text with repeated members is read on; after any other fault there is nothing to read."""
    faults = positions.mistakes
    if any(fault.mistake.code != "repeated-key" for fault in faults):
        return Parsed(None, positions, faults)
    rest = _validate(kind, parse_last_wins(text), positions)
    unsure = rest.unsure | {fault.mistake.pointer for fault in faults}
    return Parsed(rest.entity, positions, faults + rest.mistakes, unsure)


def _validate(kind: DocumentKind, value: object, positions: Positions) -> Parsed:
    try:
        return Parsed(kind.shape.validate_python(value), positions)
    except ValidationError as error:
        mistakes = mistakes_of(error, kind.shape.core_schema)
    mended = Mended(kind.name, shape_of(kind.shape.core_schema), value)
    entity = _rest(kind, mended, mistakes)
    return Parsed(
        entity,
        positions,
        tuple(_placed(mistake, positions) for mistake in mistakes),
        frozenset(mended.unsure),
    )


def _rest(kind: DocumentKind, mended: Mended, mistakes: Iterable[Mistake]) -> Entity | None:
    """What is left of a document without its mistakes; None when that is no document."""
    for _ in range(_ROUNDS):
        mended.take_out(mistakes)
        try:
            return cast("Entity", kind.shape.validate_python(mended.value))
        except ValidationError as error:
            mistakes = mistakes_of(error, kind.shape.core_schema)
    return None


def _placed(mistake: Mistake, positions: Positions) -> TextMistake:
    return TextMistake(mistake, positions.spot(mistake.pointer, at_name=mistake.at_key))
