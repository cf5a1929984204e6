"""The line of a request in the log."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from starlette.types import Scope

from planql.gateway.operating.log_lines import fields
from planql.gateway.operating.notes import Note
from planql.gateway.principals import role_of

LOG: Final = logging.getLogger("planql.requests")

PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines: logged when they fail, or when everything is."""
_LONGEST: Final = 200
"""Characters of a path or of an operation's name."""


def log_request(scope: Scope, note: Note, seconds: float) -> None:
    """Write the line of a request that was answered, or given up."""
    path = scope["path"]
    has_failed = note.status is None or note.status >= HTTPStatus.BAD_REQUEST
    level = logging.DEBUG if path in PROBES and not has_failed else logging.INFO
    if not LOG.isEnabledFor(level):
        return
    milliseconds = round(seconds * 1000, 3)
    status = note.status or "no answer"
    words = (scope["method"], path[:_LONGEST], status, f"{milliseconds} ms", note.operation)
    told = dict(_told(scope, note, milliseconds))
    text = " ".join(str(word) for word in words if word)
    LOG.log(level, "%s %s", text, note.request_id, extra=fields(**told))


def _told(scope: Scope, note: Note, milliseconds: float) -> Iterable[tuple[str, object]]:
    """The fields of the line, as far as there is something to say."""
    yield "request_id", note.request_id
    yield "method", scope["method"]
    yield "path", scope["path"][:_LONGEST]
    yield "status", note.status
    yield "duration_ms", milliseconds
    events = note.events
    known = {
        "principal": role_of(scope),
        "operation": note.operation[:_LONGEST],
        "operation_type": note.kind,
        "document": note.document,
        "cost": note.cost,
        "codes": note.codes,
        "commit": note.commit,
        "trace_id": note.trace_id,
        "events_accepted": events.accepted,
        "events_duplicate": events.duplicates,
        "events_rejected": events.rejected,
    }
    yield from ((name, value) for name, value in known.items() if value)
