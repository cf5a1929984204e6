"""`planql serve`: the GraphQL API and GraphiQL, on this machine."""

import ipaddress
import signal
import socket
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click
import uvicorn

from planql.catalog.snapshot import Catalog
from planql.cli.store_options import opened
from planql.errors import InvalidInput, SourceError
from planql.gateway.application import PROJECT, create_application
from planql.gateway.operations import load_operations
from planql.gateway.served import CatalogHolder
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
@click.option("--host", default="127.0.0.1", help="Address to listen on; loopback only.")
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
def command(
    directory: str, store: str | None, host: str, port: int, allowed_hosts: tuple[str, ...]
) -> None:
    """Serve prices and customers as a GraphQL API, with GraphiQL for browsers."""
    require_loopback(host)
    require_file(store)
    catalog = _catalog(directory)
    with opened(store) if store else nullcontext() as database:
        listening = _listen(host, port)
        application = create_application(
            CatalogHolder(catalog),
            allowed_hosts=allowed_hosts,
            operations=load_operations(PROJECT / "operations"),
            database=database,
        )
        config = uvicorn.Config(
            application,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        click.echo(f"{catalog.settings.name}: {_address(listening)}/graphql (Ctrl-C stops it)")
        _run(uvicorn.Server(config), listening)


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    """Serve until a signal comes, then finish the requests that are being answered."""
    for each in (signal.SIGINT, signal.SIGTERM):
        # uvicorn takes the signal, stops in order, and then raises it once more.
        signal.signal(each, signal.SIG_IGN)
    server.run(sockets=[listening])


def require_loopback(host: str) -> None:
    """Refuse an address that other machines can reach: nobody is asked who they are yet.

    Raises:
        InvalidInput: `not-loopback`.
    """
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise InvalidInput(
            "not-loopback",
            f'"{host}" can be reached by other machines, and there is no authentication yet',
            hint="listen on 127.0.0.1 or ::1, and put a server that authenticates in front",
        )


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
