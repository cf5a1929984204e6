"""The gateway on a real uvicorn, for the time of a test."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp

from planql.cli.http_server import server_config

_SECONDS = 20.0


@contextmanager
def running(application: ASGIApp) -> Iterator[str]:
    """Serve `application` on a free port of this machine; the value is its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(server_config(application, grace_seconds=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            _wait_for(address)
            yield address
        finally:
            server.should_exit = True
            thread.join(_SECONDS)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return
    message = f"nothing answers at {address}"
    raise TimeoutError(message)
