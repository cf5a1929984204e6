"""What is noted of a request while it is answered: for its line in the log, numbers and span.

Whoever answers writes in what only it knows. What must not be logged is never put here: bodies,
variables, keys, tokens, the query string.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from planql.gateway.principals import Role

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NO_EVENTS: Final[Mapping[str, int]] = MappingProxyType({})
_TRACE: Final = (b"traceparent", b"tracestate")


class Note(Struct, gc=False):
    """Of one request.

    Attributes:
        request_id: Names it.
        trace: Headers `traceparent` and `tracestate`, as far as they were sent.
        role: What kind of principal sent it; None when it was refused before that was asked.
        status: Of the answer; None while there is none.
        codes: Of the errors that the answer tells of.
        operation: Name of the operation; "" when it has none.
        kind: `query` or `mutation`; "" when no operation was found.
        document: Identifier of the document; "" when none was read.
        cost: Units of the operation; None when that was not worked out.
        commit: Of the catalog that answered; None for one from a directory.
        events: Usage that was sent with it: how many were `accepted`, `duplicate`, `rejected`.
        trace_id: Of its span; "" without one.
    """

    request_id: str
    trace: Mapping[str, str] = _NOTHING
    role: Role | None = None
    status: int | None = None
    codes: tuple[str, ...] = ()
    operation: str = ""
    kind: str = ""
    document: str = ""
    cost: int | None = None
    commit: str | None = None
    events: Mapping[str, int] = _NO_EVENTS
    trace_id: str = ""

    def count_events(self, accepted: int, duplicates: int, rejected: int) -> None:
        """Add events that were sent with the request."""
        sent = {"accepted": accepted, "duplicate": duplicates, "rejected": rejected}
        self.events = {name: self.events.get(name, 0) + count for name, count in sent.items()}


def trace_of(headers: Mapping[bytes, bytes]) -> Mapping[str, str]:
    """What the headers of a request say of the trace that it is a part of."""
    return {each.decode(): headers[each].decode("latin-1") for each in _TRACE if each in headers}
