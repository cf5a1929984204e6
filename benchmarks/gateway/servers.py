"""The servers that are measured, each a process of its own.

::

    floor           uvicorn with an application that does nothing
    planql          as it is served: fragments and whole answers are kept
    uncached        planql that keeps nothing
    stock           strawberry's own view over the same types, with its parser and validation caches
    mercurius       Node: fastify, mercurius with its JIT, the same schema and data
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
PYTHON_SERVERS: Final = ("floor", "planql", "uncached", "stock")


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    port: int
    process_id: int


@contextmanager
def python_server(name: str) -> Iterator[Server]:
    """One of `PYTHON_SERVERS`."""
    with _started(name, [sys.executable, "-m", "benchmarks.gateway.serving", name]) as found:
        yield found


@contextmanager
def mercurius_server(data: Path) -> Iterator[Server]:
    """Mercurius over the data in a file."""
    script, schema = HERE / "mercurius" / "server.mjs", ROOT / "schema.public.graphql"
    with _started("mercurius", ["node", str(script), str(schema), str(data)]) as found:
        yield found


@contextmanager
def _started(name: str, command: list[str]) -> Iterator[Server]:
    """A process that prints the port on which it listens; it ends with the block."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:  # noqa: S603
        try:
            yield Server(name, _port(process.stdout), process.pid)
        finally:
            process.terminate()


def _port(output: IO[str] | None) -> int:
    line = output.readline().strip() if output else ""
    if not line.isdigit():
        message = f'a server prints "{line}" instead of its port'
        raise RuntimeError(message)
    return int(line)
