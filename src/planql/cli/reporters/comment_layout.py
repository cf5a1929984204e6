"""The layout of a comment: sections of text, tables and code, cut to what GitHub accepts.

Owns: how sections are written in Markdown, and what is cut when they are too long together.
Does not own: what they say (`planql.cli.reporters.comment_markdown`).

::

    marker, headline     always there, never cut
    sections             those that are longer than a third of the room are cut to it; then the
                         least important one is: its last rows, its last parts, all of it
    notice               that something was cut, and where all of it is

A cut falls between rows or between parts, so tables, folds and code are always whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

MARKER: Final = "<!-- planql:catalog -->"
"""The first line of every comment, by which the earlier one is found and brought up to date."""

LIMIT: Final = 60_000
"""Most characters of a comment; GitHub refuses 65,536, and a margin costs nothing."""

_FEWEST_ROWS: Final = 3
_NOTE_ROOM: Final = 80
_SHARES: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every cell is Markdown on one line.

    Attributes:
        columns: The headings; one that begins with ">" stands to the right, as its cells do.
        rows: As many cells each as there are columns.
        cut: How many rows were cut off.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: int = 0

    def __str__(self) -> str:
        """The table, and how many rows are not shown."""
        rules = ["--:" if heading.startswith(">") else "---" for heading in self.columns]
        headings = [heading.removeprefix(">") for heading in self.columns]
        lines = [_row(headings), _row(rules), *map(_row, self.rows)]
        return "\n".join(lines) + (f"\n\n… and {self.cut:,} more rows" if self.cut else "")

    def shorter(self, excess: int) -> "Table":
        """The table without as many of its last rows as have `excess` characters, if it has."""
        kept = list(self.rows)
        while kept and excess > 0:
            excess -= len(_row(kept.pop())) + 1
        return replace(self, rows=tuple(kept), cut=self.cut + len(self.rows) - len(kept))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: some text, and what stands below it.

    Attributes:
        text: Markdown, whole paragraphs; "" for none.
        table: None for none.
        code: Lines shown as they are; empty for none.
        language: Of the code, for its colours.
    """

    text: str = ""
    table: Table | None = None
    code: tuple[str, ...] = ()
    language: str = ""

    def __str__(self) -> str:
        """The text, then the table, then the code."""
        below = [str(self.table)] if self.table else []
        if self.code:
            below.append(_fenced(self.code, self.language))
        return "\n\n".join([*([self.text] if self.text else []), *below])

    def shorter(self, excess: int) -> "Part | None":
        """The part with a shorter table, or None when too few rows would be left to be of use."""
        table = self.table.shorter(excess + _NOTE_ROOM) if self.table else None
        if table is None or len(table.rows) < _FEWEST_ROWS:
            return None
        return replace(self, table=table)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading.

    Attributes:
        title: Plain words.
        parts: The most important one first; at least one.
        importance: The section with the least one is cut first.
        is_folded: Whether a reader opens it to see it.
        cut: How many parts were cut off.
    """

    title: str
    parts: tuple[Part, ...]
    importance: int
    is_folded: bool = True
    cut: int = 0

    def __str__(self) -> str:
        """The section with its heading, or with its fold."""
        more = [f"… and {self.cut:,} more, cut for length"] if self.cut else []
        inside = "\n\n".join([*map(str, self.parts), *more])
        if not self.is_folded:
            return f"### {self.title}\n\n{inside}" if self.title else inside
        return f"<details>\n<summary><b>{self.title}</b></summary>\n\n{inside}\n\n</details>"

    def shorter(self, excess: int) -> "Section | None":
        """The section without what is last in it; None when nothing would be left of it.

        Args:
            excess: How many characters should go.
        """
        parts = list(self.parts)
        while parts:
            last = parts.pop()
            shorter = last.shorter(excess)
            excess -= len(str(last)) - (len(str(shorter)) if shorter else 0)
            if shorter:
                parts.append(shorter)
            if excess <= 0:
                break
        cut = self.cut + len(self.parts) - len(parts)
        return replace(self, parts=tuple(parts), cut=cut) if parts else None


def comment(headline: str, sections: Sequence[Section], rest: str = "", limit: int = LIMIT) -> str:
    """The whole comment, cut to at most `limit` characters.

    Args:
        headline: Markdown that is never cut; short.
        sections: As they are shown, one below the other.
        rest: Where everything that was cut can be read, in a few words of Markdown.
        limit: More than headline and notice have together.
    """
    text = _joined(headline, sections)
    if len(text) <= limit:
        return text
    room = limit - len(_joined(headline, (), _notice(rest)))
    return _joined(headline, _fitted(sections, room), _notice(rest))


def _fitted(sections: Sequence[Section], room: int) -> list[Section]:
    """The sections, cut until all of them have at most `room` characters."""
    shown = {
        place: shorter
        for place, section in enumerate(sections)
        if (shorter := _at_most(section, room // _SHARES))
    }
    for place in sorted(shown, key=lambda place: shown[place].importance):
        others = sum(_length(shown[other]) for other in shown if other != place)
        shorter = _at_most(shown.pop(place), room - others)
        if shorter:
            shown[place] = shorter
    return [shown[place] for place in sorted(shown)]


def _at_most(section: Section, room: int) -> Section | None:
    """A section of at most `room` characters; None where nothing of it has room."""
    found: Section | None = section
    while found is not None and _length(found) > room:
        found = found.shorter(_length(found) - room)
    return found


def _length(section: Section) -> int:
    """Characters of a section, and of the blank line below it."""
    return len(str(section)) + 2


def _notice(rest: str) -> str:
    where = f" All of it: {rest}" if rest else ""
    return f"> **Cut to the length that GitHub accepts.**{where}"


def _joined(headline: str, sections: Iterable[Section], notice: str = "") -> str:
    parts = [f"{MARKER}\n{headline}", *map(str, sections), *([notice] if notice else [])]
    return "\n\n".join(parts) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(lines: Sequence[str], language: str) -> str:
    """Code between fences that are longer than any run of backticks in it."""
    runs = (len(run) for line in lines for run in re.findall("`+", line))
    fence = "`" * max(3, max(runs, default=0) + 1)
    flat = [" ".join(line.splitlines()) for line in lines]
    return "\n".join([f"{fence}{language}", *flat, fence])
