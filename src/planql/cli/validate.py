"""`planql validate`: every mistake in a catalog's files."""

from collections.abc import Container, Mapping
from datetime import datetime
from pathlib import Path

import click

from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_argument, load_catalog, ref_option
from planql.cli.compared_catalogs import load_merge_base
from planql.cli.reporters.problem_github import annotations
from planql.cli.reporters.problem_json import problems_document
from planql.cli.reporters.problem_sarif import sarif_document
from planql.cli.reporters.problem_text import show_problems, summary
from planql.sources import Loaded, ParsedCache, changed_lines_at, judge_against


@click.command()
@catalog_argument
@ref_option
@click.option(
    "--base",
    "--against",
    "base",
    help="A branch: refuse changes of what it has published since both went apart.",
)
@as_of_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="Text for people, JSON, annotations of a pull request, or SARIF for code scanning.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click hands every option over
    ctx: click.Context,
    catalog: Path,
    ref: str | None,
    base: str | None,
    as_of: datetime,
    format_: str,
) -> None:
    """Report every mistake in the files of CATALOG; exit 1 when there is an error."""
    cache = ParsedCache()
    loaded = load_catalog(catalog, ref, cache)
    if base is not None:
        loaded = judge_against(load_merge_base(catalog, base, ref, cache), loaded, as_of)
    match format_:
        case "json":
            click.echo(problems_document(loaded.problems))
        case "sarif":
            click.echo(sarif_document(loaded.problems))
        case "github":
            changed = None if base is None else changed_lines_at(catalog, base, ref)
            _annotate(loaded, changed)
        case _:
            show_problems(loaded.problems, loaded.file_count)
    ctx.exit(0 if loaded.catalog is not None else 1)


def _annotate(loaded: Loaded, changed: Mapping[str, Container[int]] | None) -> None:
    """Print annotations, and the count that the log of a step should end with."""
    for line in annotations(loaded.problems, changed):
        click.echo(line)
    click.echo(summary(loaded.problems, loaded.file_count))
