"""JSON text to values, exactly: no float is ever made, no repeated member passes."""

import json
from decimal import Decimal
from typing import Final, NoReturn

from planql.errors import InvalidInput

_MOST_DIGITS: Final = 1000


class JsonNumber(Decimal):
    """A JSON number with a point or an exponent, to the digit as it was written."""

    __slots__ = ()


def parse_json(text: str | bytes) -> object:
    """The value that a JSON text stands for, numbers exact (`int` or `JsonNumber`).

    Raises:
        InvalidInput: `not-utf-8`, `empty-file`, `json-syntax` or `repeated-key`.
    """
    decoded = decode_utf8(text) if isinstance(text, bytes) else text
    if not decoded.strip():
        raise InvalidInput("empty-file", "there is nothing here; a JSON value was expected")
    try:
        return json.loads(
            decoded,
            parse_float=_number,
            parse_int=_integer,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise InvalidInput(
            "json-syntax", f"{error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise InvalidInput("json-syntax", "the JSON is nested too deeply") from None


def decode_utf8(data: bytes) -> str:
    """`data` as text.

    Raises:
        InvalidInput: `not-utf-8`, with the offset of the first byte that is not.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            "not-utf-8",
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8 text",
            hint="save the file as UTF-8",
        ) from None


def _number(text: str) -> JsonNumber:
    return JsonNumber(text) if len(text) <= _MOST_DIGITS else _refuse_constant(text)


def _integer(text: str) -> int:
    return int(text) if len(text) <= _MOST_DIGITS else _refuse_constant(text)


def _refuse_constant(text: str) -> NoReturn:
    raise InvalidInput("json-syntax", f'"{text[:40]}" is not a JSON number that can be read')


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in members if names.count(name) > 1)
        raise InvalidInput("repeated-key", f'"{twice}" stands more than once in one object')
    return members
