"""The line of a request in the log."""

import logging
from collections.abc import Iterable
from typing import Final

from planql.gateway.calls import Call
from planql.gateway.operating.log_lines import fields
from planql.gateway.operating.probes import PROBES

LOG: Final = logging.getLogger("planql.requests")

_FAILURES: Final = 400
"""The least status of one."""
_LONGEST: Final = 200
"""Characters of a path or of an operation's name."""


def log_request(call: Call, seconds: float) -> None:
    """Write the line of a request that was answered, or given up."""
    path, note = call.path, call.note
    has_failed = note.status is None or note.status >= _FAILURES
    # Probes are sent every few seconds: they are logged when they fail, or when everything is.
    level = logging.DEBUG if path in PROBES and not has_failed else logging.INFO
    if not LOG.isEnabledFor(level):
        return
    milliseconds = round(seconds * 1000, 3)
    status = note.status or "no answer"
    words = (call.method, path[:_LONGEST], status, f"{milliseconds} ms", note.operation)
    told = dict(_told(call, milliseconds))
    text = " ".join(str(word) for word in words if word)
    LOG.log(level, "%s %s", text, note.request_id, extra=fields(**told))


def _told(call: Call, milliseconds: float) -> Iterable[tuple[str, object]]:
    """The fields of the line, as far as there is something to say."""
    note = call.note
    yield "request_id", note.request_id
    yield "method", call.method
    yield "path", call.path[:_LONGEST]
    yield "status", note.status
    yield "duration_ms", milliseconds
    known = {
        "principal": note.role,
        "operation": note.operation[:_LONGEST],
        "operation_type": note.kind,
        "document": note.document,
        "cost": note.cost,
        "codes": note.codes,
        "commit": note.commit,
        "trace_id": note.trace_id,
        **{f"events_{name}": count for name, count in note.events.items()},
    }
    yield from ((name, value) for name, value in known.items() if value)
