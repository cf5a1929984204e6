"""The impact of a change in Markdown; what catalogs say is shown as text."""

from collections.abc import Iterator, Sequence

from planql.cli.reporters.diff_markdown import literal
from planql.cli.reporters.impact_sections import Section, sections
from planql.cli.reporters.impact_words import headline
from planql.impact.results import Impact


def impact_markdown(impact: Impact) -> str:
    """What changes in total, then every section as a table or a list."""
    totals = [f"**{literal(headline(each))}**" for each in impact.headlines]
    parts = totals or ["**There is no total: nothing could be compared.**"]
    return "\n\n".join([*parts, *map(_section, sections(impact))]) + "\n"


def _section(section: Section) -> str:
    parts = [f"### {literal(section.title)}"]
    if section.rows:
        parts.append("\n".join(_table(section.columns, section.rows)))
    if section.lines:
        parts.append("\n".join(f"* {literal(line)}" for line in section.lines))
    return "\n\n".join(parts)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row([column.removeprefix(">") for column in columns])
    yield _row(["--:" if column.startswith(">") else "---" for column in columns])
    yield from (_row([literal(cell) for cell in row]) for row in rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
