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

from planql.catalog.snapshot import Catalog
from planql.cli.graceful_server import GracefulServer
from planql.cli.http_server import server_config
from planql.cli.listening import address_of
from planql.cli.operating_options import Operation
from planql.cli.source_options import Source
from planql.cli.store_options import opened
from planql.cli.supervisor import Supervisor
from planql.cli.worker_channel import open_channel
from planql.errors import SourceError
from planql.gateway import operations
from planql.gateway.access import Access
from planql.gateway.application import create_application
from planql.gateway.operating.log_lines import LogFormat, configure_logging
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules, utc_now
from planql.gateway.watching import Watcher
from planql.sources import load

LOG: Final = logging.getLogger("planql.serve")

_STOP_SECONDS: Final = 20.0
"""What a worker takes to stop besides draining and finishing: idle connections, the watcher."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the options say.

    Attributes:
        source: Where what is served comes from.
        examples: The operations that every server holds.
        access: Who may ask.
        rules: How what may be asked is bounded.
        operation: How the server is run.
    """

    source: Source
    examples: tuple[operations.Operation, ...]
    access: Access
    rules: Rules
    operation: Operation


def supervise(serving: Serving, listening: socket.socket) -> int:
    """Have worker processes serve until a signal comes; the result is the exit code."""
    operation = serving.operation
    configure_logging(operation.log_format, operation.log_level, secrets=operation.secrets)
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
    with _content(serving) as content:
        configure_logging(operation.log_format, operation.log_level, secrets=operation.secrets)
        application = create_application(content, serving.access, serving.rules, monitoring)
        config = server_config(application, grace_seconds=operation.grace_seconds)
        started = channel.is_ready if channel else lambda: None
        server = GracefulServer(config, monitoring.lifecycle, operation.drain_seconds, started)
        _greet(serving, content, address_of(listening), is_worker=channel is not None)
        _run(server, listening)
    if monitoring.tracing:
        monitoring.tracing.close()


@contextmanager
def _content(serving: Serving) -> Iterator[Content]:
    """What is served: the database and what follows the branch are closed after the block."""
    source = serving.source
    with ExitStack() as stack:
        database = stack.enter_context(opened(source.store)) if source.store else None
        if source.followed is None:
            holder = CatalogHolder(_catalog(source.directory))
            yield Content(holder, database, operations=serving.examples)
            return
        # Without a store, what was served is remembered as long as the process lives.
        memory = database or stack.enter_context(opened("sqlite://"))
        watcher = Watcher(source.followed.branch, memory, utc_now, source.followed.poll_seconds)
        stack.enter_context(watcher.watching())
        yield Content(watcher.holder, database, watcher, serving.examples)


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


def _greet(serving: Serving, content: Content, address: str, *, is_worker: bool) -> None:
    """Say what is served, where, and to whom; of workers, their supervisor has said it."""
    operation = serving.operation
    if not is_worker:
        name = content.holder.served.catalog.settings.name
        _tell(operation, f"{name}: {address}/graphql (Ctrl-C stops it)")
        _tell(operation, _who_may_ask(serving.access))
    if content.watcher:
        _tell_of_branch(operation, content.watcher, is_quiet=is_worker)


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
