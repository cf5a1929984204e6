"""`planql key`: the API keys of programs and administrators."""

import json

import click

from planql.cli.format_options import format_option
from planql.gateway.api_keys import new_api_key
from planql.gateway.principals import Role


@click.group("key")
def command() -> None:
    """API keys of programs and administrators."""


@command.command("new", short_help="Print a new key called NAME, and its line for servers.")
@click.option(
    "--for",
    "role",
    type=click.Choice(["server", "admin"]),
    default="server",
    show_default=True,
    help="A program of the company, or whoever runs planql.",
)
@click.argument("name")
@format_option
def new(role: str, name: str, format_: str) -> None:
    """Print a new key called NAME, and the line that a server is told of it.

    The key is shown this once and kept nowhere; a server knows only its hash.
    """
    made = new_api_key(Role.SERVER if role == "server" else Role.ADMIN, name)
    if format_ == "json":
        click.echo(json.dumps({"key": made.secret, "line": made.line}))
        return
    click.echo(made.secret)
    click.echo("\nThat is the key, shown this once. A server is told its line, with --api-key:")
    click.echo(made.line)
