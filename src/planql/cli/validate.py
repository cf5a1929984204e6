"""`planql validate`: every mistake in a catalog's files."""

from datetime import datetime
from pathlib import Path

import click

from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_argument, load_catalog, ref_option
from planql.cli.compared_catalogs import load_merge_base
from planql.cli.format_options import format_option
from planql.cli.reporters.problem_json import problems_document
from planql.cli.reporters.problem_text import show_problems
from planql.sources import judge_against


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
@format_option
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
    loaded = load_catalog(catalog, ref)
    if base is not None:
        loaded = judge_against(load_merge_base(catalog, base, ref), loaded, as_of)
    if format_ == "json":
        click.echo(problems_document(loaded.problems))
    else:
        show_problems(loaded.problems, loaded.file_count)
    ctx.exit(0 if loaded.catalog is not None else 1)
