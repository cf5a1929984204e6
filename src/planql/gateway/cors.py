"""Pages of other sites: which of them a browser lets read answers.

An origin that was configured is answered with its own name, exactly as the browser sent it, and
never with leave to send cookies: there are none. Any other is answered as if it had not said where
it comes from, so the browser keeps the answer from the page.

Source: Fetch Standard, "HTTP-CORS protocol".
"""

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from planql.gateway.answers import Answer, RawHeaders
from planql.gateway.calls import Call

_PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "accept, authorization, content-type, if-none-match, "
    "x-request-id",
    "access-control-max-age": "600",
}
_EXPOSED: Final = b"etag, retry-after, www-authenticate, x-request-id"
_VARY: Final = (b"vary", b"origin")


class Origins:
    """The origins whose pages may read answers.

    Args:
        origins: Each exactly as browsers send it; without any, nothing is said of them.
    """

    def __init__(self, origins: Collection[str]) -> None:
        self._said = {each.encode("latin-1"): _said_to(each) for each in origins}
        self._said_to_others: RawHeaders = [_VARY] if origins else []

    def said_to(self, call: Call) -> RawHeaders:
        """What an answer says to the browser that sent a request."""
        if b"origin" not in call.headers:
            return self._said_to_others
        return self._said.get(call.headers[b"origin"], self._said_to_others)

    def preflight(self, call: Call) -> Answer | None:
        """The answer to what a browser asks beforehand, with `OPTIONS`; None to anything else."""
        is_asked = b"access-control-request-method" in call.headers
        if not is_asked or call.headers.get(b"origin") not in self._said:
            return None
        return Answer(HTTPStatus.NO_CONTENT, (b"",), headers=_PREFLIGHT)


def _said_to(origin: str) -> RawHeaders:
    allowed = (b"access-control-allow-origin", origin.encode("latin-1"))
    return [_VARY, allowed, (b"access-control-expose-headers", _EXPOSED)]
