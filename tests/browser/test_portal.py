"""The portal of one customer, opened with a token that their login signed."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.pages import WIDTHS, watched
from tests.gateway.credentials import ADMIN_KEY, SERVER_KEY, bearer, token

CUSTOMER = "driftwood-hotels"
UPCOMING = """{ customer { ... on Customer {
  upcomingInvoice { invoices { amountDue { formatted } lines { name net { formatted } } } }
  currentUsage { charge estimatedAmount { formatted } }
  invoices(first: 100) { edges { node { number amountDue { formatted } } } }
} } }"""
CHANGE = """query($change: SubscriptionChangeInput!) {
  previewChange(subscription: "support", change: $change) { ... on ChangePreview {
    net { formatted } amountsDue { formatted } upcomingInvoice { amountsDue { formatted } } } } }"""


def asked(address: str, query: str, variables: object = None, who: str = CUSTOMER) -> Any:  # noqa: ANN401 - JSON
    """The only field of an answer of the API to a customer."""
    request = {"query": query, "variables": variables}
    answer = httpx.post(f"{address}/graphql", json=request, headers=bearer(token(who))).json()
    assert "errors" not in answer, answer
    [found] = answer["data"].values()
    return found


def opened(page: Page, address: str, who: str = CUSTOMER) -> Page:
    """The portal of a customer, opened by a link that carries the token."""
    page.goto(f"{address}/portal#token={token(who)}")
    expect(page.get_by_role("heading", level=1)).to_have_text(who)
    return page


def panel(page: Page, name: str) -> Any:  # noqa: ANN401 - a locator
    """A part of the portal."""
    return page.get_by_role("region", name=name)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_portal_fits_any_screen(
    browser: Browser, demo_address: str, artefacts: Path, width: str, scheme: str
) -> None:
    """Everything is there at any width; only this server is asked, always with the token."""
    with watched(browser, WIDTHS[width], scheme) as found:
        page = opened(found.page, demo_address)
        number = page.get_by_label("Seats")
        number.fill("20")
        page.get_by_role("button", name="Preview the change").click()
        expect(page.locator("[data-total=now]")).to_be_visible()
        invoice = page.locator(".invoice").first
        invoice.locator("summary").first.click()
        invoice.locator(".line summary").last.click()
        page.screenshot(path=artefacts / f"portal-{width}-{scheme}.png", full_page=True)
        assert not found.is_too_wide()
        assert found.faint() == []
        assert set(found.authorizations) == {f"Bearer {token(CUSTOMER)}"}
        found.require_calm()


@pytest.mark.parametrize("who", [CUSTOMER, "silverpine-labs", "yarrow-and-sons", "vantage-freight"])
def test_the_portal_shows_what_the_api_answers(
    browser: Browser, demo_address: str, artefacts: Path, who: str
) -> None:
    """Estimates, lines and total of the upcoming invoice, and what was issued, to the cent."""
    told = asked(demo_address, UPCOMING, who=who)
    [upcoming] = told["upcomingInvoice"]["invoices"]
    with watched(browser) as found:
        page = opened(found.page, demo_address, who)
        shown = panel(page, "Upcoming invoice")
        due = shown.locator("[data-total=due]")
        expect(due).to_have_text(upcoming["amountDue"]["formatted"])
        figures = shown.locator("summary .figure").all_inner_texts()
        assert figures == [line["net"]["formatted"] for line in upcoming["lines"]]
        estimates = [each["estimatedAmount"]["formatted"] for each in told["currentUsage"]]
        assert page.locator("[data-amount]").all_inner_texts() == estimates
        newest = told["invoices"]["edges"][0]["node"]
        expect(page.locator(".invoice summary").first).to_contain_text(newest["number"])
        expect(page.locator(".invoice summary").first).to_contain_text(
            newest["amountDue"]["formatted"]
        )
        page.locator(".line summary").evaluate_all("all => all.forEach(each => each.click())")
        page.screenshot(path=artefacts / f"portal-{who}.png", full_page=True)
        found.require_calm()


def test_older_invoices_come_page_by_page(browser: Browser, demo_address: str) -> None:
    """The button asks for the next page until every invoice is shown, each once."""
    edges = asked(demo_address, UPCOMING)["invoices"]["edges"]
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        more = page.get_by_role("button", name="Show older invoices")
        entries = page.locator(".invoice")
        expect(entries).to_have_count(6)
        while more.is_visible():
            before = entries.count()
            more.click()
            expect(entries).not_to_have_count(before)
            expect(page.locator(".invoices + button")).to_be_enabled()
        shown = "".join(entries.all_inner_texts())
        assert entries.count() == len(edges)
        assert all(shown.count(edge["node"]["number"]) == 1 for edge in edges)
        found.require_calm()


def test_an_invoice_explains_its_lines(browser: Browser, demo_address: str) -> None:
    """An issued invoice opens to its lines, and a line to its steps."""
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        invoice = page.locator(".invoice").first
        invoice.locator("summary").first.click()
        line = invoice.locator(".line", has_text="Seats")
        line.locator("summary").click()
        expect(line.locator(".steps")).to_contain_text("$25$275.00")
        found.require_calm()


CHANGES = [
    ({"Seats": "20"}, {"quantities": [{"name": "seats", "quantity": "20"}]}),
    (
        {"Plan": "support-pro@2", "When": "PERIOD_END"},
        {
            "ratePlan": "support-pro",
            "version": 2,
            "quantities": [{"name": "seats", "quantity": "11"}],
            "effective": {"time": "PERIOD_END"},
        },
    ),
    ({"Plan": "support-starter@1"}, {"ratePlan": "support-starter", "version": 1}),
]
"""What is filled in, and the change that it is."""


@pytest.mark.parametrize(("filled", "change"), CHANGES)
def test_a_change_is_previewed_as_the_api_computes_it(
    browser: Browser, demo_address: str, filled: dict[str, str], change: dict[str, object]
) -> None:
    """What is credited and charged, invoiced now and at the next boundary."""
    told = asked(demo_address, CHANGE, {"change": change})
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        for label, value in filled.items():
            control = page.get_by_label(label)
            control.fill(value) if label == "Seats" else control.select_option(value)
        page.get_by_role("button", name="Preview the change").click()
        shown = panel(page, "What would a change cost?")
        next_due = shown.locator("[data-total=due]")
        expect(next_due).to_have_text(told["upcomingInvoice"]["amountsDue"][0]["formatted"])
        for name, amounts in {"net": told["net"], "now": told["amountsDue"]}.items():
            texts = shown.locator(f"[data-total={name}]").all_inner_texts()
            assert texts == [each["formatted"] for each in amounts]
        found.require_calm()


def test_a_change_that_cannot_be_is_said(browser: Browser, demo_address: str) -> None:
    """The API's own words about a quantity that the plan does not have."""
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        page.get_by_label("Seats").fill("many")
        page.get_by_role("button", name="Preview the change").click()
        expect(page.get_by_role("alert")).to_contain_text("many")
        page.get_by_label("Seats").fill("9000")
        page.get_by_role("button", name="Preview the change").click()
        expect(page.get_by_role("alert")).to_contain_text("9000")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (token(CUSTOMER, seconds=-600), "Please log in again."),
        (token(CUSTOMER) + "x", "Please log in again."),
        ("nonsense", "Please log in again."),
        (token("nobody-we-know"), 'there is no customer "nobody-we-know"'),
        (SERVER_KEY.secret, "This page takes the token of a customer."),
        (ADMIN_KEY.secret, "This page takes the token of a customer."),
    ],
    ids=["expired", "forged", "nonsense", "unknown", "server-key", "admin-key"],
)
def test_a_bad_token_is_said_in_words(
    browser: Browser, demo_address: str, given: str, words: str
) -> None:
    """Expired, forged, made up, of nobody, or an API key: the page says so and asks again."""
    with watched(browser) as found:
        found.page.goto(f"{demo_address}/portal#token={given}")
        expect(found.page.get_by_role("alert")).to_contain_text(words)
        expect(found.page.get_by_label("Token")).to_be_focused()
        assert found.hosts <= {"127.0.0.1"}
        assert given not in found.page.content()


