"""The address that nearly all requests are for, found before any route is looked at."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Direct:
    """ASGI middleware, the innermost, that hands the requests for one path to what answers them."""

    def __init__(self, app: ASGIApp, path: str, endpoint: ASGIApp) -> None:
        self._app = app
        self._path = path
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to one of the two."""
        is_direct = scope["type"] == "http" and scope["path"] == self._path
        await (self._endpoint if is_direct else self._app)(scope, receive, send)
