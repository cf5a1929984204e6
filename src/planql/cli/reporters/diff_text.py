"""The difference of two catalogs for people at a terminal: most important first."""

import os
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

import click

from planql.catalog.diff import CatalogDiff, Change, ChangeClass, ObjectDiff
from planql.catalog.snapshot import Catalog
from planql.cli.reporters import change_text

_MARKS: Final = {
    ChangeClass.BREAKING: ("x", "red"),
    ChangeClass.PRICE_UP: ("+", "yellow"),
    ChangeClass.PRICE_DOWN: ("-", "green"),
    ChangeClass.NEUTRAL: ("*", "blue"),
    ChangeClass.COSMETIC: ("~", "bright_black"),
}
_LONGEST: Final = 32

Row = Sequence[str]


def show_diff(diff: CatalogDiff, head: Catalog) -> None:
    """Print every object with its changes; in colour on a terminal, unless NO_COLOR is set."""
    colour = False if os.environ.get("NO_COLOR") else None
    for found in diff.objects:
        for line in _block(found, head):
            click.echo(line, color=colour)
        click.echo()
    click.echo(change_text.counts_text(diff.counts()), color=colour)


def _block(found: ObjectDiff, head: Catalog) -> Iterator[str]:
    title = click.style(change_text.title(found), bold=True)
    kind = _styled(found.kind, change_text.WORDS[found.kind])
    yield f"{title}  {kind}  {click.style(change_text.place(found), dim=True)}"
    rows = [_row(change) for change in found.changes]
    for change, line in zip(found.changes, _aligned(rows), strict=True):
        yield f"  {_styled(change.kind, _MARKS[change.kind][0])} {line}"
        if change.note:
            yield f"      {change.note}"
    for line in _aligned(change_text.prices(found, head)):
        yield f"  * {line}"


def _row(change: Change) -> Row:
    percent = change_text.percent(change)
    return (
        change.charge,
        change_text.what(change),
        _values(change),
        percent,
        change_text.lines(change),
    )


def _values(change: Change) -> str:
    """Both values, or the one that came or went: "$1.00 → $1.10", "new: launch", "removed"."""
    old = _cut(change_text.value(change, change.old))
    new = _cut(change_text.value(change, change.new))
    if change.old and change.new:
        return f"{old} → {new}"
    happened, value = ("new", new) if change.new else ("removed", old)
    return happened if value == change_text.what(change) else f"{happened}: {value}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as lines, their cells below each other; columns that are empty are left out."""
    columns = list(zip_longest(*rows, fillvalue=""))
    widths = [max(map(len, column)) for column in columns]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width]
        yield "  ".join(cells).rstrip()


def _styled(kind: ChangeClass, text: str) -> str:
    return click.style(text, fg=_MARKS[kind][1])
