"""The pricing page and the portal in a real browser, and what must never happen there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

WIDTHS = {"narrow": 390, "wide": 1280}
"""A telephone's screen and a laptop's, in pixels."""

_FAINT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => [red, green, blue]
    .map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const found = numbers(getComputedStyle(each).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const both = [numbers(getComputedStyle(element).color), ground(element)].map(light);
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some(
    (each) => each.nodeType === Node.TEXT_NODE && each.data.trim() && element.checkVisibility()
  );
  return [...document.querySelectorAll('body, body *')]
    .filter((each) => hasText(each) && contrast(each) < 4.5)
    .map((each) => `${each.tagName}.${each.className}: ${contrast(each).toFixed(2)}`);
}"""
"""Elements with a text of less contrast than WCAG's AA asks for."""


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

    def faint(self) -> list[str]:
        """Elements whose text is hard to tell from what is behind it."""
        found: list[str] = self.page.evaluate(_FAINT)
        return found

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
