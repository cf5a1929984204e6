"""`planql fmt`: every document in the one layout."""

from pathlib import Path

import click

from planql.catalog.document_kinds import kind_named
from planql.catalog.layout import laid_out
from planql.cli.catalog_options import catalog_argument
from planql.cli.reporters.nouns import counted
from planql.entity.json_text import decode_utf8
from planql.errors import InvalidInput
from planql.sources.files import read_directory
from planql.sources.trees import RawFile


@click.command()
@catalog_argument
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
@click.pass_context
def command(ctx: click.Context, catalog: Path, *, check: bool) -> None:
    """Lay out every document of CATALOG the same way; no value changes.

    Files that are not JSON are named and left as they are; `planql validate` says where.
    """
    files = read_directory(catalog).files
    changes = {file.path: text for file in files if (text := _changed(file)) is not None}
    for path, text in changes.items():
        click.echo(catalog / path)
        if not check:
            (catalog / path).write_text(text, encoding="utf-8", newline="\n")
    verb = "would change" if check else "changed"
    click.echo(f"{len(changes)} of {counted(len(files), 'file')} {verb}")
    ctx.exit(1 if check and changes else 0)


def _changed(file: RawFile) -> str | None:
    """The file laid out, where that differs; None for a file that cannot be laid out."""
    if file.content is None:
        return None
    try:
        before = decode_utf8(file.content)
        after = laid_out(before, kind_named(file.name.kind))
    except InvalidInput as error:
        click.echo(f"{file.path} is left as it is: {error.message}", err=True)
        return None
    return after if after != before else None
