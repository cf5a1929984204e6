"""`planql validate`: every mistake in a catalog's files."""

from pathlib import Path

import click

from planql.cli.catalog_options import catalog_argument, load_catalog, ref_option
from planql.cli.format_options import format_option
from planql.cli.reporters.problem_json import problems_document
from planql.cli.reporters.problem_text import show_problems


@click.command()
@catalog_argument
@ref_option
@format_option
@click.pass_context
def command(ctx: click.Context, catalog: Path, ref: str | None, format_: str) -> None:
    """Report every mistake in the files of CATALOG; exit 1 when there is an error."""
    loaded = load_catalog(catalog, ref)
    if format_ == "json":
        click.echo(problems_document(loaded.problems))
    else:
        show_problems(loaded.problems, loaded.file_count)
    ctx.exit(0 if loaded.catalog is not None else 1)
