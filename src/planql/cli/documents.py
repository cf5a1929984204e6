"""`planql documents`: the documents that requests may name, by identifier."""

from pathlib import Path

import click
import orjson

from planql.cli.format_options import format_option
from planql.gateway.application import PROJECT
from planql.gateway.document_ids import document_id
from planql.gateway.operations import load_operations


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
    listed = [
        each for folder in folders or (PROJECT / "operations",) for each in load_operations(folder)
    ]
    if format_ == "json":
        texts = {document_id(each.document): each.document for each in listed}
        click.echo(orjson.dumps(texts, option=orjson.OPT_INDENT_2))
        return
    for each in listed:
        click.echo(f"{document_id(each.document)}  {each.name}")
