"""The options of whoever runs a server: socket, processes, logs, metrics; what they say."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from planql.cli.option_groups import OptionGroup
from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.log_lines import LogFormat
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.operating.probes import metrics_token
from planql.gateway.operating.tracing import configured_tracing

_LEVELS: Final = ("debug", "info", "warning", "error")
_MOST_WORKERS: Final = 64
_HOUR: Final = 3_600

operating_options: Final = OptionGroup(
    click.option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        envvar="PLANQL_HOST",
        show_envvar=True,
        help="Address to listen on; without API keys or tokens, loopback only.",
    ),
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8000,
        show_default=True,
        envvar="PLANQL_PORT",
        show_envvar=True,
        help="Port to listen on; 0 takes a free one.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, _MOST_WORKERS),
        default=1,
        show_default=True,
        envvar="PLANQL_WORKERS",
        show_envvar=True,
        help="Processes that answer. Each follows the branch and counts cost by itself.",
    ),
    click.option(
        "--fd",
        "descriptor",
        type=click.IntRange(0),
        envvar="PLANQL_FD",
        show_envvar=True,
        help="Listen on this open socket, which systemd or another process hands over, instead of "
        "--host and --port.",
    ),
    click.option(
        "--drain-seconds",
        type=click.FloatRange(0, _HOUR),
        default=0,
        show_default=True,
        envvar="PLANQL_DRAIN_SECONDS",
        show_envvar=True,
        help="How long new connections are accepted after SIGTERM, until the load balancer has "
        "seen /readyz say 503.",
    ),
    click.option(
        "--grace-seconds",
        type=click.IntRange(1, _HOUR),
        default=10,
        show_default=True,
        envvar="PLANQL_GRACE_SECONDS",
        show_envvar=True,
        help="How long requests may take to finish then.",
    ),
    click.option(
        "--log-format",
        type=click.Choice([each.value for each in LogFormat]),
        default=LogFormat.TEXT.value,
        show_default=True,
        envvar="PLANQL_LOG_FORMAT",
        show_envvar=True,
        help="How the log is written to the standard error: a line per request.",
    ),
    click.option(
        "--log-level",
        type=click.Choice(_LEVELS),
        default="info",
        show_default=True,
        envvar="PLANQL_LOG_LEVEL",
        show_envvar=True,
        help="The least level that is logged: requests are info, probes that succeed debug.",
    ),
    click.option(
        "--metrics-token-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        envvar="PLANQL_METRICS_TOKEN_FILE",
        show_envvar=True,
        help="File of the bearer token that may read /metrics, and nothing else; without it, "
        "API keys may.",
    ),
)
"""All of them."""


@dataclass(frozen=True, slots=True)
class Operation:
    """How a server is run.

    Attributes:
        host: To listen on.
        port: To listen on; 0: a free one.
        workers: How many processes answer.
        descriptor: Of the socket to listen on; None: it opens one.
        drain_seconds: For how long new connections are accepted once it was told to stop.
        grace_seconds: How long requests may take to finish then.
        log_format: How it logs.
        log_level: What it logs.
        metrics_token: Who shows it may read metrics.
    """

    host: str
    port: int
    workers: int
    descriptor: int | None
    drain_seconds: float
    grace_seconds: int
    log_format: LogFormat
    log_level: str
    metrics_token: bytes | None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be seen in the log, wherever a caller puts it."""
        return (self.metrics_token.decode(),) if self.metrics_token else ()

    def monitoring(self) -> Monitoring:
        """How this process is looked after.

        Raises:
            InvalidInput: the environment asks for traces that cannot be had.
        """
        return Monitoring(Lifecycle(), self.metrics_token, configured_tracing(os.environ))


def read_operation(options: dict[str, Any]) -> Operation:
    """What the options say.

    Args:
        options: Those of all options; those of `operating_options` are taken out.

    Raises:
        InvalidInput: `metrics-token`.
    """
    token_file = options.pop("metrics_token_file")
    token = token_file.read_text(encoding="utf-8", errors="replace") if token_file else None
    return Operation(
        host=options.pop("host"),
        port=options.pop("port"),
        workers=options.pop("workers"),
        descriptor=options.pop("descriptor"),
        drain_seconds=options.pop("drain_seconds"),
        grace_seconds=options.pop("grace_seconds"),
        log_format=LogFormat(options.pop("log_format")),
        log_level=options.pop("log_level"),
        metrics_token=metrics_token(token) if token is not None else None,
    )
