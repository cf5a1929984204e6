"""JSON text to values, exactly: no float is ever made, no repeated member passes."""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import Final, NoReturn

from planql.errors import InvalidInput

DEEPEST: Final = 100
"""Most lists and objects inside each other; deeper text is refused before it is read."""

LONGEST_NUMBER: Final = 1000
"""Most characters of a number; longer ones are refused."""

_SHOWN: Final = 40
_NOT_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^\[\]{}]', re.DOTALL)
_BYTE_ORDER_MARK: Final = "\ufeff"
_SURROGATES: Final = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPED_BYTES: Final = re.compile("[\udc80-\udcff]")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)

Members = list[tuple[str, object]]


class JsonNumber(Decimal):
    """A JSON number with a point or an exponent, to the digit as it was written."""

    __slots__ = ()


def parse_json(text: str | bytes) -> object:
    """The value that a JSON text stands for, numbers exact (`int` or `JsonNumber`).

    Raises:
        InvalidInput: `not-utf-8`, `empty-file`, `nested-too-deeply`, `json-syntax`,
            `lone-surrogate` or `repeated-key`.
    """
    return _parse(text, _object)


def parse_last_wins(text: str) -> object:
    """As `parse_json`, but of repeated members the last one passes; for finding more mistakes."""
    return _parse(text, dict)


def _parse(text: str | bytes, members: Callable[[Members], object]) -> object:
    decoded = decode_utf8(text) if isinstance(text, bytes) else text.removeprefix(_BYTE_ORDER_MARK)
    _check_text(decoded)
    try:
        return json.loads(
            decoded,
            parse_float=_number,
            parse_int=_integer,
            parse_constant=_refuse_number,
            object_pairs_hook=members,
        )
    except json.JSONDecodeError as error:
        raise InvalidInput(
            "json-syntax", f"{error.msg} at line {error.lineno}, column {error.colno}"
        ) from None


def decode_utf8(data: bytes) -> str:
    """`data` as text, without the byte order mark that some editors put in front.

    Raises:
        InvalidInput: `not-utf-8`, with the offset of the first byte that is not.
    """
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            "not-utf-8",
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8 text",
            hint="save the file as UTF-8",
        ) from None


def valid_start(data: bytes) -> str:
    """What of `data` is UTF-8 text, up to the first byte that is not."""
    text = data.decode("utf-8", "surrogateescape").removeprefix(_BYTE_ORDER_MARK)
    return _ESCAPED_BYTES.split(text, maxsplit=1)[0]


def _check_text(text: str) -> None:
    """Refuse what the standard library reads too generously, or not in bounded space."""
    if not text.strip():
        raise InvalidInput("empty-file", "there is nothing here; a document was expected")
    if _depth(text) > DEEPEST:
        raise InvalidInput(
            "nested-too-deeply", f"lists and objects are nested more than {DEEPEST} deep"
        )
    escape = lone_surrogate(text)
    if escape is not None:
        found = text[escape : escape + 6]
        raise InvalidInput("lone-surrogate", f'"{found}" is half of a character')


def _depth(text: str) -> int:
    """How deep brackets are nested outside of strings; not counted exactly when few."""
    brackets = text.count("[") + text.count("{")
    if brackets <= DEEPEST:
        return brackets
    levels = (1 if bracket in "[{" else -1 for bracket in _NOT_BRACKETS.sub("", text))
    return max(accumulate(levels), default=0)


def lone_surrogate(text: str) -> int | None:
    r"""Offset of the first `\ud800`-like escape that is not one of a pair; None without one.

    Such text cannot be written as UTF-8 again.
    """
    if not _SURROGATES.search(text):
        return None
    high: int | None = None
    for escape in _ESCAPE.finditer(text):
        unit = int(escape[1], 16) if escape[1] else 0
        is_low = 0xDC00 <= unit <= 0xDFFF  # noqa: PLR2004 - Unicode's low surrogates
        if high is not None and not (is_low and escape.start() == high + 6):
            return high
        if is_low and high is None:
            return escape.start()
        high = escape.start() if 0xD800 <= unit <= 0xDBFF else None  # noqa: PLR2004 - the high ones
    return high


def is_readable(number: str) -> bool:
    """Whether a number is short enough to be read, and has an exponent that can be held."""
    if len(number) > LONGEST_NUMBER:
        return False
    try:
        JsonNumber(number)
    except InvalidOperation:  # an exponent of twenty digits
        return False
    return True


def _number(text: str) -> JsonNumber:
    return JsonNumber(text) if is_readable(text) else _refuse_number(text)


def _integer(text: str) -> int:
    return int(text) if is_readable(text) else _refuse_number(text)


def _refuse_number(text: str) -> NoReturn:
    raise InvalidInput("json-syntax", f'"{text[:_SHOWN]}" is not a JSON number that can be read')


def _object(pairs: Members) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in members if names.count(name) > 1)
        raise InvalidInput("repeated-key", f'"{twice}" stands more than once in one object')
    return members
