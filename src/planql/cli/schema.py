"""`planql schema`: the JSON Schemas of documents, and the schema of the API."""

from pathlib import Path

import click

from planql.catalog.schemas import SCHEMAS, as_text, schema_of, schema_text
from planql.cli.reporters.report_schemas import REPORTS
from planql.errors import UnknownReference
from planql.problems import did_you_mean

GRAPHQL = "graphql"
"""The kind that stands for the schema of the API."""


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the schemas into this directory instead of printing them.",
)
def command(kind: str | None, output: Path | None) -> None:
    """Print a schema: a KIND of document or report, or `graphql`; without one, list them."""
    kinds = [kind] if kind else list(schema_kinds())
    if output is not None:
        write_schemas(output, kinds)
    elif kind is not None:
        click.echo(text_of(kind), nl=False)
    else:
        click.echo("\n".join(kinds))


def schema_kinds() -> tuple[str, ...]:
    """Every kind of schema."""
    return (*SCHEMAS, *REPORTS, GRAPHQL)


def text_of(kind: str) -> str:
    """The text of a schema.

    Raises:
        UnknownReference: `unknown-schema`.
    """
    if kind == GRAPHQL:
        from planql.gateway.sdl import schema_sdl  # noqa: PLC0415 - the gateway is slow to import

        return schema_sdl()
    if kind in REPORTS:
        return as_text(schema_of(kind, REPORTS[kind]))
    if kind not in SCHEMAS:
        kinds = schema_kinds()
        hint = did_you_mean(kind, kinds) or f"write one of {', '.join(kinds)}"
        raise UnknownReference("unknown-schema", f'there is no schema "{kind}"', hint=hint)
    return schema_text(kind)


def write_schemas(directory: Path, kinds: list[str]) -> None:
    """Write schemas under the names that documents use for them."""
    directory.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        name = "schema.graphql" if kind == GRAPHQL else f"{kind}.schema.json"
        (directory / name).write_text(text_of(kind), encoding="utf-8")
        click.echo(directory / name)
