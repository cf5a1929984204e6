"""What every request passes, in this order, each step in plain sight; and where answers are sent.

::

    call          read once, with a note of it
      probe       /healthz, /readyz; /metrics for its token
      host        is it one of ours?
      origin      may a page of another site ask?
      principal   who asks?
      address     /graphql, /usage, ...: whoever answers there
    send          the answer, with what every answer says
    tell          numbers, a line in the log, a span

A step answers, refuses (`Refusal`) or lets the next one go on. Whatever goes wrong otherwise is a
defect: it is logged with its traceback, and answered without a word about it.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.types import Receive, Scope, Send

from planql.gateway.answers import Answer, refused
from planql.gateway.assets import PREFIX
from planql.gateway.authentication import Authentication
from planql.gateway.calls import Call, read_call
from planql.gateway.cors import Origins
from planql.gateway.execution import broken
from planql.gateway.hosts import Hosts
from planql.gateway.operating.observing import Observers, log_defect
from planql.gateway.operating.probes import PROBES, Probes
from planql.gateway.refusals import Refusal, not_found
from planql.gateway.requests import Disconnected

Answering = Callable[[Call], Awaitable[Answer]]
"""Answers the requests for an address; it may raise `Refusal` and `Disconnected`."""

_CLOSE: Final = (b"connection", b"close")


@dataclass(frozen=True, slots=True)
class Steps:
    """What is asked of every request before it is answered."""

    probes: Probes
    hosts: Hosts
    origins: Origins
    authentication: Authentication


class Front:
    """The application: what a server of ASGI calls.

    Args:
        steps: What is asked of every request.
        addresses: Who answers, by path.
        files: Answers the paths below `/assets/`.
        observers: What is told of each request.
    """

    def __init__(
        self,
        steps: Steps,
        addresses: Mapping[str, Answering],
        files: Answering,
        observers: Observers,
    ) -> None:
        self._steps = steps
        self._addresses = addresses
        self._files = files
        self._observers = observers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            message = f"only requests of HTTP are answered, and this is {scope['type']}"
            raise ValueError(message)
        started = time.perf_counter_ns()
        call = read_call(scope, receive)
        try:
            answer = await self._answer(call)
            if answer is not None:
                await self._send(answer, call, send)
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            log_defect(defect, call.note.request_id)
        finally:
            self._observers.tell(call, time.perf_counter_ns() - started)

    async def _answer(self, call: Call) -> Answer | None:
        """The answer; None when the caller went away."""
        steps = self._steps
        try:
            if call.path in PROBES and (answer := await steps.probes.answer(call)):
                return answer
            steps.hosts.check(call)
            if call.method == "OPTIONS" and (answer := steps.origins.preflight(call)):
                return answer
            steps.authentication.identify(call)
            answering = self._addresses.get(call.path) or self._beside(call.path)
            return await answering(call)
        except Refusal as refusal:
            return refused(refusal)
        except Disconnected:
            return None
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            return broken(defect, call.note.request_id)

    def _beside(self, path: str) -> Answering:
        """Who answers where no address is."""
        return self._files if path.startswith(PREFIX) else self._elsewhere

    async def _elsewhere(self, call: Call) -> Answer:
        """Lead to the address without a slash too many; nothing is anywhere else."""
        path = call.path.rstrip("/")
        if path not in self._addresses:
            raise not_found()
        query = call.query.decode("latin-1")
        headers = {"location": f"{path}?{query}" if query else path}
        return Answer(HTTPStatus.TEMPORARY_REDIRECT, (b"",), headers=headers)

    async def _send(self, answer: Answer, call: Call, send: Send) -> None:
        """Send an answer, with what every answer says."""
        note = call.note
        headers = answer.head()
        headers += self._steps.origins.said_to(call)
        headers.append((b"x-request-id", note.request_id.encode("ascii")))
        if self._observers.lifecycle.is_stopping:
            # The connection is closed in order: its next request goes to whoever takes over.
            headers.append(_CLOSE)
        note.status, note.codes = int(answer.status), answer.codes
        await send({"type": "http.response.start", "status": note.status, "headers": headers})
        for part in answer.parts[:-1]:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": answer.parts[-1]})
