"""`planql serve`: the GraphQL API and GraphiQL."""

import socket
from typing import Any, Final

import click

from planql.cli.access_options import access_options, read_access
from planql.cli.documents import EXAMPLES, documents_held
from planql.cli.limit_options import limit_options, read_rules
from planql.cli.listening import handed_over, listen, require_reachable_by_known
from planql.cli.operating_options import operating_options, read_operation
from planql.cli.repository_options import (
    SECRET_VARIABLE,
    read_followed,
    repository_options,
    secret_of_webhooks,
)
from planql.cli.serving import Serving, serve, supervise
from planql.errors import InvalidInput
from planql.gateway.operations import load_operations

_EPILOG: Final = f"""\b
Two things are said by the environment only:
  {SECRET_VARIABLE}   the secret that webhooks of git are signed with
  OTEL_*                  where traces go, as OpenTelemetry has it; without
                          them, nowhere"""


@click.command("serve", epilog=_EPILOG)
@click.option(
    "--catalog",
    "directory",
    default="catalog",
    show_default=True,
    envvar="PLANQL_CATALOG",
    show_envvar=True,
    help="Directory of the catalog.",
)
@click.option(
    "--store",
    envvar="PLANQL_STORE",
    show_envvar=True,
    help="The database of customers, usage and invoices: sqlite:///FILE or postgresql://USER@HOST/"
    "NAME. Without one, prices are served and nothing is stored.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="PLANQL_HOST",
    show_envvar=True,
    help="Address to listen on; without API keys or tokens, loopback only.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    envvar="PLANQL_PORT",
    show_envvar=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    envvar="PLANQL_ALLOWED_HOSTS",
    show_envvar=True,
    help="A name to answer under, besides localhost; may be repeated.",
)
@repository_options
@access_options
@limit_options
@operating_options
@click.pass_context
def command(  # noqa: PLR0913 - one per option
    ctx: click.Context,
    /,
    *,
    directory: str,
    store: str | None,
    host: str,
    port: int,
    allowed_hosts: tuple[str, ...],
    **options: Any,  # noqa: ANN401 - those of the groups of options
) -> None:
    """Serve prices and customers as a GraphQL API, with GraphiQL for browsers.

    Without API keys and tokens this is development mode: every caller is an administrator, and
    only this machine is listened to.
    """
    serving = Serving(
        directory=directory,
        store=store,
        allowed_hosts=allowed_hosts,
        followed=read_followed(ctx, options),
        operation=read_operation(options),
        examples=load_operations(EXAMPLES),
        rules=read_rules(documents_held(), options),
        access=read_access(**options),
        webhook_secret=secret_of_webhooks(),
    )
    require_file(store)
    with _listening(serving, host, port) as listening:
        require_reachable_by_known(listening.getsockname()[0], serving.access)
        if serving.operation.workers > 1:
            ctx.exit(supervise(serving, listening))
        serve(serving, listening)


def _listening(serving: Serving, host: str, port: int) -> socket.socket:
    """The socket to listen on.

    Raises:
        PlanqlError: there is none, or others reach it while every caller is an administrator.
    """
    descriptor = serving.operation.descriptor
    if descriptor is not None:
        return handed_over(descriptor)
    require_reachable_by_known(host, serving.access)
    return listen(host, port)


def require_file(store: str | None) -> None:
    """Refuse a database in memory: it has one connection, and requests need several.

    Raises:
        InvalidInput: `store-in-memory`.
    """
    if store in {"sqlite://", "sqlite:///", "sqlite:///:memory:"}:
        raise InvalidInput(
            "store-in-memory",
            f'"{store}" is a database in memory, which cannot answer several requests at once',
            hint="name a file: --store sqlite:///planql.sqlite3",
        )
