"""Usage events: CloudEvents in substance, read from JSON with exact numbers.

Owns: what an event is, its identity, reading events from JSON, JSON lines and JSON values.
Does not own: which events a meter counts (`planql.metering.measure`).

Numbers are read from their text and never rounded: `1e-7` is 0.0000001. Digits of a time past
the microsecond are cut. `specversion` and other attributes of CloudEvents are let through.

Source: RULES 3.1; INTERFACES, `rate -`; CloudEvents 1.0 (docs/rules/metering.md).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Final, TypeVar

from msgspec import DecodeError, Raw, Struct, field
from msgspec.json import Decoder

from planql.entity import parse_instant, parse_json, read_entity
from planql.errors import InvalidInput
from planql.metering.event_documents import EventDocument

T = TypeVar("T")


class UsageEvent(Struct, frozen=True, gc=False):
    """One event of usage.

    Attributes:
        id: Its name, unique within its source.
        type: What happened; meters choose events by it.
        time: When it happened.
        data: What meters read; numbers are `int` or `Decimal`.
        source: Who says so; "" when not given.
        subject: Key of the customer; "" when not given.
        recorded_at: When it became known; None is: at its time.
    """

    id: str
    type: str
    time: datetime
    data: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    subject: str = ""
    recorded_at: datetime | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """Source and id: an event counts once, however often it is recorded."""
        return (self.source, self.id)


@dataclass(frozen=True, slots=True)
class BadEvent:
    """An event that cannot be read at all.

    Attributes:
        position: Where it stands, from 1: its line, or its place in the list.
        pointer: JSON pointer to the offending value inside the event; "" is all of it.
        code: What kind of mistake it is: `missing-member`, `not-an-instant`.
        reason: What is wrong, the value quoted, and what was expected.
    """

    position: int
    pointer: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedEvents:
    """The events that could be read, and those that could not, each in input order."""

    events: tuple[UsageEvent, ...]
    bad: tuple[BadEvent, ...] = ()


def read_event(value: object) -> UsageEvent:
    """The event that a value read by `planql.entity.parse_json` stands for.

    Raises:
        InvalidInput: the first mistake, with its pointer into the event.
    """
    document = read_entity(EventDocument, value)
    return UsageEvent(
        id=document.id,
        type=document.type,
        time=document.time,
        data=document.data,
        source=document.source,
        subject=document.subject,
        recorded_at=document.recorded_at,
    )


def parse_event(text: bytes) -> UsageEvent:
    """The event that one JSON object stands for.

    Raises:
        InvalidInput: it is not JSON, or its first mistake, with its pointer into the event.
    """
    try:
        event = _fast(_WIRE.decode(text))
    except _UNREADABLE:
        event = None
    return event or read_event(parse_json(text))


def parse_data(text: str) -> dict[str, object]:
    """The data of an event, from JSON that planql has written itself; numbers are exact."""
    return _DATA.decode(text)


def parse_events(text: bytes | str) -> ParsedEvents:
    """The events of a JSON text: one object, a list, or JSON lines; blank lines are skipped.

    What cannot be read is reported one by one, and the rest is kept. Repeated events are kept,
    too: `planql.metering.usage.Usage` counts each identity once.

    Raises:
        InvalidInput: `json-syntax`, when a list as a whole is not JSON.
    """
    data = text.encode() if isinstance(text, str) else text
    if _LIST_OPENS.match(data):
        return sort_out(_attempts(_items(data), parse_event))
    if _is_one(data):
        return sort_out([_attempt(1, data, parse_event)])
    return sort_out(parse_lines(BytesIO(data)))


def read_events(values: Iterable[object]) -> ParsedEvents:
    """The events that values read by `planql.entity.parse_json` stand for."""
    return sort_out(_attempts(values, read_event))


def parse_lines(lines: Iterable[bytes]) -> Iterator[UsageEvent | BadEvent]:
    """The events of JSON lines, one at a time as the lines come; blank lines are skipped."""
    for position, line in enumerate(lines, 1):
        if line and not line.isspace():
            yield _attempt(position, line, parse_event)


def sort_out(outcomes: Iterable[UsageEvent | BadEvent]) -> ParsedEvents:
    """Good events and bad ones apart, each in the order they came."""
    events: list[UsageEvent] = []
    bad: list[BadEvent] = []
    for outcome in outcomes:
        if isinstance(outcome, UsageEvent):
            events.append(outcome)
        else:
            bad.append(outcome)
    return ParsedEvents(tuple(events), tuple(bad))


class _Wire(Struct, gc=False):
    """An event as it is written; times stay text, for msgspec would round nanoseconds."""

    id: str
    type: str
    time: str
    data: dict[str, object] = field(default_factory=dict)
    source: str = ""
    subject: str = ""
    recorded_at: str | None = None


def _exact(text: str) -> Decimal | str:
    """A number with a point or an exponent; one that no `Decimal` can hold stays text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


_WIRE: Final = Decoder(_Wire, float_hook=_exact)
_DATA: Final = Decoder(dict[str, object], float_hook=_exact)
_LIST: Final = Decoder(list[Raw])
_ONE: Final = Decoder(Raw)
_LIST_OPENS: Final = re.compile(rb"\s*\[")
_UNREADABLE: Final = (DecodeError, RecursionError, UnicodeDecodeError)


def _fast(wire: _Wire) -> UsageEvent | None:
    """The event, or None when something is wrong that the careful reading will name."""
    time = parse_instant(wire.time)
    if time is None or not wire.id.strip() or not wire.type.strip():
        return None
    recorded_at = None
    if wire.recorded_at is not None:
        recorded_at = parse_instant(wire.recorded_at)
        if recorded_at is None:
            return None
    return UsageEvent(wire.id, wire.type, time, wire.data, wire.source, wire.subject, recorded_at)


def _attempts(
    values: Iterable[T], read: Callable[[T], UsageEvent]
) -> Iterator[UsageEvent | BadEvent]:
    return (_attempt(position, value, read) for position, value in enumerate(values, 1))


def _attempt(position: int, value: T, read: Callable[[T], UsageEvent]) -> UsageEvent | BadEvent:
    try:
        return read(value)
    except InvalidInput as error:
        return BadEvent(position, error.pointer, error.code, error.message)


def _items(data: bytes) -> Iterable[bytes]:
    """The texts of a JSON list's items."""
    try:
        return map(bytes, _LIST.decode(data))
    except _UNREADABLE as error:
        raise InvalidInput("json-syntax", str(error)) from None


def _is_one(data: bytes) -> bool:
    """Whether the text is one JSON value, perhaps over several lines."""
    try:
        _ONE.decode(data)
    except _UNREADABLE:
        return False
    return True
