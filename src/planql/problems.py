"""Mistakes in a catalog, as values.

Owns: what a problem is, its order, the text `path:line:column: severity code: message`, and the
nearest of the words that would have been right.
Does not own: finding problems (`planql.catalog`, `planql.sources`) or printing them (`planql.cli`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error makes a catalog invalid, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is written. Lines and columns count from 1; columns count characters."""

    path: str
    line: int = 1
    column: int = 1
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong inside one document, before anyone looked up the line.

    `at_key` says that the name of the member at `pointer` is the mistake, not its value;
    `related` are pointers to other places of the document that matter: the first of two equals.
    """

    code: str
    message: str
    pointer: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    at_key: bool = False
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake and where it is. Problems sort by place, then by code."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Place, ...] = field(default=())

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """Order of reports: path, line, column, pointer, then code and message."""
        return (self.place, self.code, self.message)

    def __str__(self) -> str:
        """The report on one line, without the hint."""
        place = f"{self.place.path}:{self.place.line}:{self.place.column}"
        return f"{place}: {self.severity} {self.code}: {self.message}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, when one is like it at all; ties go to the first."""
    return next(iter(get_close_matches(word, list(known), n=1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint that offers the known word most like `word`; "" when none is like it."""
    meant = nearest(word, known)
    return f'did you mean "{meant}"?' if meant else ""


def escape_pointer(*parts: str | int) -> str:
    """Join member names and indexes into a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
