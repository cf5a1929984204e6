"""The pages for browsers: GraphiQL, or how to build it."""

from pathlib import Path
from typing import Final

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
"""Nothing comes from another host, and no other page shows this one in a frame."""

_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "vary": "accept",
    "x-content-type-options": "nosniff",
}

_NOT_BUILT: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>planql</title></head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto">
<h1>The API is running</h1>
<p>GraphiQL is not built yet. In the project's folder run</p>
<pre>make serve</pre>
<p>or, to build only the page,</p>
<pre>python scripts/build_web.py</pre>
<p>and load this page again. Programs can use <code>POST /graphql</code> meanwhile.</p>
</body>
</html>
"""


class GraphiQLPage:
    """ASGI callable that answers with GraphiQL, or with how to build it."""

    def __init__(self, web: Path) -> None:
        self._index = web / "index.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = self._response()
        await response(scope, receive, send)

    def _response(self) -> Response:
        try:
            page = self._index.read_text(encoding="utf-8")
        except FileNotFoundError:
            return HTMLResponse(_NOT_BUILT, status_code=503, headers=_HEADERS)
        return HTMLResponse(page, headers=_HEADERS)
