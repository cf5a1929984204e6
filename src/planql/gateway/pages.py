"""The pages for browsers: GraphiQL, the pricing page and the portal, or how to build them."""

from os import PathLike, stat_result
from pathlib import Path
from typing import Final

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

_GRAPHIQL_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing comes from another host, and no other page shows this one in a frame. The editor of
GraphiQL writes styles into the page."""

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
"""Of pages of our own: nothing inline, and no text ever becomes markup."""

_HEADERS: Final = {
    "referrer-policy": "no-referrer",
    "vary": "accept, authorization",
    "x-content-type-options": "nosniff",
}

_NAMES: Final = ("pricing", "portal")

_ACCESS: Final = "<!-- access -->"
"""Where the page says who is asking."""

_DEVELOPMENT: Final = (
    '<p class="planql-access" role="status"><strong>Development mode</strong> No keys are '
    "configured, so every caller is an administrator. The server listens on this machine only.</p>"
)

_NOT_BUILT: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>planql</title></head>
<body>
<h1>The API is running</h1>
<p>The pages are not built yet. In the project's folder run</p>
<pre>make serve</pre>
<p>or, to build only the pages,</p>
<pre>python scripts/build_web.py</pre>
<p>and load this one again. Programs can use <code>POST /graphql</code> meanwhile.</p>
</body>
</html>
"""


class Assets(StaticFiles):
    """What the page loads: kept by browsers, and asked for again each time."""

    async def check_config(self) -> None:
        """Take a folder that is not built yet for an empty one: its files are not found."""

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
        response.headers["content-security-policy"] = _GRAPHIQL_POLICY
        return response


class Page:
    """ASGI callable that answers with a built page, or with how to build it.

    Args:
        file: The page.
        policy: What it may load.
        is_development: Whether it says that every caller is an administrator.
    """

    def __init__(self, file: Path, policy: str = _POLICY, *, is_development: bool = False) -> None:
        self._file = file
        self._headers = {**_HEADERS, "content-security-policy": policy}
        self._access = _DEVELOPMENT if is_development else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = self._response()
        await response(scope, receive, send)

    def _response(self) -> Response:
        try:
            page = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return HTMLResponse(_NOT_BUILT, status_code=503, headers=self._headers)
        return HTMLResponse(page.replace(_ACCESS, self._access), headers=self._headers)


def graphiql_page(web: Path, *, is_development: bool) -> Page:
    """GraphiQL, built in the folder `web`."""
    return Page(web / "index.html", _GRAPHIQL_POLICY, is_development=is_development)


def page_routes(web: Path, *, is_development: bool) -> list[Route]:
    """The pricing page and the portal, built in the folder `web`."""
    pages = {name: Page(web / f"{name}.html", is_development=is_development) for name in _NAMES}
    return [Route(f"/{name}", page, methods=["GET"]) for name, page in pages.items()]
