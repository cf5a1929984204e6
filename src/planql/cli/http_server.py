"""How HTTP is served: the one configuration of uvicorn, for `planql serve` and for measuring it."""

import uvicorn
from starlette.types import ASGIApp

from planql.cli.whole_writes import WholeAnswers


def server_config(
    application: ASGIApp, *, grace_seconds: int = 10, idle_seconds: int = 5
) -> uvicorn.Config:
    """The configuration of a server.

    Args:
        application: What it serves.
        grace_seconds: How long requests may take to finish once it stops.
        idle_seconds: How long a connection may be without a request.
    """
    return uvicorn.Config(
        application,
        http=WholeAnswers,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=idle_seconds,
        timeout_graceful_shutdown=grace_seconds,
    )
