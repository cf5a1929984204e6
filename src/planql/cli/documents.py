"""`planql documents`: the documents that requests may name, by identifier."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
import orjson

from planql.cli.format_options import format_option
from planql.gateway.document_ids import document_id
from planql.gateway.operations import Operation, load_operations
from planql.gateway.settings import PROJECT

EXAMPLES: Final = PROJECT / "operations"
"""The operations that GraphiQL shows."""
PAGES: Final = PROJECT / "web" / "dist" / "documents"
"""What the pages for browsers send, put beside them when they are built."""


@click.command("documents")
@click.argument(
    "folders",
    nargs=-1,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@format_option
def command(folders: tuple[Path, ...], format_: str) -> None:
    """List the *.graphql files of FOLDERS by the `documentId` that names each.

    Without folders, those that every server holds. JSON is an object of texts by identifier.
    """
    listed = documents_of(folders) if folders else documents_held()
    if format_ == "json":
        texts = {document_id(each.document): each.document for each in listed}
        click.echo(orjson.dumps(texts, option=orjson.OPT_INDENT_2))
        return
    for each in listed:
        click.echo(f"{document_id(each.document)}  {each.name}")


def documents_held() -> tuple[Operation, ...]:
    """The documents that every server holds: the examples, and those of its pages."""
    return documents_of((EXAMPLES, PAGES))


def documents_of(folders: Iterable[Path]) -> tuple[Operation, ...]:
    """The documents in `folders`, in this order."""
    return tuple(each for folder in folders for each in load_operations(folder))
