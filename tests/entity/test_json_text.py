"""JSON text to values, exactly."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planql.entity import JsonNumber, parse_json
from planql.entity.json_text import decode_utf8, parse_last_wins, valid_start
from planql.errors import InvalidInput


def refusal(text: str | bytes) -> InvalidInput:
    """The error with which a text is refused."""
    with pytest.raises(InvalidInput) as refused:
        parse_json(text)
    return refused.value


def test_reads_every_kind_of_value() -> None:
    """Objects, lists, texts, numbers, true, false and null are Python's own."""
    text = '{"a": [1, "ü", true, false, null, {}]}'
    assert parse_json(text) == parse_json(text.encode()) == {"a": [1, "ü", True, False, None, {}]}


@pytest.mark.parametrize("number", ["0.1", "1e-7", "12345678901234567.89", "-0.0", "1E+5"])
def test_keeps_numbers_to_the_digit(number: str) -> None:
    """A number with a point or an exponent is never a binary fraction."""
    value = parse_json(number)
    assert isinstance(value, JsonNumber)
    assert str(value) == str(Decimal(number))


def test_keeps_integers_of_any_size() -> None:
    """An integer beyond 2^63 is exact."""
    assert parse_json("9" * 1000) == int("9" * 1000)


@pytest.mark.parametrize("number", ["9" * 1001, "0." + "1" * 1000, "1e" + "9" * 20])
def test_refuses_numbers_that_nobody_wrote(number: str) -> None:
    """A number that would take unbounded space is refused."""
    assert refusal(number).code == "json-syntax"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_refuses_what_is_no_number(number: str) -> None:
    """JSON has no NaN and no infinity."""
    assert (
        refusal(f'{{"a": {number}}}').message == f'"{number}" is not a JSON number that can be read'
    )


def test_says_where_the_syntax_goes_wrong() -> None:
    """The message has line and column."""
    error = refusal('{"a": 1,\n "b" 2}')
    assert (error.code, error.message) == (
        "json-syntax",
        "Expecting ':' delimiter at line 2, column 6",
    )


def test_refuses_repeated_members() -> None:
    """A member that stands twice has no value, whichever of the two other readers would take."""
    error = refusal('{"a": {"b": 1, "c": 2, "b": 3}}')
    assert (error.code, error.message) == (
        "repeated-key",
        '"b" stands more than once in one object',
    )


def test_can_read_on_after_repeated_members() -> None:
    """For finding more mistakes the last of repeated members passes."""
    assert parse_last_wins('{"a": 1, "a": 2}') == {"a": 2}


@pytest.mark.parametrize("text", ["", " \n", b"", b"\xef\xbb\xbf"])
def test_refuses_an_empty_text(text: str | bytes) -> None:
    """Nothing is no document."""
    assert refusal(text).code == "empty-file"


def test_refuses_bytes_that_are_not_utf_8() -> None:
    """The first wrong byte is named with its offset."""
    error = refusal(b'{"a": "\xe9"}')
    assert (error.code, error.message) == ("not-utf-8", "byte 7 (0xe9) is not UTF-8 text")
    assert valid_start(b'{"a": "\xe9"}') == '{"a": "'
    assert valid_start("ü".encode()) == "ü"


def test_passes_over_a_byte_order_mark() -> None:
    """The mark that some editors put in front is no part of the text."""
    assert parse_json(b"\xef\xbb\xbf1") == parse_json("\ufeff1") == 1
    assert decode_utf8(b"\xef\xbb\xbfa") == "a"


@pytest.mark.parametrize("text", ["[" * 101 + "]" * 101, '{"a":' * 101 + "1" + "}" * 101])
def test_refuses_101_brackets_inside_each_other(text: str) -> None:
    """What is nested deeper than any document is refused, whatever the machine could bear."""
    assert refusal(text).code == "nested-too-deeply"


def test_refuses_brackets_without_end() -> None:
    """50,000 brackets exhaust nothing."""
    assert refusal("[" * 50_000).code == "nested-too-deeply"
    assert refusal('{"a":[' * 50_000).code == "nested-too-deeply"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100 + "]" * 100,
        f"[{', '.join(['[]'] * 200)}]",
        json.dumps(["[{" * 200]),
        '["\\"[[", 1]',
    ],
)
def test_counts_depth_not_brackets(text: str) -> None:
    """Brackets side by side or inside texts are not nested."""
    assert parse_json(text) == json.loads(text)


@pytest.mark.parametrize(
    "text", [r'"\ud83d"', r'"\ude80"', r'"a\ud83d\n"', r'"\ud83d\ud83d\ude80"']
)
def test_refuses_half_a_character(text: str) -> None:
    """Text that could not be written as UTF-8 again is refused."""
    assert refusal(text).code == "lone-surrogate"


@pytest.mark.parametrize(
    ("text", "value"),
    [(r'"\ud83d\ude80"', "🚀"), (r'"\\ud83d"', r"\ud83d"), (r'"\u00fc\ud83d\ude80x"', "ü🚀x")],
)
def test_reads_characters_in_two_halves(text: str, value: str) -> None:
    """A pair of escapes is one character; an escaped backslash is no escape."""
    assert parse_json(text) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_law_numbers_survive(number: Decimal) -> None:
    """Whatever plain number is written, it is read to the digit."""
    value = parse_json(f"[{number:f}]")
    assert isinstance(value, list)
    assert Fraction(value[0]) == Fraction(number)


@given(st.binary(max_size=30))
def test_law_no_bytes_are_a_surprise(data: bytes) -> None:
    """Any bytes are read, or refused with a code."""
    try:
        parse_json(data)
    except InvalidInput as error:
        assert error.code  # noqa: PT017 - either outcome is right
