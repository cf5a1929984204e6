"""GraphiQL in a real browser, without any other host."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect
from tests.browser.pages import WIDTHS, watched

RESULT = "section.result-window, .result-window"


def test_graphiql_runs_an_example_offline(page: Page, address: str, artefacts: Path) -> None:
    """An example picked from the list runs and shows its result; no other host is asked."""
    hosts: set[str | None] = set()
    mistakes: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(f"{address}/graphql")
    page.get_by_role("button", name="100 against 500 outcomes").click()
    expect(page.locator(".graphiql-query-editor")).to_contain_text("OutcomesSideBySide")
    page.get_by_role("button", name="Execute query").click()
    result = page.locator(".result-window")
    expect(result).to_contain_text("$5,000.00")
    expect(result).to_contain_text("$25,000.00")
    page.screenshot(path=artefacts / "graphiql-example.png")
    assert hosts <= {"127.0.0.1", "", None}, hosts
    assert mistakes == []


def test_graphiql_fits_a_telephone(browser: Browser, address: str, artefacts: Path) -> None:
    """The list of examples is closed, and the answer stands below the question."""
    with watched(browser, WIDTHS["narrow"], "dark") as found:
        page = found.page
        page.goto(f"{address}/graphql")
        page.get_by_role("button", name="Execute query").click()
        result = page.locator(".result-window")
        expect(result).to_contain_text('"products"')
        page.screenshot(path=artefacts / "graphiql-narrow-dark.png")
        assert not found.is_too_wide()
        box, editor = result.bounding_box(), page.locator(".graphiql-query-editor").bounding_box()
        assert box is not None
        assert editor is not None
        assert box["width"] > WIDTHS["narrow"] / 2
        assert box["y"] > editor["y"] + editor["height"]


def test_headers_are_not_stored(page: Page, address: str) -> None:
    """What is typed as a header, perhaps a token, is not kept in the browser."""
    page.goto(f"{address}/graphql")
    expect(page.get_by_text("Examples").first).to_be_visible()
    page.get_by_role("button", name="Headers").click()
    editor = page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden)")
    editor.click()
    page.keyboard.type('{"authorization": "secret-token"}')
    page.wait_for_timeout(1000)
    stored = page.evaluate("JSON.stringify({...localStorage})")
    assert "secret-token" not in stored


def test_development_mode_is_said(page: Page, address: str) -> None:
    """Whoever opens the page sees that every caller is an administrator, and still all of it."""
    page.goto(f"{address}/graphql")
    notice = page.locator(".planql-access")
    expect(notice).to_contain_text("every caller is an administrator")
    editor = page.locator(".graphiql-container")
    expect(editor).to_be_visible()
    bottom = editor.evaluate("element => element.getBoundingClientRect().bottom")
    assert bottom == page.evaluate("window.innerHeight")


def test_with_keys_the_page_offers_what_its_reader_may_do(
    page: Page, guarded_address: str, artefacts: Path
) -> None:
    """Anonymous readers get their own examples; with a key in the headers the rest can be asked."""
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text))
    page.goto(f"{guarded_address}/graphql")
    expect(page.get_by_role("button", name="The pricing page")).to_be_visible()
    expect(page.get_by_role("button", name="A new customer")).to_have_count(0)
    expect(page.locator(".planql-access")).to_have_count(0)
    page.get_by_role("button", name="The pricing page").click()
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text('"products"')
    page.screenshot(path=artefacts / "graphiql-anonymous.png")
    assert not [each for each in violations if "Content Security Policy" in each]
