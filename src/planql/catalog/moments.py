"""Moments that documents name by a word or by a date: "next_period", "2026-03-01"."""

from collections.abc import Callable
from datetime import date

from pydantic import BeforeValidator, WithJsonSchema

from planql.entity import describe, parse_date, refusal


def read_word_or_date(*words: str) -> BeforeValidator:
    """The validator of a moment that is one of `words`, or a date."""
    return BeforeValidator(_reader(words))


def word_or_date_schema(*words: str, description: str) -> WithJsonSchema:
    """The JSON Schema of such a moment."""
    forms = [{"enum": list(words)}, {"type": "string", "format": "date"}]
    return WithJsonSchema({"anyOf": forms, "description": description})


def _reader(words: tuple[str, ...]) -> Callable[[object], object]:
    expected = ", ".join(f'"{word}"' for word in words)

    def read(value: object) -> object:
        if value in words or isinstance(value, date):
            return value
        found = parse_date(value)
        if found is None:
            raise refusal(
                "not-a-date",
                f"{describe(value)} is not a moment",
                f'write {expected}, or year-month-day: "2026-03-01"',
            )
        return found

    return read
