"""What is wrong at the place where a text stops being JSON, in a sentence."""

import json
import re
from dataclasses import dataclass
from typing import Final

_CHARACTERS: Final = r'[^"\\\x00-\x1f]*'
OPEN_TEXT: Final = rf'"{_CHARACTERS}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_CHARACTERS})*'
"""Pattern of a JSON string without its closing quote."""

_OPEN_TEXT: Final = re.compile(OPEN_TEXT)
_WORD: Final = re.compile(r"[^\s,:\[\]{}\"']{1,40}|.", re.DOTALL)

_SHOWN: Final = 40

_HINTS: Final = {
    "}": "remove the comma before it",
    "]": "remove the comma before it",
    "'": "write double quotes",
    "True": "write true",
    "False": "write false",
    "None": "write null",
    "undefined": "write null",
    "NaN": "JSON has no such number",
    "Infinity": "JSON has no such number",
    "-Infinity": "JSON has no such number",
}
"""What people write out of habit -> what JSON has instead."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a text, at an offset.

    Attributes:
        pointer: Of the member or value at fault; "" when it has none.
        related: Offsets of the places it clashes with.
    """

    code: str
    message: str
    offset: int
    hint: str = ""
    pointer: str = ""
    related: tuple[int, ...] = ()


def syntax_fault(text: str, offset: int, expected: str) -> Fault:
    """What stands at `offset`, where `expected` would have been JSON."""
    opened = _OPEN_TEXT.match(text, offset)
    if opened and text[opened.end() : opened.end() + 1] != '"':
        return _broken_text(text, offset, opened.end())
    word = opened or _WORD.match(text, offset)
    if word is None:
        return Fault("json-syntax", f"the text ends where {expected} was expected", offset)
    shown = json.dumps(word[0].lstrip('"')[:_SHOWN], ensure_ascii=False)
    message = f"{shown} stands where {expected} was expected"
    return Fault("json-syntax", message, offset, _hint(text, offset, word[0]))


def _hint(text: str, offset: int, word: str) -> str:
    if word.startswith(("//", "/*", "#")):
        return "JSON has no comments"
    if word in "]}" and not text[:offset].rstrip().endswith(","):
        return ""
    return _HINTS.get(word, "")


def _broken_text(text: str, start: int, end: int) -> Fault:
    """What ends the string that opens at `start` too early, at `end`."""
    match text[end : end + 1]:
        case "":
            return Fault("json-syntax", "this text has no closing quote", start)
        case "\\":
            escape = json.dumps(text[end : end + 2], ensure_ascii=False)
            hint = r"write \\ for a backslash"
            return Fault("json-syntax", f"{escape} is not an escape JSON knows", end, hint)
        case "\n" | "\r":
            return Fault("json-syntax", "the text is not closed at the end of its line", end)
        case _:
            message = "a control character stands in the text"
            return Fault("json-syntax", message, end, r"write it as an escape, such as \t")
