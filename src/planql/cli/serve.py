"""`planql serve`: the GraphQL API and GraphiQL."""

from dataclasses import replace
from typing import Any, Final

import click

from planql.cli.access_options import access_options, read_access
from planql.cli.documents import EXAMPLES, documents_held
from planql.cli.limit_options import limit_options, read_rules
from planql.cli.listening import opened_socket, require_reachable_by_known
from planql.cli.operating_options import operating_options, read_operation
from planql.cli.repository_options import (
    SECRET_VARIABLE,
    secret_of_webhooks,
)
from planql.cli.serving import Serving, serve, supervise
from planql.cli.source_options import read_source, source_options
from planql.gateway.operations import load_operations

_EPILOG: Final = f"""\b
Two things are said by the environment only:
  {SECRET_VARIABLE}   the secret that webhooks of git are signed with
  OTEL_*                  where traces go, as OpenTelemetry has it; without
                          them, nowhere"""


@click.command("serve", epilog=_EPILOG)
@source_options
@access_options
@limit_options
@operating_options
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:  # noqa: ANN401 - those of the groups
    """Serve prices and customers as a GraphQL API, with GraphiQL for browsers.

    Without API keys and tokens this is development mode: every caller is an administrator, and
    only this machine is listened to.
    """
    serving = Serving(
        source=read_source(ctx, options),
        examples=load_operations(EXAMPLES),
        rules=read_rules(documents_held(), options),
        operation=read_operation(options),
        access=replace(read_access(**options), webhook_secret=secret_of_webhooks()),
    )
    with opened_socket(serving.operation, serving.access) as listening:
        require_reachable_by_known(listening.getsockname()[0], serving.access)
        if serving.operation.workers > 1:
            ctx.exit(supervise(serving, listening))
        serve(serving, listening)
