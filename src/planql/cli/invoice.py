"""`planql invoice`: the invoices that are due in a story."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click
from rich.console import Console

from planql.billing.documents import due_document
from planql.billing.due import zone_of
from planql.billing.explanations import explain_invoice
from planql.billing.preview import due_in
from planql.billing.stories import Story, catalog_for
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.cli.catalog_options import catalog_option, ref_option, require_catalog
from planql.cli.line_commands import answer_lines
from planql.cli.reporters.invoice_text import invoice_table
from planql.entity import parse_entity, read_entity


@click.command("invoice")
@click.argument("source")
@catalog_option
@ref_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--explain", "is_explained", is_flag=True, help="Show every sum step by step.")
def command(source: str, catalog: Path, ref: str | None, form: str, *, is_explained: bool) -> None:
    """Show the invoices due in the story SOURCE, or - with a dash - in a story per line.

    \b
    planql invoice catalog/cases/upgrade-half-way.json --explain
    planql invoice - < stories.jsonl
    """  # noqa: D301 - click reads \b as: keep the lines
    served = _Served(catalog, ref)
    if source == "-":
        answer_lines(served.answer)
        return
    story = parse_entity(Story, Path(source).read_bytes())
    if form == "json":
        document = served.document(story)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        served.show(story, is_explained=is_explained)


class _Served:
    """The catalog at hand, read when the first story without one of its own comes."""

    def __init__(self, directory: Path, ref: str | None) -> None:
        self._read = cache(lambda: require_catalog(directory, ref))

    def answer(self, document: object) -> Mapping[str, object]:
        """The answer to one line."""
        return self.document(read_entity(Story, document))

    def document(self, story: Story) -> dict[str, object]:
        """The invoices of a story, as JSON."""
        catalog = self._for(story)
        return due_document(due_in(story, catalog), zone_of(story.customer, catalog))

    def show(self, story: Story, *, is_explained: bool) -> None:
        """The invoices of a story, for people."""
        catalog = self._for(story)
        due = due_in(story, catalog)
        time_zone = zone_of(story.customer, catalog)
        console = Console(highlight=False)
        for invoice in due.invoices:
            if is_explained:
                click.echo(explain_invoice(invoice, time_zone) + "\n")
            else:
                console.print(invoice_table(invoice, time_zone))
                click.echo()
        if not due.invoices:
            click.echo(f"Nothing is due by {story.as_of}: the total is 0.")
        for notice in due.notices:
            click.echo(f"note: {notice}")

    def _for(self, story: Story) -> Catalog:
        return catalog_for(story, inline_catalog(())) if story.catalog else self._read()
