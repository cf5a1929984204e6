"""Serving what the options of `planql serve` say, in this process or in several."""

import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import uvicorn
from starlette.types import ASGIApp

from planql.catalog.snapshot import Catalog
from planql.cli.graceful_server import GracefulServer
from planql.cli.limit_options import Rules
from planql.cli.listening import address_of
from planql.cli.operating_options import Operation
from planql.cli.repository_options import Followed
from planql.cli.store_options import opened
from planql.cli.supervisor import Supervisor
from planql.cli.worker_channel import WorkerChannel, open_channel
from planql.errors import SourceError
from planql.gateway import operations
from planql.gateway.access import Access
from planql.gateway.application import create_application, utc_now
from planql.gateway.operating.log_lines import LogFormat, configure_logging
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.served import CatalogHolder
from planql.gateway.watching import Watcher
from planql.sources import load
from planql.stores.database import Database

LOG: Final = logging.getLogger("planql.serve")

_STOP_SECONDS: Final = 20.0
"""What a worker takes to stop besides draining and finishing: idle connections, the watcher."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the options say.

    Attributes:
        directory: Of the catalog, where no branch is followed.
        examples: The operations that every server holds.
    """

    directory: str
    store: str | None
    allowed_hosts: tuple[str, ...]
    followed: Followed | None
    examples: tuple[operations.Operation, ...]
    rules: Rules
    access: Access
    operation: Operation
    webhook_secret: bytes | None


def supervise(serving: Serving, listening: socket.socket) -> int:
    """Have worker processes serve until a signal comes; the result is the exit code."""
    operation = serving.operation
    configure_logging(operation.log_format, operation.log_level)
    processes = f"with {operation.workers} workers (Ctrl-C stops them)"
    _tell(operation, f"planql: {address_of(listening)}/graphql {processes}")
    _tell(operation, _who_may_ask(serving.access))
    seconds = operation.drain_seconds + operation.grace_seconds + _STOP_SECONDS
    return Supervisor(sys.argv[1:], listening, operation.workers, seconds).run()


def serve(serving: Serving, listening: socket.socket) -> None:
    """Serve until a signal comes.

    Raises:
        PlanqlError: what is to be served cannot be.
    """
    channel, operation = open_channel(), serving.operation
    monitoring = operation.monitoring()
    with _sources(serving) as (database, watcher):
        holder = watcher.holder if watcher else CatalogHolder(_catalog(serving.directory))
        configure_logging(operation.log_format, operation.log_level)
        application = create_application(
            holder,
            allowed_hosts=serving.allowed_hosts,
            operations=serving.examples,
            limits=serving.rules.limits,
            documents=serving.rules.documents,
            statuses=serving.rules.statuses,
            database=database,
            access=serving.access,
            watcher=watcher,
            webhook_secret=serving.webhook_secret,
            monitoring=monitoring,
        )
        if channel is None:
            name = holder.served.catalog.settings.name
            _tell(operation, f"{name}: {address_of(listening)}/graphql (Ctrl-C stops it)")
            _tell(operation, _who_may_ask(serving.access))
        if watcher:
            _tell_of_branch(operation, watcher, is_quiet=channel is not None)
        _run(_server(application, operation, monitoring, channel), listening)
    if monitoring.tracing:
        monitoring.tracing.close()


@contextmanager
def _sources(serving: Serving) -> Iterator[tuple[Database | None, Watcher | None]]:
    """The database, and what follows the branch; closed at the end of the block."""
    with ExitStack() as stack:
        database = stack.enter_context(opened(serving.store)) if serving.store else None
        watcher = None
        if serving.followed is not None:
            # Without a store, what was served is remembered as long as the process lives.
            memory = database or stack.enter_context(opened("sqlite://"))
            branch, seconds = serving.followed.branch, serving.followed.poll_seconds
            watcher = Watcher(branch, memory, utc_now, seconds)
            stack.enter_context(watcher.watching())
        yield database, watcher


def _server(
    application: ASGIApp,
    operation: Operation,
    monitoring: Monitoring,
    channel: WorkerChannel | None,
) -> GracefulServer:
    config = uvicorn.Config(
        application,
        log_config=None,
        log_level=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=operation.grace_seconds,
    )
    started = channel.is_ready if channel else lambda: None
    return GracefulServer(config, monitoring.lifecycle, operation.drain_seconds, started)


def _run(server: GracefulServer, listening: socket.socket) -> None:
    """Serve until a signal comes, then finish the requests that are being answered."""
    for each in (signal.SIGINT, signal.SIGTERM):
        # uvicorn takes the signal only once it runs, and raises it once more when it has stopped.
        signal.signal(each, server.handle_exit)
    server.run(sockets=[listening])


def _tell(operation: Operation, line: str) -> None:
    """Say what a person who starts the server should know."""
    if operation.log_format is LogFormat.JSON:
        LOG.info(line)
    else:
        click.echo(line)


def _tell_of_branch(operation: Operation, watcher: Watcher, *, is_quiet: bool) -> None:
    commit = (watcher.holder.served.catalog.commit or "")[:12]
    text = f'Serving commit {commit} and following branch "{watcher.branch.branch}"'
    failure = watcher.status.failure
    if failure:
        LOG.warning("%s; its newest commit is not served: %s", text, failure.message)
    elif not is_quiet:
        _tell(operation, text)


def _who_may_ask(access: Access) -> str:
    """What a person who starts the server should know; no part of a key."""
    if access.is_development:
        return "Development mode: no keys are configured, so every caller is an administrator"
    names = ", ".join(key.principal.name for key in access.api_keys) or "none"
    tokens = access.tokens.algorithm if access.tokens else "none"
    return f"API keys: {names}; tokens of customers: {tokens}"


def _catalog(directory: str) -> Catalog:
    loaded = load(Path(directory))
    if loaded.catalog is None:
        raise SourceError(
            "invalid-catalog",
            f'the catalog in "{directory}" has mistakes',
            hint=f"planql validate {directory} shows them",
        )
    return loaded.catalog
