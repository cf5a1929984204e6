"""Mistakes in a catalog, as values.

Owns: what a problem is, its order, the text `path:line:column: severity code: message`.
Does not own: finding problems (`planql.catalog`, `planql.sources`) or printing them (`planql.cli`).
"""

from dataclasses import dataclass, field
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

    `at_key` says that the name of the member at `pointer` is the mistake, not its value.
    """

    code: str
    message: str
    pointer: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    at_key: bool = False


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


def escape_pointer(*parts: str | int) -> str:
    """Join member names and indexes into a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
