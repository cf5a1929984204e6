"""The schema's own scalars: strict on the way in, exact on the way out.

GraphQL's `Float` and the usual `Decimal`, `Date` and `DateTime` take what money must not be read
from: binary floats, NaN, exponents, digits of other scripts, week dates, instants without an
offset. These take text only and read it as the catalog's files are read (`planql.entity`).
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NewType

import strawberry
from graphql import (
    FloatValueNode,
    GraphQLError,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    print_ast,
    value_from_ast_untyped,
)
from pydantic import ConfigDict, TypeAdapter, ValidationError
from strawberry.types.scalar import ScalarDefinition

from planql import entity
from planql.entity import JsonNumber
from planql.errors import InvalidInput
from planql.gateway.numerals import number_text
from planql.money import parse_decimal, plain

CurrencyCode = NewType("CurrencyCode", str)
"""An ISO 4217 code."""

Json = NewType("Json", object)
"""Any JSON value, its numbers exact."""

_GREATEST_SAFE: Final = 2**53 - 1
"""Greatest integer that every JSON reader keeps."""


def _reader(kind: Any) -> Callable[[str], object]:  # noqa: ANN401 - an annotation of any sort
    """What reads a text as the field type `kind` is read in files."""
    return TypeAdapter[object](kind, config=ConfigDict(strict=True)).validator.validate_python


def _text_scalar(
    name: str,
    read: Callable[[str], object],
    description: str,
    serialize: Callable[[Any], str],
) -> ScalarDefinition:
    """A scalar written as text, which `read` reads."""

    def parse_value(value: object) -> object:
        if not isinstance(value, str):
            raise GraphQLError(f"{name} is written as a string, not as {entity.describe(value)}")
        try:
            return read(value)
        except InvalidInput as error:
            raise GraphQLError(error.message) from None
        except ValidationError as error:
            raise GraphQLError(error.errors()[0]["msg"]) from None

    def parse_literal(node: ValueNode, _variables: object = None) -> object:
        if not isinstance(node, StringValueNode):
            raise GraphQLError(f"{name} is written as a string, not as {print_ast(node)}", node)
        return parse_value(node.value)

    return strawberry.scalar(
        name=name,
        description=description,
        serialize=serialize,
        parse_value=parse_value,
        parse_literal=parse_literal,
    )


def _instant_text(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _json_value(value: object) -> object:
    """A JSON value on its way out; numbers that a reader may round go as text."""
    match value:
        case bool() | str() | None:
            return value
        case int() if abs(value) <= _GREATEST_SAFE:
            return value
        case int() | Decimal():
            return plain(value)
        case dict():
            return {name: _json_value(item) for name, item in value.items()}
        case list() | tuple():
            return [_json_value(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} is no JSON value")


def _json_literal(node: ValueNode, variables: dict[str, object] | None = None) -> object:
    """The JSON value that a literal in a document stands for, numbers exact."""
    match node:
        case ObjectValueNode():
            return {item.name.value: _json_literal(item.value, variables) for item in node.fields}
        case ListValueNode():
            return [_json_literal(item, variables) for item in node.values]
        case FloatValueNode():
            return JsonNumber(node.value)
        case IntValueNode():
            return int(node.value)
        case VariableNode():
            return (variables or {}).get(node.name.value)
        case _:
            return value_from_ast_untyped(node)


DECIMAL: Final = _text_scalar(
    "Decimal",
    parse_decimal,  # as `entity.SignedQuantity` does
    'An exact decimal number as text in plain notation: `"0.000002"`. JSON numbers, exponents, '
    "separators and more than 12 decimals are refused. A number without a finite expansion comes "
    "out with 12 decimals.",
    number_text,
)

SCALARS: Final[dict[object, ScalarDefinition]] = {
    Decimal: DECIMAL,
    Fraction: DECIMAL,
    date: _text_scalar(
        "Date",
        _reader(entity.LocalDate),
        'A local day as text, year-month-day: `"2026-03-01"`. Whose day it is, the field says.',
        date.isoformat,
    ),
    datetime: _text_scalar(
        "DateTime",
        _reader(entity.Instant),
        "A point in time as text: date, time and offset from UTC, "
        '`"2026-03-01T00:00:00Z"`. One without an offset is refused.',
        _instant_text,
    ),
    CurrencyCode: _text_scalar(
        "CurrencyCode",
        _reader(entity.CurrencyCode),
        'An ISO 4217 currency code in capital letters: `"USD"`, `"EUR"`, `"JPY"`.',
        str,
    ),
    Json: strawberry.scalar(
        name="Json",
        description="A JSON value. Numbers are read from their text, so none is rounded; those "
        "that a reader could round come out as text.",
        serialize=_json_value,
        parse_value=lambda value: value,
        parse_literal=_json_literal,
    ),
}
"""Python type -> the scalar that stands for it in the schema."""
