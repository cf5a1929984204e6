"""Around everything: each request gets a note, and what is in it at the end is logged and counted.

An exception that gets this far is a defect outside of the endpoints: it is logged with its
traceback, and answered without a word about it.
"""

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planql.gateway.answers import CODES, Answer, errors_body
from planql.gateway.codes import ErrorCode
from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.log_lines import fields
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.notes import Note, begin_note
from planql.gateway.operating.request_log import log_request
from planql.gateway.operating.tracing import Tracing
from planql.gateway.refusals import Refusal
from planql.gateway.security_headers import SECURITY_HEADERS

LOG: Final = logging.getLogger("planql.gateway")


@dataclass(frozen=True, slots=True)
class Observers:
    """What is told of each request."""

    metrics: Metrics
    lifecycle: Lifecycle
    tracing: Tracing | None = None


class Observing:
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp, observers: Observers) -> None:
        self._app = app
        self._observers = observers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when it has been answered."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        note, began, started = begin_note(scope), time.time_ns(), time.perf_counter_ns()
        answering = _Answering(note, send, self._observers.lifecycle)
        try:
            await self._app(scope, receive, answering.send)
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            await answering.give_up(defect)
        finally:
            self._tell(scope, note, began, time.perf_counter_ns() - started)
        return None

    def _tell(self, scope: Scope, note: Note, began: int, nanoseconds: int) -> None:
        seconds = nanoseconds / 1_000_000_000
        if self._observers.tracing and note.kind:
            self._observers.tracing.trace(note, began, began + nanoseconds)
        self._observers.metrics.count_request(scope["path"], note, seconds)
        log_request(scope, note, seconds)


class _Answering:
    """Sends an answer on, with the request's id, and notes what it says."""

    def __init__(self, note: Note, send: Send, lifecycle: Lifecycle) -> None:
        self._note = note
        self._send = send
        self._lifecycle = lifecycle

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._note.status = message["status"]
            self._note.codes = message.pop(CODES, self._note.codes)
            headers = [*message.get("headers", ())]
            headers.append((b"x-request-id", self._note.request_id.encode("ascii")))
            if self._lifecycle.is_stopping:
                # The connection is closed in order: its next request goes to whoever takes over.
                headers.append((b"connection", b"close"))
            message["headers"] = headers
        await self._send(message)

    async def give_up(self, defect: Exception) -> None:
        """Log a defect, and answer that there was one, unless an answer has begun."""
        known = fields(request_id=self._note.request_id)
        LOG.error("request %s met a defect", self._note.request_id, exc_info=defect, extra=known)
        if self._note.status is None:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            refusal = Refusal(status, ErrorCode.INTERNAL_SERVER_ERROR, "planql made a mistake")
            body, codes = errors_body(refusal.errors), (refusal.code,)
            await Answer(status, body, headers=SECURITY_HEADERS, codes=codes).send(self.send)
