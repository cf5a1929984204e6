"""One pass over a JSON text: the offset of every value and name, repeats, the first fault.

The reader keeps its own stack, so no depth of brackets exhausts the machine's.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Final

from planql.entity.json_text import DEEPEST, is_readable, lone_surrogate
from planql.problems import escape_pointer
from planql.sources.json_syntax import OPEN_TEXT, Fault, syntax_fault

_SPACE: Final = r"[ \t\n\r]*"
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_BLANK: Final = re.compile(_SPACE)
_NAME: Final = re.compile(rf'{_SPACE}({OPEN_TEXT}"){_SPACE}(:?)')
_VALUE: Final = re.compile(rf'{_SPACE}(?:([\[{{])|({_NUMBER})|{OPEN_TEXT}"|true|false|null)')
_BRACKET: Final = 1
_SHOWN: Final = 40


@dataclass(slots=True)
class TextReading:
    """What one pass found.

    Attributes:
        values: JSON pointer -> offset of the value; of repeated members the last one counts.
        names: JSON pointer -> offset of the quote that opens the member's name.
        faults: In the order of the text; only the last can be a syntax mistake.
    """

    values: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A list or an object that is not closed yet, with the names met in it."""

    closing: str
    pointer: str
    count: int = 0
    names: dict[str, int] = field(default_factory=dict)


def read_text(text: str) -> TextReading:
    """The places in a JSON text, in time linear in its length."""
    reader = _Reader(text)
    reader.read()
    escape = lone_surrogate(text)
    if escape is not None:
        message = f'"{text[escape : escape + 6]}" is half of a character'
        reader.found.faults.append(Fault("lone-surrogate", message, escape))
    return reader.found


class _Reader:
    """Reads until the text ends or goes wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[_Open] = []
        self.found = TextReading()
        self.failed = False

    def read(self) -> None:
        """Read the whole text."""
        if not self.text.strip():
            self._stop(Fault("empty-file", "there is nothing here; a document was expected", 0))
            return
        self._value("")
        while self.open and not self.failed:
            self._next(self.open[-1])
        if not self.failed and self._skip_blank() < len(self.text):
            self._expect("the end of the text")

    def _next(self, holder: _Open) -> None:
        """Read one more member or item of `holder`, or its end."""
        sign = self.text[self._skip_blank() : self.at + 1]
        if sign == holder.closing:
            self.at += 1
            self.open.pop()
        elif holder.count and sign != ",":
            self._expect(f'"," or "{holder.closing}"')
        else:
            self.at += 1 if holder.count else 0
            holder.count += 1
            self._inside(holder)

    def _inside(self, holder: _Open) -> None:
        if holder.closing == "}":
            self._member(holder)
        else:
            self._value(f"{holder.pointer}/{holder.count - 1}")

    def _member(self, holder: _Open) -> None:
        match = _NAME.match(self.text, self.at)
        if match is None:
            self._expect("a name in double quotes")
            return
        name, self.at = _unquoted(match[1]), match.end()
        pointer = holder.pointer + escape_pointer(name)
        self._note(holder, name, pointer, match.start(1))
        if match[2]:
            self._value(pointer)
        else:
            self._expect('":"')

    def _note(self, holder: _Open, name: str, pointer: str, offset: int) -> None:
        """Keep where a name stands; of a name met before, report both places."""
        first = holder.names.setdefault(name, offset)
        if first != offset:
            message = f"{json.dumps(name, ensure_ascii=False)} stands more than once in one object"
            hint = "remove one of the two"
            self.found.faults.append(
                Fault("repeated-key", message, offset, hint, pointer, (first,))
            )
        self.found.names[pointer] = offset

    def _value(self, pointer: str) -> None:
        match = _VALUE.match(self.text, self.at)
        if match is None:
            self._expect("a value")
            return
        start = self._skip_blank()
        self.found.values[pointer] = start
        self.at = match.end()
        if match.lastindex == _BRACKET:
            self._push(match[_BRACKET], pointer, start)
        elif match.lastindex and not is_readable(self.text[start : self.at]):
            shown = self.text[start : self.at][:_SHOWN]
            self._stop(Fault("json-syntax", f"{shown} is not a number that can be read", start))

    def _push(self, bracket: str, pointer: str, start: int) -> None:
        if len(self.open) == DEEPEST:
            message = f"lists and objects are nested more than {DEEPEST} deep"
            self._stop(Fault("nested-too-deeply", message, start))
        self.open.append(_Open("}" if bracket == "{" else "]", pointer))

    def _skip_blank(self) -> int:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _expect(self, what: str) -> None:
        """Report that `what` is not what follows."""
        self._stop(syntax_fault(self.text, self._skip_blank(), what))

    def _stop(self, fault: Fault) -> None:
        self.found.faults.append(fault)
        self.failed = True


def _unquoted(name: str) -> str:
    return str(json.loads(name)) if "\\" in name else name[1:-1]
