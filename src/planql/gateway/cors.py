"""Pages of other sites: which of them a browser lets read answers.

An origin that was configured is answered with its own name, exactly as the browser sent it, and
never with leave to send cookies: there are none. Any other is answered as if it had not said where
it comes from, so the browser keeps the answer from the page.

Source: Fetch Standard, "HTTP-CORS protocol".
"""

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "accept, authorization, content-type, if-none-match, "
    "x-request-id",
    "access-control-max-age": "600",
    "cache-control": "no-store",
}
_EXPOSED: Final = "etag, retry-after, www-authenticate, x-request-id"


class CrossOrigin:
    """ASGI middleware that lets the pages of some origins read answers."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a browser asks beforehand, or pass the request on."""
        if scope["type"] != "http" or not self._origins:
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        is_allowed = origin in self._origins

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.add_vary_header("origin")
                if is_allowed:
                    answered["access-control-allow-origin"] = origin
                    answered["access-control-expose-headers"] = _EXPOSED
            await send(message)

        asked_beforehand = "access-control-request-method" in headers
        if is_allowed and scope["method"] == "OPTIONS" and asked_beforehand:
            return await _allow(send_on)
        return await self._app(scope, receive, send_on)


async def _allow(send: Send) -> None:
    raw = [(name.encode(), value.encode()) for name, value in _PREFLIGHT.items()]
    status = HTTPStatus.NO_CONTENT.value
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
