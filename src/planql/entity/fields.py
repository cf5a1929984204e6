"""The field types of keys, text, currencies, dates and instants, with their JSON Schemas.

A validator refuses a value by raising `refusal(code, message, hint)`.
"""

import re
from datetime import date, datetime
from typing import Annotated, Final, TypeVar

from pydantic import BeforeValidator, Field, Strict, WithJsonSchema

from planql.entity.refusals import describe, refusal
from planql.money import CURRENCY_DIGITS

Item = TypeVar("Item")

Items = Annotated[tuple[Item, ...], Strict(strict=False)]
"""An immutable list; JSON's lists are read as tuples."""

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


def parse_date(value: object) -> date | None:
    """The date that a text writes as year-month-day; None for anything else: week dates, too."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _read_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = parse_date(value)
    if day is not None:
        return day
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
