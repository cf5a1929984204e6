"""The sections of a comment about the catalog itself: what changes, warnings, errors."""

from collections.abc import Sequence
from typing import Final

from planql.catalog.diff import CatalogDiff, ObjectDiff
from planql.catalog.snapshot import Catalog
from planql.cli.reporters import change_text
from planql.cli.reporters.comment_layout import Part, Section, Table
from planql.cli.reporters.comment_text import LONGEST_SENTENCE, code, shown
from planql.cli.reporters.diff_markdown import COLUMNS, cells, literal
from planql.cli.reporters.nouns import counted
from planql.problems import Problem

MOST_ERRORS: Final = 20
"""Errors that a comment lists; the others are counted."""


def changes_section(diff: CatalogDiff, head: Catalog | None) -> Section:
    """Every document that differs, a table each, most important first."""
    counts = change_text.counts_text(diff.counts())
    parts = [_part(found, head) for found in diff.objects]
    first = Part(f"{counts} in {counted(len(parts), 'document')}.")
    return Section("What changes in the catalog", (first, *parts), importance=40)


def _part(found: ObjectDiff, head: Catalog | None) -> Part:
    title = f"**{literal(change_text.title(found))}** · {change_text.WORDS[found.kind]}"
    text = f"{title}<br>{code(change_text.place(found))}"
    if found.changes:
        return Part(text, Table(COLUMNS, tuple(map(cells, found.changes))))
    prices = change_text.prices(found, head) if head else []
    rows = tuple((shown(charge), literal(price)) for charge, price in prices)
    return Part(text, Table(("charge", "price"), rows) if rows else None)


def warnings_section(problems: Sequence[Problem], others: int) -> Section | None:
    """Warnings in files that changed, and how many there are in other files."""
    rest = f"{counted(others, 'warning')} in files that did not change." if others else ""
    if not problems:
        return Section("Warnings", (Part(rest),), importance=20) if others else None
    parts = [Part(rest)] if rest else []
    title = f"Warnings ({len(problems):,})"
    return Section(title, (Part(table=_problems(problems)), *parts), importance=20)


def errors_section(problems: Sequence[Problem]) -> Section:
    """The first errors, each with its place and how to mend it."""
    listed = problems[:MOST_ERRORS]
    more = len(problems) - len(listed)
    parts = [Part(table=_problems(listed))]
    if more:
        parts.append(Part(f"… and {counted(more, 'more error')}."))
    return Section("", tuple(parts), importance=100, is_folded=False)


def _problems(problems: Sequence[Problem]) -> Table:
    return Table(("where", "what", "how to mend it"), tuple(map(_row, problems)))


def _row(problem: Problem) -> tuple[str, ...]:
    path = problem.place.path
    place = code(f"{path}:{problem.place.line}") if path else ""
    what = f"{shown(problem.message, LONGEST_SENTENCE)}<br>{code(problem.code)}"
    return place, what, shown(problem.hint, LONGEST_SENTENCE)
