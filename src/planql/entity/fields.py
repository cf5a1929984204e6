"""The field types that documents share, with their text forms and JSON Schemas.

A validator that refuses a value raises `refusal(code, message, hint)`, whose code names the
page under docs/problems/.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from planql.entity.json_text import JsonNumber
from planql.errors import InvalidInput
from planql.money import CURRENCY_DIGITS, DECIMALS, parse_decimal

Item = TypeVar("Item")

_SHOWN: Final = 80
"""Characters of a text that a message repeats."""

Items = Annotated[tuple[Item, ...], Strict(strict=False)]
"""An immutable list; JSON's lists are read as tuples."""


def refusal(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """The error that a validator raises: a problem code, a message and how to mend it."""
    # Braces would be taken for placeholders of the template.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def decimal_text(*, positive: bool = False, negative: bool = False) -> Callable[[object], Decimal]:
    """A validator for decimal strings; `negative` allows numbers below 0, `positive` refuses 0."""

    def read(value: object) -> Decimal:
        if isinstance(value, int | float | JsonNumber) and not isinstance(value, bool):
            raise refusal(
                "number-not-text",
                f"{value} is a JSON number, where a decimal string belongs",
                f'write it in quotes: "{value}"',
            )
        if isinstance(value, Decimal):
            return value
        if not isinstance(value, str):
            raise refusal(
                "not-a-decimal",
                f"{describe(value)} is not a decimal string",
                'write digits in quotes, such as "12.50"',
            )
        return _bounded(_parsed(value), value, positive=positive, negative=negative)

    return read


def _parsed(text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except InvalidInput as error:
        raise refusal(error.code, error.message, error.hint) from None


def _bounded(number: Decimal, text: str, *, positive: bool, negative: bool) -> Decimal:
    if text.startswith("-") and not negative:
        raise refusal("negative-number", f'"{text}" is negative; it must be 0 or more')
    if number == 0 and positive:
        raise refusal("zero-not-allowed", f'"{text}" must be greater than 0')
    return number


def describe(value: object) -> str:
    """A JSON value in a few words, for a message: `true`, `a list`, `"text"`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(
                value if len(value) <= _SHOWN else value[:_SHOWN] + "…", ensure_ascii=False
            )
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return str(value)


def _decimal_schema(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description})


_NUMBER: Final = rf"(0|[1-9][0-9]{{0,29}})(\.[0-9]{{1,{DECIMALS}}})?"
_UNSIGNED: Final = f"^{_NUMBER}$"
_SIGNED: Final = f"^-?{_NUMBER}$"
_POSITIVE: Final = rf"^(?!0(\.0+)?$){_NUMBER}$"
_SHARE: Final = rf"^(100(\.0{{1,{DECIMALS}}})?|(?!0(\.0+)?$)[1-9]?[0-9](\.[0-9]{{1,{DECIMALS}}})?)$"
_AS_TEXT: Final = PlainSerializer(lambda value: f"{value:f}", return_type=str)

Amount = Annotated[
    Decimal,
    BeforeValidator(decimal_text()),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "money in major units, 0 or more, as a decimal string"),
]
"""Money in major units, 0 or more, at most 12 decimals."""

SignedAmount = Annotated[
    Decimal,
    BeforeValidator(decimal_text(negative=True)),
    _AS_TEXT,
    _decimal_schema(_SIGNED, "money in major units, of either sign, as a decimal string"),
]
"""Money in major units, of either sign."""

Quantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text()),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "a quantity, 0 or more, as a decimal string"),
]
"""A quantity, 0 or more, at most 12 decimals."""

SignedQuantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text(negative=True)),
    _AS_TEXT,
    _decimal_schema(_SIGNED, "a quantity of either sign, as a decimal string"),
]
"""A quantity of either sign: corrections make usage negative."""

PositiveQuantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text(positive=True)),
    _AS_TEXT,
    _decimal_schema(_POSITIVE, "a quantity above 0, as a decimal string"),
]
"""A quantity above 0."""


def _read_percentage(value: object) -> Decimal:
    return decimal_text()(value)


def _read_share(value: object) -> Decimal:
    number = decimal_text(positive=True)(value)
    if number > 100:  # noqa: PLR2004 - the whole is 100 %
        raise refusal("percentage-range", f'"{number}" is over 100 percent')
    return number


Percentage = Annotated[
    Decimal,
    BeforeValidator(_read_percentage),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "a percentage, 0 or more, as a decimal string: 2.9 is 2.9 %"),
]
"""A percentage, 0 or more: "2.9" is 2.9 %."""

Share = Annotated[
    Decimal,
    BeforeValidator(_read_share),
    _AS_TEXT,
    _decimal_schema(_SHARE, "a percentage above 0, at most 100, as a decimal string"),
]
"""A percentage of a whole: above 0, at most 100."""


_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _read_key(value: object) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise refusal(
            "invalid-key",
            f"{describe(value)} is not a key",
            "use lower-case letters, digits, hyphens and underscores, starting with a letter "
            "or a digit, at most 80 characters",
        )
    return value


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise refusal("not-text", f"{describe(value)} is not text")
    if not value.strip():
        raise refusal("blank-text", f"{describe(value)} is blank; it needs at least one character")
    return value


def _read_currency(value: object) -> str:
    if not isinstance(value, str) or value not in CURRENCY_DIGITS:
        raise refusal(
            "unknown-currency",
            f"{describe(value)} is not an ISO 4217 currency code",
            'write three capital letters, such as "USD", "EUR" or "JPY"',
        )
    return value


def _read_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refusal(
        "not-a-date", f"{describe(value)} is not a date", 'write year-month-day: "2026-03-01"'
    )


def parse_instant(text: str) -> datetime | None:
    """The instant that text with date, time and offset stands for; None for any other text.

    Digits past the microsecond are cut, so that no instant moves into the next day.
    """
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _read_instant(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    instant = parse_instant(value) if isinstance(value, str) else None
    if instant is not None:
        return instant
    raise refusal(
        "not-an-instant",
        f"{describe(value)} is not an instant with a time zone",
        'write date, time and offset: "2026-03-01T00:00:00Z"',
    )


Key = Annotated[
    str,
    BeforeValidator(_read_key),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[a-z0-9][a-z0-9_-]{0,79}$",
            "description": "a stable name: lower-case letters, digits, hyphens and underscores",
        }
    ),
]
"""A stable name given in a file."""

Text = Annotated[
    str,
    BeforeValidator(_read_text),
    WithJsonSchema({"type": "string", "pattern": r"\S", "description": "text that is not blank"}),
]
"""Text for people; not blank."""

CurrencyCode = Annotated[
    str,
    BeforeValidator(_read_currency),
    WithJsonSchema(
        {
            "type": "string",
            "enum": sorted(CURRENCY_DIGITS),
            "description": "an ISO 4217 currency code",
        }
    ),
]
"""An ISO 4217 code of a currency that has minor-unit digits."""

LocalDate = Annotated[
    date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date", "description": "a date: 2026-03-01"}),
]
"""A date without a time zone; which zone's day it is, the reader says."""

Instant = Annotated[
    datetime,
    BeforeValidator(_read_instant),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "date, time and offset: 2026-03-01T00:00:00Z",
        }
    ),
]
"""A point in time, with its offset from UTC; digits past the microsecond are cut."""

SchemaReference = Annotated[
    str | None,
    Field(alias="$schema", description="path of the JSON Schema, for editors"),
]
"""`$schema`, which editors read; whether it is the right one is checked with the file's path."""
