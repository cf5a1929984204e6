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
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from planql.errors import DatabaseUnreachable, InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.codes import ErrorCode
from planql.gateway.endpoint import broken, refused
from planql.gateway.limits import Limits
from planql.gateway.operating.notes import Note, note_of
from planql.gateway.principals import TRUSTED, Principal, Role, principal_of
from planql.gateway.refusals import Refusal, bad_request, forbidden, unauthenticated
from planql.gateway.requests import Disconnected, read_body
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
    """The ASGI callable that takes usage in."""

    def __init__(
        self,
        holder: CatalogHolder,
        database: Database | None,
        clock: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._holder = holder
        self._database = database
        self._clock = clock
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive)
        except Refusal as refusal:
            answer = refused(refusal)
        except DatabaseUnreachable as error:
            answer = refused(_unreachable(error))
        except Disconnected:
            return
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            answer = broken(defect, note_of(scope).request_id)
        await answer.send(send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        headers = Headers(scope=scope)
        _require_post(scope)
        _require_trusted(principal_of(scope))
        split = _splitter(headers)
        if self._database is None:
            missing = no_store()
            message = f"{missing.message}; {missing.hint}"
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, ErrorCode.NO_STORE, message)
        body = await read_body(receive, headers.get("content-length", ""), self._limits.usage_bytes)
        texts, note = split(body), note_of(scope)
        return await in_time(partial(self._take, self._database, texts, note))

    def _take(self, database: Database, texts: Iterable[Place], note: Note) -> Answer:
        outcomes = [(place, _read(place, text)) for place, text in texts]
        acceptance = self._holder.served.acceptance
        report = record_usage(database, acceptance, outcomes, self._clock())
        note.count_events(len(report.recorded), len(report.duplicates), len(report.rejected))
        could_read = any(isinstance(outcome, UsageEvent) for _, outcome in outcomes)
        status = HTTPStatus.OK if could_read else HTTPStatus.BAD_REQUEST
        return Answer(status, orjson.dumps(_document(report, could_read=could_read)))


def _require_post(scope: Scope) -> None:
    if scope["method"] != "POST":
        raise Refusal(
            HTTPStatus.METHOD_NOT_ALLOWED,
            ErrorCode.METHOD_NOT_ALLOWED,
            f'the method is "{scope["method"]}"; usage is sent with POST',
            {"allow": "POST"},
        )


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


def _splitter(headers: Headers) -> Callable[[bytes], list[Place]]:
    given = headers.get("content-type", "")
    media_type, *parameters = given.lower().split(";")
    charsets = {part.partition("=")[2].strip(' "') for part in parameters if "charset=" in part}
    encoding = headers.get("content-encoding", "identity").lower()
    split = _FORMATS.get(media_type.strip())
    if split is None or not charsets <= {"utf-8", "utf8"} or encoding != "identity":
        known = ", ".join(_FORMATS)
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            f'the content type is "{given[:200]}" (content encoding "{encoding[:50]}"); '
            f"send one of {known} in UTF-8, not compressed",
            {"accept-post": known},
        )
    return split


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
