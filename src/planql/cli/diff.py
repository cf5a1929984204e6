"""`planql diff BASE [HEAD]`: what differs between two catalogs, in terms of prices."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from planql.catalog.diff import diff_catalogs
from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option
from planql.cli.compared_catalogs import base_argument, compared_catalogs, head_argument
from planql.cli.reporters.diff_json import diff_document
from planql.cli.reporters.diff_markdown import diff_markdown
from planql.cli.reporters.diff_text import show_diff
from planql.periods import local_day, zone

FORMS: Final = ("text", "json", "markdown")


@click.command()
@base_argument
@head_argument
@catalog_option
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="Text for people, JSON, or Markdown for a pull request.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click hands every option over
    ctx: click.Context, base: str, head: str | None, catalog: Path, as_of: datetime, form: str
) -> None:
    """Show what changed from BASE to HEAD; exit 1 when something changed that must not.

    BASE and HEAD are git refs, or directories that hold a catalog. Without HEAD the files on disk
    are compared. BASE...HEAD is what HEAD changed since it left BASE.
    """
    compared = compared_catalogs(base, head, catalog)
    before, after = compared.base, compared.head
    diff = diff_catalogs(before, after, local_day(as_of, zone(after.settings.time_zone)))
    match form:
        case "json":
            click.echo(diff_document(diff, before, after))
        case "markdown":
            click.echo(diff_markdown(diff, after), nl=False)
        case _:
            show_diff(diff, after)
    ctx.exit(1 if diff.is_breaking else 0)