def test_what_may_be_over_in_a_moment_is_asked_for_again(
    browser: Browser, demo_address: str, artefacts: Path
) -> None:
    """While the server does not answer the token is kept; the same button opens the account."""
    with watched(browser, WIDTHS["narrow"]) as found:
        page = found.page
        page.route("**/graphql", lambda route: route.abort(), times=1)
        page.goto(f"{demo_address}/portal#token={token(CUSTOMER)}")
        expect(page.get_by_role("alert")).to_have_text(
            "The server does not answer. Try again in a moment."
        )
        page.screenshot(path=artefacts / "portal-unreachable.png")
        expect(page.get_by_role("button", name="Try again")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(CUSTOMER)
        assert not found.is_too_wide()
        found.require_calm(expected=1)


def test_how_a_server_is_mended_is_not_told_to_customers(
    browser: Browser, guarded_customers_address: str
) -> None:
    """Without its database the account cannot be shown; whoever runs the server reads its log."""
    with watched(browser) as found:
        page = found.page
        page.goto(f"{guarded_customers_address}/portal#token={token(CUSTOMER)}")
        expect(page.get_by_role("alert")).to_have_text(
            "This cannot be shown right now. Try again in a few minutes."
        )
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        found.require_calm()


def test_without_a_token_the_page_asks_for_one(
    browser: Browser, demo_address: str, artefacts: Path
) -> None:
    """A token that is pasted opens the account, by the keyboard alone; leaving forgets it."""
    with watched(browser, WIDTHS["narrow"]) as found:
        page = found.page
        page.goto(f"{demo_address}/portal")
        expect(page.get_by_label("Token")).to_be_focused()
        assert found.authorizations == []
        page.screenshot(path=artefacts / "portal-entrance.png")
        page.keyboard.insert_text(token(CUSTOMER))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("heading", level=1)).to_have_text(CUSTOMER)
        page.get_by_role("button", name="Leave").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Token")).to_have_value("")
        assert CUSTOMER not in page.locator("main").inner_text()
        found.require_calm()


