"""The pricing page and the portal in a real browser, and what must never happen there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

WIDTHS = {"narrow": 390, "wide": 1280}
"""A telephone's screen and a laptop's, in pixels."""


@dataclass
class Watched:
    """A page, and what was noted of it.

    Attributes:
        hosts: That were asked for anything.
        authorizations: The `Authorization` of each operation that was sent.
        complaints: Of the console, the page and its policy.
    """

    page: Page
    hosts: set[str | None] = field(default_factory=set)
    authorizations: list[str | None] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def is_too_wide(self) -> bool:
        """Whether the page must be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def require_calm(self, *, expected: int = 0) -> None:
        """Nobody else was asked, and nothing but `expected` refusals was complained of."""
        assert self.hosts <= {"127.0.0.1"}, self.hosts
        assert len(self.complaints) == expected, self.complaints


@contextmanager
def watched(browser: Browser, width: int = 1280, scheme: str = "light") -> Iterator[Watched]:
    """A page without a history."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    found = Watched(context.new_page())
    found.page.on("request", lambda request: found.hosts.add(urlsplit(request.url).hostname))
    found.page.on(
        "request",
        lambda request: (
            found.authorizations.append(request.headers.get("authorization"))
            if request.url.endswith("/graphql")
            else None
        ),
    )
    found.page.on(
        "console",
        lambda message: (
            found.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    yield found
    context.close()
