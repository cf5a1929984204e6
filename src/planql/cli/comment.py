"""`planql comment BASE [HEAD]`: the answer to a pull request that changes prices."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option
from planql.cli.comment_options import CommentOptions
from planql.cli.compared_catalogs import base_argument, head_argument
from planql.cli.reporters.comment_json import comment_document
from planql.cli.reporters.comment_markdown import comment_markdown
from planql.cli.reviewed import Reviewed, reviewed, unreadable
from planql.errors import PlanqlError
from planql.impact.review_records import Standing

EXIT_CODES: Final = {
    Standing.UNREADABLE: 2,
    Standing.INVALID: 1,
    Standing.FAILED: 3,
    Standing.WARNED: 0,
    Standing.PASSED: 0,
    Standing.UNCHANGED: 0,
    Standing.INCOMPARABLE: 0,
}
"""What becomes of a change -> the exit code."""

EXITS: Final = """\b
Exit codes:
  0  the guardrails passed or warn, or no price changes
  1  the catalog has errors; a changed published version is one
  2  wrong use, or a side that cannot be read
  3  a guardrail failed
"""
"""The same for people."""


@click.command(epilog=EXITS)
@base_argument
@head_argument
@catalog_option
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="Markdown for a pull request, or JSON.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, whatever the exit code; standard output, when left out.",
)
@click.option(
    "--public", "is_public", is_flag=True, help="Leave out costs and margins, and hide customers."
)
@click.option(
    "--salt",
    envvar="PLANQL_SALT",
    show_envvar=True,
    help="Secret from which --public makes the aliases of customers; random, when left out.",
)
@click.option(
    "--store",
    help="Compare the customers of this database: sqlite:///FILE or postgresql://HOST/NAME.",
)
@click.option(
    "--usage",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Compare the customers of this file of usage events, one JSON document per line.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click hands every option over
    ctx: click.Context,
    base: str,
    head: str | None,
    catalog: Path,
    as_of: datetime,
    form: str,
    output: Path | None,
    is_public: bool,
    salt: str | None,
    store: str | None,
    usage: Path | None,
) -> None:
    """Answer a pull request: what changes from BASE to HEAD, for whom, and what it does to money.

    BASE and HEAD are git refs, or directories that hold a catalog. Without HEAD the files on disk
    are compared. BASE...HEAD is what HEAD changed since it left BASE.
    """
    options = CommentOptions(base, head, catalog, as_of, is_public, salt, store, usage)
    try:
        answer = reviewed(options)
    except PlanqlError as error:
        _put(unreadable(options, error), form, output)
        raise
    _put(answer, form, output)
    ctx.exit(EXIT_CODES[answer.review.standing])


def _put(answer: Reviewed, form: str, output: Path | None) -> None:
    """Print the answer, or write it to a file."""
    if form == "json":
        text = comment_document(answer.review) + "\n"
    else:
        text = comment_markdown(answer.review, answer.head, answer.commands)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
        click.echo(f"{answer.review.standing}: see {output}", err=True)
