"""The impact of a change for people at a terminal: headlines, tables, bars."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planql.cli.reporters.impact_sections import Section, sections
from planql.cli.reporters.impact_words import headline
from planql.cli.screens import print_table
from planql.impact.results import Impact


def print_impact(impact: Impact, console: Console) -> None:
    """Print what changes in total, then every section."""
    for each in impact.headlines:
        _say(console, headline(each))
    if not impact.headlines:
        _say(console, "There is no total: nothing could be compared.")
    for section in sections(impact):
        _print(section, console)


def _print(section: Section, console: Console) -> None:
    console.print()
    console.print(Text(section.title, style="bold"))
    if section.rows:
        print_table(console, _table(section.columns, section.rows))
    for line in section.lines:
        _say(console, line)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in columns:
        is_number = heading.startswith(">")
        table.add_column(heading.removeprefix(">"), justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)
