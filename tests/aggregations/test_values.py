"""Values in an event's data."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from planql.aggregations.values import (
    Unreadable,
    as_number,
    is_within_limits,
    number_at,
    pointer_to,
    text_at,
    value_at,
)
from planql.entity import parse_json

PATHS = json.loads((Path(__file__).parent.parent / "cases" / "metering" / "paths.json").read_text())


@pytest.mark.parametrize("case", PATHS, ids=lambda case: case["because"])
def test_dotted_paths_go_into_objects_and_whole_names_come_first(case: dict[str, object]) -> None:
    """A path names members from the outside in; a name that is the whole rest comes first."""
    data, path = case["data"], case["path"]
    assert isinstance(data, dict)
    assert value_at(data, str(path)) == case["value"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("-5", -5),
        ("5.50", Decimal("5.5")),
        ("1e3", 1000),
        ('"5"', 5),
        ('"-0.50"', Decimal("-0.5")),
        ('"1e3"', None),
        ('"+5"', None),
        ('"05"', None),
        ('".5"', None),
        ('"5."', None),
        ('" 5"', None),
        ('"5\\n"', None),
        ('"1_000"', None),
        ('"Infinity"', None),
        ('""', None),
        ("true", None),
        ("null", None),
        ("[]", None),
        ("{}", None),
    ],
)
def test_numbers_and_plain_decimal_texts_are_numbers(
    text: str, number: int | Decimal | None
) -> None:
    """A number is a number; so is text that is a plain decimal; nothing else is."""
    assert as_number(parse_json(text)) == number


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("9" * 30, True),
        ("-" + "9" * 30, True),
        ("1" + "0" * 30, False),
        ("-1" + "0" * 30, False),
        ("1e29", True),
        ("1e30", False),
        ("1e-30", True),
        ("1e-31", False),
        ("0." + "1" * 30, True),
        ("0." + "1" * 31, False),
        ("9" * 30 + "." + "9" * 30, True),
        ("9" * 31 + ".5", False),
    ],
)
def test_limits_are_30_digits_on_either_side_of_the_point(text: str, within: bool) -> None:
    """Up to 30 digits before the point and 30 after it, inclusive."""
    number = as_number(parse_json(text))
    assert number is not None
    assert is_within_limits(number) is within


def test_a_number_without_a_size_is_not_within_limits() -> None:
    """What no JSON can hold, code may pass: it is refused, not computed with."""
    assert not is_within_limits(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("data", "pointer", "reason"),
    [
        ({}, "/usage/tokens", "is missing"),
        ({"usage": None}, "/usage/tokens", "is missing"),
        ({"usage": {"tokens": "ten"}}, "/usage/tokens", '"ten" is not a plain decimal number'),
        ({"usage": {"tokens": True}}, "/usage/tokens", "true is not a plain decimal number"),
        ({"usage.tokens": []}, "/usage.tokens", "a list is not a plain decimal number"),
        (
            {"usage": {"tokens": 10**30}},
            "/usage/tokens",
            f"1{'0' * 30} has more than 30 digits before or after the point",
        ),
        (
            {"usage": {"tokens": 10**900}},
            "/usage/tokens",
            f"1{'0' * 59}... has more than 30 digits before or after the point",
        ),
    ],
)
def test_what_cannot_be_read_says_where_and_why(
    data: dict[str, object], pointer: str, reason: str
) -> None:
    """An unreadable value has its pointer and a reason that quotes it, cut when it is long."""
    assert number_at(data, "usage.tokens") == Unreadable(pointer, reason)


def test_pointers_escape_what_json_pointers_escape() -> None:
    """A slash or a tilde in a name is escaped (RFC 6901)."""
    assert pointer_to({}, "a/b.c~d") == "/a~1b/c~0d"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"eu"', "eu"),
        ('""', ""),
        ("null", None),
        ("1", "1"),
        ("1.0", "1"),
        ("1e-7", "0.0000001"),
        ("-0.0", "0"),
        (
            "123456789012345678901234567890.123456789012345678901234567890",
            "123456789012345678901234567890.12345678901234567890123456789",
        ),
        ("1e400", "1E+400"),
        ("true", "true"),
        ('[1, "a", 1.50]', '[1,"a","1.5"]'),
        ('{"b": null, "a": "é"}', '{"a":"é","b":null}'),
    ],
)
def test_values_as_text(written: str, text: str | None) -> None:
    """Text is itself, numbers are plain, everything else is compact JSON; null is missing."""
    assert text_at({"v": parse_json(written)}, "v") == text
