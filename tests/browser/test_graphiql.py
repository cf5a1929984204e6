"""GraphiQL in a real browser, without any other host."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

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
