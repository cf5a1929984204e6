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
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from planql.errors import InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.codes import ErrorCode
from planql.gateway.endpoint import refused
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.readiness import Readiness
from planql.gateway.principals import TRUSTED, Role, principal_of
from planql.gateway.refusals import Refusal, forbidden, unauthenticated

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
    """ASGI middleware that answers probes, before hosts and principals are asked about.

    Args:
        app: Answers everything else.
        readiness: Of this process.
        metrics: Its numbers.
        token: Who shows it may read them; None: there is none.
    """

    def __init__(
        self, app: ASGIApp, readiness: Readiness, metrics: Metrics, token: bytes | None
    ) -> None:
        self._app = app
        self._readiness = readiness
        self._metrics = metrics
        self._expected = b"bearer " + token if token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe, or pass the request on."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            match scope["path"]:
                case "/healthz":
                    return await Answer(HTTPStatus.OK, _HEALTHY).send(send)
                case "/readyz":
                    return await (await self._ready()).send(send)
                case "/metrics" if self._is_shown(scope):
                    return await send_metrics(self._metrics, scope, send)
        return await self._app(scope, receive, send)

    def _is_shown(self, scope: Scope) -> bool:
        """Whether a request shows the token, and nothing else."""
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        if self._expected is None or len(given) != 1:
            return False
        scheme, _, shown = given[0].partition(b" ")
        return hmac.compare_digest(scheme.lower() + b" " + shown.strip(), self._expected)

    async def _ready(self) -> Answer:
        reasons = await self._readiness.reasons()
        if not reasons:
            return Answer(HTTPStatus.OK, _READY)
        body = orjson.dumps({"status": "not ready", "reasons": reasons})
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, body)


class MetricsPage:
    """The ASGI callable of `/metrics` for principals: servers and administrators."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - an ASGI callable
        """Answer one request."""
        try:
            _require_trusted(scope)
        except Refusal as refusal:
            return await refused(refusal).send(send)
        return await send_metrics(self._metrics, scope, send)


def _require_trusted(scope: Scope) -> None:
    role = principal_of(scope).role
    if scope["method"] not in {"GET", "HEAD"}:
        raise Refusal(
            HTTPStatus.METHOD_NOT_ALLOWED,
            ErrorCode.METHOD_NOT_ALLOWED,
            f'the method is "{scope["method"]}"; metrics are read with GET',
            {"allow": "GET, HEAD"},
        )
    if role is Role.ANONYMOUS:
        raise unauthenticated("metrics are for the token of metrics or an API key", error="")
    if role not in TRUSTED:
        raise forbidden("metrics are for the token of metrics or an API key")


async def send_metrics(metrics: Metrics, scope: Scope, send: Send) -> None:
    """Answer a scrape."""
    body, media_type = metrics.page(Headers(scope=scope).get("accept", ""))
    headers = [
        (b"content-type", media_type.encode("ascii")),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    start = {"type": "http.response.start", "status": HTTPStatus.OK.value, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})
