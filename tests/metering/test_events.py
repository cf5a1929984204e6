"""Reading usage events."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.metering.building import CASES, Doc, parsed

from planql.errors import InvalidInput
from planql.metering.events import (
    BadEvent,
    UsageEvent,
    parse_event,
    parse_events,
    parse_lines,
    read_event,
    read_events,
)

BAD = json.loads((CASES / "events" / "bad.json").read_text("utf-8"))
GOOD_TEXT = (CASES / "events" / "good.json").read_text("utf-8")
GOOD = parsed(GOOD_TEXT)

FIRST = b'{"id": "1", "type": "usage", "time": "2026-06-01T00:00:00Z", "data": {"value": 1.5}}'
SECOND = b'{"id": "2", "type": "usage", "time": "2026-06-02T00:00:00Z"}'
BROKEN = b'{"id": "3", "type": "usage"}'


def shown(event: UsageEvent, member: str) -> object:
    """A member of an event; instants as text."""
    value = getattr(event, member)
    return value.isoformat() if isinstance(value, datetime) else value


def written(position: int) -> bytes:
    """A good event as it stands in the case file, to the digit."""
    decoder = json.JSONDecoder(parse_float=Decimal)
    text, at = GOOD_TEXT, 0
    for _ in range(position + 1):
        at = text.index('"event": ', at) + len('"event": ')
    _, end = decoder.raw_decode(text, at)
    return text[at:end].encode()


@pytest.mark.parametrize("position", range(len(GOOD)))
def test_a_good_event_is_read_alike_from_its_text_and_from_its_value(position: int) -> None:
    """Both ways of reading give the members that the case expects, numbers exact."""
    case = GOOD[position]
    from_text, from_value = parse_event(written(position)), read_event(case["event"])
    assert from_text == from_value
    for member, expected in case["expected"].items():
        assert shown(from_text, member) == expected


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["because"])
def test_a_bad_event_is_refused_with_its_place(case: Doc) -> None:
    """Code and pointer name what is wrong and where."""
    with pytest.raises(InvalidInput) as caught:
        parse_event(case["text"].encode())
    assert (caught.value.code, caught.value.pointer) == (case["code"], case["pointer"])


def test_numbers_are_read_from_their_text() -> None:
    """No number passes through a float, and whole ones stay whole."""
    data = parse_event(FIRST.replace(b"1.5", b"[0.1, 1e2, 7, 0.30000000000000004]")).data
    assert data["value"] == [Decimal("0.1"), 100, 7, Decimal("0.30000000000000004")]


def test_a_number_that_nothing_can_hold_does_not_spoil_its_event() -> None:
    """It stays text, which no aggregation takes for a number."""
    assert parse_event(FIRST.replace(b"1.5", b"1e9999999999999999999")).data == {
        "value": "1e9999999999999999999"
    }


def test_among_other_json_such_a_number_is_refused() -> None:
    """Where numbers are kept as numbers there is nothing to keep it in; it is no defect."""
    with pytest.raises(InvalidInput, match="is not a JSON number that can be read"):
        parsed("[1e9999999999999999999]")


def test_a_deeply_nested_event_is_refused() -> None:
    """What is nested too deeply is a mistake of the event, not of the program."""
    with pytest.raises(InvalidInput, match="nested"):
        parse_event(FIRST.replace(b"1.5", b"[" * 100_000))


def test_a_text_that_is_not_utf_8_is_refused() -> None:
    """The offset of the first bad byte is named."""
    with pytest.raises(InvalidInput) as caught:
        parse_event(FIRST.replace(b"usage", b"us\xffge"))
    assert caught.value.code == "not-utf-8"


def test_identity_is_source_and_id() -> None:
    """Events of two sources may have the same id."""
    one = UsageEvent("1", "usage", datetime(2026, 6, 1, tzinfo=UTC), source="a")
    other = UsageEvent("1", "usage", datetime(2026, 6, 1, tzinfo=UTC), source="b")
    assert one.identity == ("a", "1")
    assert one.identity != other.identity


def ids(text: bytes | str) -> list[str]:
    """The ids of the events of a text without mistakes."""
    parsed_events = parse_events(text)
    assert parsed_events.bad == ()
    return [event.id for event in parsed_events.events]


@pytest.mark.parametrize(
    "text",
    [
        FIRST + b"\n" + SECOND,
        FIRST + b"\r\n\r\n  \n" + SECOND + b"\n",
        b"[" + FIRST + b",\n" + SECOND + b"]",
        b"\n [" + FIRST + b"," + SECOND + b"]\n",
        (FIRST + b"\n" + SECOND).decode(),
    ],
    ids=["lines", "blank lines", "list", "list after blanks", "text"],
)
def test_events_come_as_lines_or_as_a_list(text: bytes | str) -> None:
    """JSON lines and a JSON list give the same events, in their order."""
    assert ids(text) == ["1", "2"]


def test_one_event_may_span_several_lines() -> None:
    """A single JSON object is one event, however it is laid out."""
    assert ids(json.dumps(json.loads(FIRST), indent=2)) == ["1"]


@pytest.mark.parametrize("text", ["", "\n \n", "[]"])
def test_nothing_holds_no_events(text: str) -> None:
    """An empty text, blank lines and an empty list have no events and no mistakes."""
    assert ids(text) == []


@pytest.mark.parametrize(
    "text",
    [FIRST + b"\n" + BROKEN + b"\n" + SECOND, b"[%b,%b,%b]" % (FIRST, BROKEN, SECOND)],
    ids=["lines", "list"],
)
def test_bad_events_are_reported_and_good_ones_kept(text: bytes) -> None:
    """A bad event has its position from 1, code, pointer and reason; the others are kept."""
    outcome = parse_events(text)
    assert [event.id for event in outcome.events] == ["1", "2"]
    assert outcome.bad == (BadEvent(2, "", "missing-member", '"time" is missing'),)


def test_lines_count_blank_ones() -> None:
    """The position of a bad line is its line in the file."""
    assert [bad.position for bad in parse_events(b"\n\n" + FIRST + b"\n{\n").bad] == [4]


@pytest.mark.parametrize("text", [b"[" + FIRST + b", {]", b"[" * 100_000])
def test_a_list_that_is_not_json_is_refused_whole(text: bytes) -> None:
    """There are no single events to report in what is no list."""
    with pytest.raises(InvalidInput) as caught:
        parse_events(text)
    assert caught.value.code == "json-syntax"


def test_values_are_read_like_texts() -> None:
    """Values that were read from JSON give events and mistakes, too."""
    outcome = read_events([parsed(FIRST.decode()), {"id": "x"}, parsed(SECOND.decode())])
    assert [event.id for event in outcome.events] == ["1", "2"]
    assert [(bad.position, bad.code) for bad in outcome.bad] == [
        (2, "missing-member"),
    ]


def test_lines_are_read_one_at_a_time() -> None:
    """A stream of lines is answered as it comes, before it ends."""

    def stream() -> object:
        yield FIRST
        yield b""
        raise AssertionError("read ahead")

    outcomes = parse_lines(stream())  # type: ignore[arg-type]  # a generator of bytes
    first = next(outcomes)
    assert isinstance(first, UsageEvent)
    assert first.id == "1"
