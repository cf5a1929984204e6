"""The pages for browsers: GraphiQL, the pricing page and the portal, or how to build them."""

from http import HTTPStatus
from pathlib import Path
from typing import Final

from planql.gateway.answers import Answer
from planql.gateway.calls import Call
from planql.gateway.negotiation import MediaType
from planql.gateway.requests import require_reading

GRAPHIQL_POLICY: Final = (
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


class Page:
    """A built page, or how to build it.

    Args:
        file: The page.
        policy: What it may load.
        is_development: Whether it says that every caller is an administrator.
    """

    def __init__(self, file: Path, policy: str = _POLICY, *, is_development: bool = False) -> None:
        self._file = file
        self._headers = {"content-security-policy": policy}
        self._access = _DEVELOPMENT if is_development else ""

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 405.
        """
        require_reading(call, "pages")
        try:
            page = self._file.read_text(encoding="utf-8").replace(_ACCESS, self._access)
        except FileNotFoundError:
            return self._shown(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_BUILT)
        return self._shown(HTTPStatus.OK, page)

    def _shown(self, status: HTTPStatus, page: str) -> Answer:
        return Answer(status, (page.encode(),), MediaType.HTML, self._headers)


def graphiql_page(web: Path, *, is_development: bool) -> Page:
    """GraphiQL, built in the folder `web`."""
    return Page(web / "index.html", GRAPHIQL_POLICY, is_development=is_development)


def own_pages(web: Path, *, is_development: bool) -> dict[str, Page]:
    """The pricing page and the portal by their paths, built in the folder `web`."""
    return {
        f"/{name}": Page(web / f"{name}.html", is_development=is_development) for name in _NAMES
    }
