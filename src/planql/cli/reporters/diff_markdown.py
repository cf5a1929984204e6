"""The difference of two catalogs in Markdown, as a pull request shows it: a table per document.

What catalogs say is shown as text: none of it becomes a heading, a link, HTML or a mention.
"""

import re
from collections.abc import Iterator
from typing import Final

from planql.catalog.diff import CatalogDiff, Change, ObjectDiff
from planql.catalog.snapshot import Catalog
from planql.cli.reporters import change_text

_ACTIVE: Final = re.compile(r"([\\`*_\[\]|~])")
_REFERENCE: Final = re.compile(r"([@#]|:(?=//|[\w+-]+:)|\b(?:www|WWW)(?=\.)|\bGH(?=-\d))")
_NO_SPACE: Final = "\u200b"
_LONGEST: Final = 80
COLUMNS: Final = ("", "charge", "what", "before", "after", "change", "where")
"""What `cells` are."""
_HEAD: Final = (
    "| | charge | what | before | after | change | where |\n|---|---|---|---|---|---|---|"
)


def diff_markdown(diff: CatalogDiff, head: Catalog) -> str:
    """Every document that differs, with its changes, most important first."""
    counts = change_text.counts_text(diff.counts())
    return "\n\n".join([f"**{counts}**", *(_section(each, head) for each in diff.objects)]) + "\n"


def _section(found: ObjectDiff, head: Catalog) -> str:
    kind = change_text.WORDS[found.kind]
    parts = [f"### {literal(change_text.title(found))}: {kind}"]
    parts.append(f"`{change_text.place(found)}`")
    if found.changes:
        parts.append("\n".join([_HEAD, *map(_row, found.changes)]))
    prices = change_text.prices(found, head)
    if prices:
        parts.append("\n".join(_prices(prices)))
    return "\n\n".join(parts)


def _row(change: Change) -> str:
    return f"| {' | '.join(cells(change))} |"


def cells(change: Change) -> tuple[str, ...]:
    """A change as the cells of a table, each of them Markdown."""
    what = literal(change_text.what(change)) + (
        f"<br>{literal(change.note)}" if change.note else ""
    )
    return (
        change_text.WORDS[change.kind],
        literal(change.charge),
        what,
        literal(_cut(change_text.value(change, change.old))),
        literal(_cut(change_text.value(change, change.new))),
        change_text.percent(change),
        literal(change_text.lines(change)),
    )


def _prices(prices: list[tuple[str, str]]) -> Iterator[str]:
    yield "| charge | price |\n|---|---|"
    for charge, price in prices:
        yield f"| {literal(charge)} | {literal(price)} |"


def literal(text: str) -> str:
    """Text of a catalog that Markdown shows as it is, on one line, mentioning nobody."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERENCE.sub(rf"\1{_NO_SPACE}", _ACTIVE.sub(r"\\\1", flat))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
