"""What is noted of a request while it is answered: for its line in the log, numbers and span.

Whoever answers writes in what only it knows. What must not be logged is never put here: bodies,
variables, keys, tokens, the query string.
"""

from dataclasses import dataclass, field
from typing import Final, cast

from starlette.types import Scope

from planql.gateway.operating.request_ids import request_id

_SCOPE: Final = "planql.note"


@dataclass(slots=True)
class Events:
    """What became of usage that was sent, as numbers of events."""

    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0


@dataclass(slots=True)
class Note:
    """Of one request.

    Attributes:
        request_id: Names it.
        trace: Headers `traceparent` and `tracestate`, as far as they were sent.
        status: Of the answer; None while there is none.
        codes: Of the errors that the answer tells of.
        operation: Name of the operation; "" when it has none.
        kind: `query` or `mutation`; "" when no operation was found.
        document: Identifier of the document; "" when none was read.
        cost: Units of the operation; None when that was not worked out.
        commit: Of the catalog that answered; None for one from a directory.
        events: Usage that was sent with it.
        trace_id: Of its span; "" without one.
    """

    request_id: str
    trace: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    codes: tuple[str, ...] = ()
    operation: str = ""
    kind: str = ""
    document: str = ""
    cost: int | None = None
    commit: str | None = None
    events: Events = field(default_factory=Events)
    trace_id: str = ""

    def count_events(self, accepted: int, duplicates: int, rejected: int) -> None:
        """Add events that were sent with the request."""
        self.events.accepted += accepted
        self.events.duplicates += duplicates
        self.events.rejected += rejected


def begin_note(scope: Scope) -> Note:
    """A fresh note for a request, found from now on by `note_of`."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in {b"x-request-id", b"traceparent", b"tracestate"}:
            found.setdefault(name, value)
    note = Note(request_id(found.pop(b"x-request-id", None)))
    note.trace = {name.decode(): value.decode("latin-1") for name, value in found.items()}
    scope[_SCOPE] = note
    return note


def note_of(scope: Scope) -> Note:
    """The note of a request; a fresh one where nothing observes."""
    return cast("Note", scope[_SCOPE]) if _SCOPE in scope else begin_note(scope)
