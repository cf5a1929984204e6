"""`POST /usage`: many events at once, as CloudEvents or as JSON lines.

::

    application/cloudevents+json          one event
    application/cloudevents-batch+json    a list of events
    application/x-ndjson, application/jsonl    an event per line

Each event is recorded exactly once: a sender that is not sure sends the same again. The answer is
200 with what became of every event, 400 when none could be read, or 503 while the database does not
answer.

Source: CloudEvents 1.0, HTTP protocol binding; RULES 3.1 (docs/rules/metering.md).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Final

import msgspec
import orjson

from planql.errors import DatabaseUnreachable, InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.calls import Call
from planql.gateway.codes import ErrorCode
from planql.gateway.operating.notes import Note
from planql.gateway.principals import TRUSTED, Principal, Role
from planql.gateway.refusals import (
    Refusal,
    WrongMethod,
    bad_request,
    forbidden,
    unauthenticated,
)
from planql.gateway.requests import body_type, read_body, unsupported_type
from planql.gateway.served import CatalogHolder
from planql.gateway.stored import in_time, no_store
from planql.metering.events import BadEvent, UsageEvent, parse_event
from planql.stores.database import Database
from planql.stores.usage_reports import UsageReport, record_usage

Place = tuple[int, bytes]
"""The text of an event, and where it stands in what was sent, from 1."""

_RETRY_SECONDS: Final = "5"
"""When to try again while the database does not answer."""
_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])


class UsageEndpoint:
    """Takes usage in."""

    def __init__(
        self,
        holder: CatalogHolder,
        database: Database | None,
        clock: Callable[[], datetime],
        body_bytes: int,
    ) -> None:
        self._holder = holder
        self._database = database
        self._clock = clock
        self._body_bytes = body_bytes

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 400, 401, 403, 405, 413, 415 or 503.
            Disconnected: the client went away.
        """
        if call.method != "POST":
            raise WrongMethod(call.method, "usage is sent with POST", "POST")
        _require_trusted(call.principal)
        split = _FORMATS.get(body_type(call))
        if split is None:
            raise unsupported_type(call, *_FORMATS)
        if self._database is None:
            missing = no_store()
            message = f"{missing.message}; {missing.hint}"
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, ErrorCode.NO_STORE, message)
        texts = split(await read_body(call, self._body_bytes))
        try:
            return await in_time(partial(self._take, self._database, texts, call.note))
        except DatabaseUnreachable as error:
            raise _unreachable(error) from None

    def _take(self, database: Database, texts: Iterable[Place], note: Note) -> Answer:
        outcomes = [(place, _read(place, text)) for place, text in texts]
        acceptance = self._holder.served.acceptance
        report = record_usage(database, acceptance, outcomes, self._clock())
        note.count_events(len(report.recorded), len(report.duplicates), len(report.rejected))
        could_read = any(isinstance(outcome, UsageEvent) for _, outcome in outcomes)
        status = HTTPStatus.OK if could_read else HTTPStatus.BAD_REQUEST
        return Answer(status, (orjson.dumps(_document(report, could_read=could_read)),))


def _require_trusted(principal: Principal) -> None:
    if principal.role is Role.ANONYMOUS:
        raise unauthenticated("usage is sent with an API key", error="")
    if principal.role not in TRUSTED:
        raise forbidden("usage is sent with an API key, not with the token of a customer")


def _unreachable(error: DatabaseUnreachable) -> Refusal:
    status, code = HTTPStatus.SERVICE_UNAVAILABLE, ErrorCode.STORE_UNREACHABLE
    message = f"{error.message}; send the same events again"
    return Refusal(status, code, message, {"retry-after": _RETRY_SECONDS})


def _one(body: bytes) -> list[Place]:
    return [(1, body)]


def _batch(body: bytes) -> list[Place]:
    try:
        events = _LIST.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_request(f"the body is not a JSON list of events: {error}") from None
    if not events:
        raise bad_request("the list has no events")
    return [(place, bytes(event)) for place, event in enumerate(events, 1)]


def _lines(body: bytes) -> list[Place]:
    lines = body.split(b"\n")
    found = [(place, line) for place, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise bad_request("the body has no lines")
    return found


_FORMATS: Final[dict[str, Callable[[bytes], list[Place]]]] = {
    "application/cloudevents+json": _one,
    "application/cloudevents-batch+json": _batch,
    "application/x-ndjson": _lines,
    "application/jsonl": _lines,
}


def _read(position: int, text: bytes) -> UsageEvent | BadEvent:
    try:
        return parse_event(text)
    except InvalidInput as error:
        return BadEvent(position, error.pointer, error.code, error.message)


def _document(report: UsageReport, *, could_read: bool) -> dict[str, object]:
    """The report; events that are not named in it are stored."""
    refused = bad_request("none of the events could be read").errors
    return {
        **({} if could_read else {"errors": refused}),
        "stored": len(report.recorded),
        "duplicates": [
            {"position": place, "source": event.source, "id": event.id}
            for place, event in report.duplicates
        ],
        "rejected": list(_rejected(report.rejected)),
    }


def _rejected(rejected: Iterable[BadEvent]) -> Iterator[dict[str, object]]:
    for bad in rejected:
        yield {
            "position": bad.position,
            "code": bad.code,
            "pointer": bad.pointer,
            "reason": bad.reason,
        }
