"""Values in an event's data: finding them by path, reading them as exact numbers or as text.

Owns: dotted paths, what counts as a number, the limits of a number, values as text.
Does not own: which events are read (`planql.metering`).

A path names members from the outside in: `usage.tokens` is `{"usage": {"tokens": 10}}`. A member
whose own name is the whole rest of the path comes first: `{"usage.tokens": 10}`. Lists are not
entered. `null` is a missing property.

Source: INTERFACES, `rate -` (docs/rules/metering.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planql.entity import describe
from planql.money import plain
from planql.problems import escape_pointer

Number = int | Decimal
"""An exact number; booleans are not numbers."""

MOST_DIGITS: Final = 30
"""Most digits of a number before its point, and most after it."""

_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_LONGEST: Final = 2 * MOST_DIGITS + 2
_LIMIT: Final = 10**MOST_DIGITS
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that an aggregation cannot use.

    Attributes:
        pointer: JSON pointer inside the event's data: `/usage/tokens`.
        reason: What is wrong with it, the value quoted.
    """

    pointer: str
    reason: str


def value_at(data: Mapping[str, object], path: str) -> object:
    """The value at a dotted path; None when it is missing or null."""
    if path in data:
        return data[path]
    head, _, rest = path.partition(".")
    inner = data.get(head)
    return value_at(inner, rest) if rest and isinstance(inner, Mapping) else None


def pointer_to(data: Mapping[str, object], path: str) -> str:
    """The JSON pointer of a dotted path inside the data, as far as it can be followed."""
    head, _, rest = path.partition(".")
    if path in data or not rest:
        return escape_pointer(path)
    inner = data.get(head)
    return escape_pointer(head) + pointer_to(inner if isinstance(inner, Mapping) else {}, rest)


def as_number(value: object) -> Number | None:
    """The number that a value is, or that its text plainly says; None for everything else.

    Exact and without limits: only for comparing. Text with an exponent is no number.
    """
    if isinstance(value, int | Decimal):
        return None if isinstance(value, bool) else value
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return Decimal(value)
    return None


def is_within_limits(number: Number) -> bool:
    """Whether a number has at most 30 digits before its point and at most 30 after it."""
    if isinstance(number, int):
        return -_LIMIT < number < _LIMIT
    _, digits, exponent = number.as_tuple()
    return (
        isinstance(exponent, int)
        and exponent >= -MOST_DIGITS
        and len(digits) + exponent <= MOST_DIGITS
    )


def number_at(data: Mapping[str, object], path: str) -> Number | Unreadable:
    """The exact number at a dotted path, within the limits, or why there is none."""
    value = value_at(data, path)
    number = as_number(value)
    if number is not None and is_within_limits(number):
        return number
    return Unreadable(pointer_to(data, path), _why_not(value, number))


def text_at(data: Mapping[str, object], path: str) -> str | None:
    """The value at a dotted path as text; None when it is missing or null.

    Text is itself, numbers are as JSON shows them without superfluous zeros, so that `1` and
    `1.0` are "1", and `true` is "true". Objects and lists are compact JSON.
    """
    return _text(value_at(data, path))


def _text(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case int() if not isinstance(value, bool):
            return str(value)
        case Decimal():
            return plain(value) if is_within_limits(value) else str(value)
        case _:
            return json.dumps(
                value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text
            )


def _why_not(value: object, number: Number | None) -> str:
    if value is None:
        return "is missing"
    shown = describe(value)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    if number is None:
        return f"{shown} is not a plain decimal number"
    return f"{shown} has more than {MOST_DIGITS} digits before or after the point"
