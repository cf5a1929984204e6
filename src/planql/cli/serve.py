"""`planql serve`: the GraphQL API and GraphiQL."""

import ipaddress
import signal
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import click
import uvicorn

from planql.catalog.snapshot import Catalog
from planql.cli.access_options import access_options, read_access
from planql.cli.limit_options import limit_options, read_rules
from planql.cli.repository_options import read_followed, repository_options, secret_of_webhooks
from planql.cli.store_options import opened
from planql.errors import InvalidInput, SourceError
from planql.gateway.access import Access
from planql.gateway.application import PROJECT, create_application, utc_now
from planql.gateway.operations import load_operations
from planql.gateway.served import CatalogHolder
from planql.gateway.watching import Watcher
from planql.sources import load

_GRACE_SECONDS: Final = 10
"""How long requests may take to finish when the server is told to stop."""


@click.command("serve")
@click.option("--catalog", "directory", default="catalog", help="Directory of the catalog.")
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
    help="Address to listen on; without API keys or tokens, loopback only.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    help="A name to answer under, besides localhost; may be repeated.",
)
@repository_options
@access_options
@limit_options
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
    followed = read_followed(ctx, options)
    operations = load_operations(PROJECT / "operations")
    rules = read_rules(operations, options)
    access = read_access(**options)
    require_reachable_by_known(host, access)
    require_file(store)
    secret = secret_of_webhooks()
    with ExitStack() as stack:
        database = stack.enter_context(opened(store)) if store else None
        watcher = None
        if followed is not None:
            # Without a store, what was served is remembered as long as the process lives.
            memory = database or stack.enter_context(opened("sqlite://"))
            watcher = Watcher(followed.branch, memory, utc_now, followed.poll_seconds)
        holder = watcher.holder if watcher else CatalogHolder(_catalog(directory))
        listening = _listen(host, port)
        application = create_application(
            holder,
            allowed_hosts=allowed_hosts,
            operations=operations,
            limits=rules.limits,
            documents=rules.documents,
            statuses=rules.statuses,
            database=database,
            access=access,
            watcher=watcher,
            webhook_secret=secret,
        )
        config = uvicorn.Config(
            application,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        name = holder.served.catalog.settings.name
        click.echo(f"{name}: {_address(listening)}/graphql (Ctrl-C stops it)")
        click.echo(_who_may_ask(access))
        if watcher:
            click.echo(_what_is_followed(watcher), err=watcher.status.failure is not None)
            stack.enter_context(watcher.watching())
        _run(uvicorn.Server(config), listening)


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    """Serve until a signal comes, then finish the requests that are being answered."""
    for each in (signal.SIGINT, signal.SIGTERM):
        # uvicorn takes the signal, stops in order, and then raises it once more.
        signal.signal(each, signal.SIG_IGN)
    server.run(sockets=[listening])


def require_reachable_by_known(host: str, access: Access) -> None:
    """Refuse an address that other machines can reach while every caller is an administrator.

    Raises:
        InvalidInput: `not-loopback`.
    """
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if access.is_development and not is_loopback:
        raise InvalidInput(
            "not-loopback",
            f'"{host}" can be reached by other machines, and without API keys or tokens every '
            "caller is an administrator",
            hint="listen on 127.0.0.1 or ::1, or configure a key: planql key new --for admin ops",
        )


def _who_may_ask(access: Access) -> str:
    """What a person who starts the server should know; no part of a key."""
    if access.is_development:
        return "Development mode: no keys are configured, so every caller is an administrator"
    names = ", ".join(key.principal.name for key in access.api_keys) or "none"
    tokens = access.tokens.algorithm if access.tokens else "none"
    return f"API keys: {names}; tokens of customers: {tokens}"


def _what_is_followed(watcher: Watcher) -> str:
    commit = (watcher.holder.served.catalog.commit or "")[:12]
    text = f'Serving commit {commit} and following branch "{watcher.branch.branch}"'
    failure = watcher.status.failure
    return f"{text}; its newest commit is not served: {failure.message}" if failure else text


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


def _catalog(directory: str) -> Catalog:
    loaded = load(Path(directory))
    if loaded.catalog is None:
        raise SourceError(
            "invalid-catalog",
            f'the catalog in "{directory}" has mistakes',
            hint=f"planql validate {directory} shows them",
        )
    return loaded.catalog


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SourceError(
            "cannot-listen",
            f"cannot listen on {host}, port {port}: {error}",
            hint="name another port with --port; 0 takes a free one",
        ) from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
