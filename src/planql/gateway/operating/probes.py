"""`/healthz`, `/readyz` and `/metrics`: for machines that look after the server.

::

    /healthz   200 while the process answers at all
    /readyz    200 when requests should be sent here, else 503 with the reasons
    /metrics   to whoever shows the token of metrics; else as for any other address:
               servers and administrators (`MetricsPage`)

The first two say nothing that is worth hiding and are answered under any host name, for a probe
asks by address and without a key.
"""

import hmac
from http import HTTPStatus
from typing import Final

import orjson

from planql.errors import InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.calls import Call
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.readiness import Readiness
from planql.gateway.principals import TRUSTED, Role
from planql.gateway.refusals import forbidden, unauthenticated
from planql.gateway.requests import READING, require_reading

PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""Where probes are sent."""

_HEALTHY: Final = b'{"status":"ok"}'
_READY: Final = b'{"status":"ready"}'
_LEAST_BYTES: Final = 16


def metrics_token(text: str) -> bytes:
    """The token that shows who may read metrics.

    Raises:
        InvalidInput: `metrics-token`, it is too short to be one; the message does not repeat it.
    """
    token = text.strip().encode()
    if len(token) < _LEAST_BYTES:
        raise InvalidInput(
            "metrics-token",
            f"the token of metrics has {len(token)} bytes; it must have {_LEAST_BYTES} or more",
            hint="make one with: openssl rand -hex 32",
        )
    return token


class Probes:
    """Answers probes, before hosts and principals are asked about.

    Args:
        readiness: Of this process.
        metrics: Its numbers.
        token: Who shows it may read them; None: there is none.
    """

    def __init__(self, readiness: Readiness, metrics: Metrics, token: bytes | None) -> None:
        self._readiness = readiness
        self._metrics = metrics
        self._expected = b"bearer " + token if token else None

    async def answer(self, call: Call) -> Answer | None:
        """The answer to a probe; None to anything else."""
        if call.method in READING:
            match call.path:
                case "/healthz":
                    return Answer(HTTPStatus.OK, (_HEALTHY,))
                case "/readyz":
                    return await self._ready()
                case "/metrics" if self._is_shown(call):
                    return metrics_page(self._metrics, call)
        return None

    def _is_shown(self, call: Call) -> bool:
        """Whether a request shows the token, and nothing else."""
        if self._expected is None:
            return False
        scheme, _, shown = call.headers.get(b"authorization", b"").partition(b" ")
        return hmac.compare_digest(scheme.lower() + b" " + shown.strip(), self._expected)

    async def _ready(self) -> Answer:
        reasons = await self._readiness.reasons()
        if not reasons:
            return Answer(HTTPStatus.OK, (_READY,))
        body = orjson.dumps({"status": "not ready", "reasons": reasons})
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, (body,))


class MetricsPage:
    """Answers `/metrics` for principals: servers and administrators."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 401, 403 or 405.
        """
        require_reading(call, "metrics")
        if call.principal.role is Role.ANONYMOUS:
            raise unauthenticated("metrics are for the token of metrics or an API key", error="")
        if call.principal.role not in TRUSTED:
            raise forbidden("metrics are for the token of metrics or an API key")
        return metrics_page(self._metrics, call)


def metrics_page(metrics: Metrics, call: Call) -> Answer:
    """The answer to a scrape."""
    body, media_type = metrics.page(call.header(b"accept"))
    return Answer(HTTPStatus.OK, (body,), headers={"content-type": media_type})
