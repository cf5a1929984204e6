"""`planql invoice`: invoices due in a story, issued ones, and a customer's next one."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import click

from planql.billing.documents import due_document
from planql.billing.due import zone_of
from planql.billing.explanations import explain_invoice
from planql.billing.preview import due_in
from planql.billing.stories import Story, catalog_for
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option, ref_option, require_catalog
from planql.cli.format_options import table_format_option
from planql.cli.line_commands import answer_lines
from planql.cli.reporters.invoice_text import invoice_table
from planql.cli.screens import Screen, print_table
from planql.cli.store_options import existing, store_option
from planql.cli.stored_invoices import is_number, show_customer, show_issued
from planql.entity import parse_entity, read_entity
from planql.errors import InvalidInput


@click.command("invoice")
@click.argument("source", required=False)
@click.option("--customer", help="Show this customer's invoices, and what the next one will be.")
@catalog_option
@ref_option
@store_option
@as_of_option
@table_format_option
@click.option("--explain", "is_explained", is_flag=True, help="Show every sum step by step.")
def command(  # noqa: PLR0913 - click hands every option over
    source: str | None,
    customer: str | None,
    catalog: Path,
    ref: str | None,
    store: str,
    *,
    as_of: datetime,
    form: str,
    is_explained: bool,
) -> None:
    """Show invoices: those due in the story SOURCE, or in a story per line with a dash.

    With an invoice's number as SOURCE, that invoice as it was issued and stored; with --customer,
    those of a customer, and the next one as it will be if nothing more happens.

    \b
    planql invoice catalog/cases/upgrade-half-way.json --explain
    planql invoice - < stories.jsonl
    planql invoice INV-000042 --explain
    planql invoice --customer acme
    """  # noqa: D301 - click reads \b as: keep the lines
    if (source is None) is (customer is None):
        raise click.UsageError("name one: a story's file, a dash, an invoice's number, --customer")
    if customer is not None:
        with existing(store) as database:
            show_customer(database, require_catalog(catalog, ref), customer, as_of, form)
    elif source is not None and is_number(source) and not Path(source).exists():
        with existing(store) as database:
            show_issued(database, source, form, is_explained=is_explained)
    elif source is not None:
        _show_story(source, _Served(catalog, ref), form, is_explained=is_explained)


def _show_story(source: str, served: "_Served", form: str, *, is_explained: bool) -> None:
    if source == "-":
        answer_lines(served.answer)
        return
    story = _read_story(Path(source))
    if form == "json":
        document = served.document(story)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        served.show(story, is_explained=is_explained)


def _read_story(file: Path) -> Story:
    """The story in a file; its first mistake names the file.

    Raises:
        InvalidInput: it is not a story.
    """
    try:
        return parse_entity(Story, file.read_bytes())
    except InvalidInput as error:
        message = f'"{file}" is not a story: {error.message}'
        raise InvalidInput(error.code, message, pointer=error.pointer, hint=error.hint) from None


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
        screen = Screen()
        for invoice in due.invoices:
            if is_explained:
                click.echo(explain_invoice(invoice, time_zone) + "\n")
            else:
                print_table(screen, invoice_table(invoice, time_zone))
                click.echo()
        if not due.invoices:
            click.echo(f"Nothing is due by {story.as_of}: the total is 0.")
        for notice in due.notices:
            click.echo(f"note: {notice}")

    def _for(self, story: Story) -> Catalog:
        return catalog_for(story, inline_catalog(())) if story.catalog else self._read()