def test_a_token_is_kept_in_memory_only(browser: Browser, demo_address: str) -> None:
    """It leaves the address at once, and nothing is stored; after loading again it is gone."""
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        assert page.url == f"{demo_address}/portal"
        stored = page.evaluate(
            "[JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), "
            "document.cookie, JSON.stringify(history.state)]"
        )
        assert stored == ["{}", "{}", "", "null"]
        page.reload()
        expect(page.get_by_label("Token")).to_be_visible()
        found.require_calm()


def test_the_portal_needs_no_mouse(browser: Browser, demo_address: str) -> None:
    """From the top, Tab and Enter lead to a preview and to an explanation."""
    with watched(browser) as found:
        page = opened(found.page, demo_address)
        seen = []
        while "Preview the change" not in seen:
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.innerText || ''"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nothing is invoiced now.")).to_be_visible()
        while page.evaluate("document.activeElement.closest('.invoice') === null"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".invoice .line").first).to_be_visible()
        found.require_calm()


def test_in_development_mode_the_customer_is_named(
    browser: Browser, development_address: str
) -> None:
    """Without keys there are no tokens, so the page takes a customer's key and says so."""
    with watched(browser) as found:
        page = found.page
        page.goto(f"{development_address}/portal")
        expect(page.locator(".planql-access")).to_contain_text("every caller is an administrator")
        page.get_by_label("Key of a customer").fill(CUSTOMER)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(CUSTOMER)
        page.get_by_role("button", name="Preview the change").click()
        expect(page.get_by_role("heading", name="From June 14, 2026")).to_be_visible()
        page.locator(".invoice summary").first.click()
        expect(page.locator(".invoice .line").first).to_be_visible()
        found.require_calm()
