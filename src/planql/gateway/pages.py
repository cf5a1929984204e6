"""The pages for browsers: GraphiQL, or how to build it."""

from os import PathLike, stat_result
from pathlib import Path
from typing import Final

from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing comes from another host, and no other page shows this one in a frame."""

_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "vary": "accept, authorization",
    "x-content-type-options": "nosniff",
}

_ACCESS: Final = "<!-- access -->"
"""Where the page says who is asking."""

_DEVELOPMENT: Final = (
    '<p class="planql-access" role="status"><strong>Development mode</strong> No keys are '
    "configured, so every caller is an administrator. The server listens on this machine only.</p>"
)

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


class Assets(StaticFiles):
    """What the page loads: kept by browsers, and asked for again each time."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The answer that holds one file, under the policy of the page."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "no-cache"
        # A worker has the policy of its own file, not that of the page.
        response.headers["content-security-policy"] = _POLICY
        return response


class GraphiQLPage:
    """ASGI callable that answers with GraphiQL, or with how to build it.

    Args:
        web: Folder of the built page.
        is_development: Whether the page says that every caller is an administrator.
    """

    def __init__(self, web: Path, *, is_development: bool = False) -> None:
        self._index = web / "index.html"
        self._access = _DEVELOPMENT if is_development else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = self._response()
        await response(scope, receive, send)

    def _response(self) -> Response:
        try:
            page = self._index.read_text(encoding="utf-8")
        except FileNotFoundError:
            return HTMLResponse(_NOT_BUILT, status_code=503, headers=_HEADERS)
        return HTMLResponse(page.replace(_ACCESS, self._access), headers=_HEADERS)
