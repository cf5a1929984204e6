"""The schema's scalars: strict on the way in, exact on the way out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from graphql import GraphQLError, GraphQLScalarType, parse_const_value

from planql.entity import JsonNumber
from planql.gateway.schema import executable_schema

LONG = "123456789012345678901234567890.123456789012"


def scalar(name: str) -> GraphQLScalarType:
    """A scalar of the schema."""
    found = executable_schema().type_map[name]
    assert isinstance(found, GraphQLScalarType)
    return found


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("Decimal", "0.000002", Decimal("0.000002")),
        ("Decimal", "-10.50", Decimal("-10.5")),
        (
            "Decimal",
            "12345678901234567890.123456789012",
            Decimal("12345678901234567890.123456789012"),
        ),
        ("Date", "2026-03-01", date(2026, 3, 1)),
        ("DateTime", "2026-03-01T00:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("DateTime", "2026-03-01T01:00:00+01:00", datetime(2026, 3, 1, tzinfo=UTC)),
        ("CurrencyCode", "JPY", "JPY"),
    ],
)
def test_text_is_read_to_the_digit(name: str, text: str, value: object) -> None:
    """A scalar is read from text, the same in variables and in documents."""
    assert scalar(name).parse_value(text) == value
    assert scalar(name).parse_literal(parse_const_value(f'"{text}"')) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Decimal", 1),
        ("Decimal", 1.5),
        ("Decimal", JsonNumber("1.5")),
        ("Decimal", True),
        ("Decimal", None),
        ("Decimal", ["1"]),
        ("Decimal", "NaN"),
        ("Decimal", "Infinity"),
        ("Decimal", "1e3"),
        ("Decimal", "1_000"),
        ("Decimal", "1,000"),
        ("Decimal", " 1"),
        ("Decimal", "+1"),
        ("Decimal", "01"),
        ("Decimal", ".5"),
        ("Decimal", "\u0661"),
        ("Decimal", "0.0000000000001"),
        ("Decimal", "1" * 31),
        ("Date", "2026-W10-1"),
        ("Date", "20260301"),
        ("Date", "2026-02-30"),
        ("DateTime", "2026-03-01T00:00:00"),
        ("DateTime", "2026-03-01"),
        ("DateTime", 1772323200),
        ("CurrencyCode", "usd"),
        ("CurrencyCode", "XXX"),
        ("CurrencyCode", "Dollar"),
    ],
)
def test_what_money_must_not_be_read_from_is_refused(name: str, value: object) -> None:
    """Numbers, exponents, other scripts, naive times and unknown currencies are refused."""
    with pytest.raises(GraphQLError):
        scalar(name).parse_value(value)


@pytest.mark.parametrize("literal", ["1.5", "1", "USD", "null", "true", '["1"]', '{a: "1"}'])
def test_a_literal_that_is_no_string_is_refused(literal: str) -> None:
    """In a document, too, a decimal is written in quotes."""
    with pytest.raises(GraphQLError, match="written as a string"):
        scalar("Decimal").parse_literal(parse_const_value(literal))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("Decimal", Decimal("1E-7"), "0.0000001"),
        ("Decimal", Fraction(1, 3), "0.333333333333"),
        ("Decimal", Fraction(-5, 2), "-2.5"),
        ("Date", date(2026, 3, 1), "2026-03-01"),
        ("DateTime", datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00Z"),
        ("CurrencyCode", "EUR", "EUR"),
    ],
)
def test_text_is_written_plainly(name: str, value: object, text: str) -> None:
    """Numbers go out in plain notation, instants with their offset."""
    assert scalar(name).serialize(value) == text


def test_json_literals_keep_every_digit() -> None:
    """A JSON value in a document is read without floats."""
    literal = '{a: 0.10000000000000000001, b: [1, "x", true, null], c: {d: -2}}'
    value = scalar("Json").parse_literal(parse_const_value(literal))
    assert value == {
        "a": JsonNumber("0.10000000000000000001"),
        "b": [1, "x", True, None],
        "c": {"d": -2},
    }


def test_json_values_go_out_without_being_rounded() -> None:
    """Numbers that a reader could round go out as text, small integers as numbers."""
    value = {"a": Decimal("0.1"), "b": (1, 2**53, "x", True, None)}
    written = scalar("Json").serialize(value)
    assert written == {"a": "0.1", "b": [1, "9007199254740992", "x", True, None]}


def test_what_is_no_json_value_is_a_defect() -> None:
    """Nothing but JSON values can come out of the core as JSON."""
    with pytest.raises(TypeError, match="datetime"):
        scalar("Json").serialize(datetime(2026, 3, 1, tzinfo=UTC))
