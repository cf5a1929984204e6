"""The pricing page: prices in words, and an estimator that asks the API."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.browser.conftest import application
from tests.browser.pages import WIDTHS, Watched, watched
from tests.servers.gateway import running

from planql.catalog.snapshot import inline_catalog
from planql.cli.documents import documents_held
from planql.cli.rate import command
from planql.gateway.access import Access
from planql.gateway.api_keys import new_api_key, parse_api_keys
from planql.gateway.application import create_application
from planql.gateway.persisted import persisted
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import PROJECT, Content

ESTIMATED = {
    "support-pro": ("USD", {"seats": ("Seats", "7"), "outcomes": ("Resolved tickets", "6200")}),
    "studio-scale": (
        "USD",
        {
            "seats": ("Seats", "12"),
            "tokens": ("Tokens", "1250.5"),
            "agents": ("Live agents", "4"),
            "storage": ("Knowledge storage", "9.75"),
        },
    ),
    "support-enterprise": (
        "USD",
        {
            "outcomes": ("Resolved tickets", "12000"),
            "quality-bonus": ("Customer satisfaction", "4.55"),
            "availability-premium": ("Availability", "99.95"),
        },
    ),
    "voice-standard": (
        "USD",
        {"minutes": ("Call minutes", "5001"), "capacity": ("Simultaneous calls", "21")},
    ),
    "sales-growth-eur": (
        "EUR",
        {"research": ("Researched companies", "350"), "meetings": ("Qualified meetings", "3")},
    ),
    "recovery-share-eur": ("EUR", {"share": ("Recovered payments", "70000.55")}),
    "support-starter-jpy": ("JPY", {"outcomes": ("Resolved tickets", "101")}),
}
"""Plans with their currency; of charges the label of their field, and the number typed there."""
MILLIONS = {"tokens"}
"""Charges whose field counts millions."""


def opened(browser_page: Watched, address: str) -> Page:
    """The pricing page, its prices and a first estimate shown."""
    browser_page.page.goto(f"{address}/pricing")
    expect(browser_page.page.locator(".result[aria-busy=false]")).to_be_visible()
    return browser_page.page


def choose(page: Page, plan: str, currency: str) -> None:
    """Choose a plan in the estimator."""
    page.get_by_role("radio", name=currency).check(force=True)
    page.get_by_label("Plan", exact=True).select_option(plan)


def number(page: Page, label: str) -> Locator:
    """The field whose label begins so."""
    return page.get_by_role("textbox", name=re.compile(f"^{label}"))


def quantity(typed: Mapping[str, tuple[str, str]], charge: str) -> str | None:
    """What `planql rate` is asked for a charge; None for one without a field."""
    if charge not in typed:
        return None
    text = typed[charge][1]
    return str(int(Decimal(text) * 1_000_000)) if charge in MILLIONS else text


def settle(page: Page) -> None:
    """Wait until the last change of a field is answered."""
    page.wait_for_timeout(400)
    expect(page.locator(".result[aria-busy=false]")).to_be_visible()


def rated(plan: str, charge: str, amount: str | None) -> Decimal:
    """What `planql rate` says that a charge costs."""
    asked = ["--catalog", str(PROJECT / "catalog"), "--plan", plan, "--charge", charge]
    asked += ["--as-of", "2026-06-15", "--format", "json"]
    answered = CliRunner().invoke(command, [*asked, *(["--quantity", amount] if amount else [])])
    assert answered.exit_code == 0, answered.output
    found = re.search(r'"total": "([^"]+)"', answered.output)
    assert found is not None
    return Decimal(found[1])


def figure(text: str) -> Decimal:
    """The number in an amount of money as it is shown."""
    return Decimal(re.sub(r"[^\d.-]", "", text))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_prices_are_shown_at_any_width(
    browser: Browser, demo_address: str, artefacts: Path, width: str, scheme: str
) -> None:
    """Products, plans and prices in words fit the screen; nobody else is asked for anything."""
    with watched(browser, WIDTHS[width], scheme) as found:
        page = opened(found, demo_address)
        pro = page.get_by_role("article", name="Pro", exact=True)
        for words in ["$499 a month", "$25 per seat", "500 tickets included", "14 days of trial"]:
            expect(pro).to_contain_text(words)
        expect(pro.get_by_role("table")).to_contain_text("up to 1,000$0.99")
        expect(page.get_by_role("article", name="Scale")).to_contain_text("above 1B$2")
        runs = page.get_by_role("article", name="Pay as you go").get_by_text("$10 per 1,000 runs")
        expect(runs).to_be_visible()
        expect(page.get_by_text("20 % off the plan for three months")).to_be_visible()
        pro.get_by_role("button", name="Estimate").click()
        settle(page)
        page.locator(".result summary").last.click()
        page.screenshot(path=artefacts / f"pricing-{width}-{scheme}.png", full_page=True)
        assert not found.is_too_wide()
        assert found.faint() == []
        assert set(found.authorizations) == {None}
        found.require_calm()


def test_a_server_of_known_documents_holds_those_of_the_page(browser: Browser) -> None:
    """What the page sends is, letter by letter, what every server holds."""
    held = persisted(documents_held(), is_exclusive=True)
    access = Access(parse_api_keys(new_api_key(Role.ADMIN, "ops").line))
    with running(application(access, documents=held)) as address, watched(browser) as found:
        page = opened(found, address)
        expect(page.locator("[data-total=monthly]")).to_be_visible()
        choose(page, "recovery-share", "USD")
        expect(page.locator("[data-amount=share]")).to_be_visible()
        found.require_calm()


def test_another_currency_shows_its_plans(browser: Browser, demo_address: str) -> None:
    """Each currency has plans of its own; products without one are named."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        expect(page.get_by_role("radio", name="USD")).to_be_checked()
        page.get_by_role("radio", name="EUR").check(force=True)
        expect(page.get_by_role("article", name="Pro (Europe)")).to_contain_text("€459 a month")
        expect(page.get_by_text("Not sold in EUR: Quillhaven Studio.")).to_be_visible()
        expect(page.get_by_role("article", name="Pro", exact=True)).to_have_count(0)
        found.require_calm()


@pytest.mark.parametrize("plan", ESTIMATED)
def test_an_estimate_is_what_the_command_line_says(
    browser: Browser, demo_address: str, plan: str
) -> None:
    """Each line is what `planql rate` prints for the same charge and quantity."""
    currency, typed = ESTIMATED[plan]
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, plan, currency)
        for label, text in typed.values():
            number(page, label).fill(text)
        settle(page)
        amounts = page.locator("[data-amount]")
        charges = [str(each.get_attribute("data-amount")) for each in amounts.all()]
        shown = [figure(each) for each in amounts.all_inner_texts()]
        assert set(typed) <= set(charges)
        assert shown == [rated(plan, each, quantity(typed, each)) for each in charges]
        found.require_calm()


def test_a_month_is_the_sum_of_its_lines(browser: Browser, demo_address: str) -> None:
    """Of a plan by the month the lines are added; of one by the year a twelfth is taken."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "support-pro", "USD")
        number(page, "Seats").fill("7")
        number(page, "Resolved tickets").fill("6200")
        settle(page)
        amounts = [figure(each) for each in page.locator("[data-amount]").all_inner_texts()]
        total = page.locator("[data-total=monthly]")
        assert figure(total.inner_text()) == sum(amounts)
        choose(page, "recovery-share-eur", "EUR")
        number(page, "Recovered payments").fill("1000")
        # 150 for the platform and 10 % of 1,000, up to the plan's minimum of 1,500
        expect(total).to_have_text("€1,500.00")
        expect(page.get_by_text("minimum: €1,250.00.")).to_be_visible()
        choose(page, "sales-growth-eur", "EUR")
        number(page, "Researched companies").fill("0")
        number(page, "Qualified meetings").fill("1")
        # a third of 1,380, and 46
        expect(total).to_have_text("€506.00")
        found.require_calm()


def test_a_month_of_other_cycles_is_explained(browser: Browser, demo_address: str) -> None:
    """What is invoiced in each cycle, its share of a month, and their sum."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "studio-scale", "USD")
        for label, typed in {"Seats": "5", "Tokens": "15", "Live": "3", "Knowledge": "100"}.items():
            number(page, label).fill(typed)
        settle(page)
        # (12,000 + 5 x 360) / 12, and (15 - 10) x 4 + (3 - 2) x 40 + 100 x 0.25
        rows = page.get_by_role("table", name="A month, on average").get_by_role("row")
        assert [row.inner_text().split("\t") for row in rows.all()] == [
            ["$13,800.00 invoiced a year", "$1,150.00"],
            ["$85.00 invoiced a month", "$85.00"],
            ["Together", "$1,235.00"],
        ]
        expect(page.locator("[data-total=monthly]")).to_have_text("$1,235.00")
        found.require_calm()


def test_thousands_may_be_parted(browser: Browser, demo_address: str) -> None:
    """As fields and sliders write them; a comma elsewhere is no number."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "support-pro", "USD")
        tickets = number(page, "Resolved tickets")
        tickets.fill("6,200")
        # 500 included, 1,000 x 0.99 + 4,000 x 0.89 + 700 x 0.79
        expect(page.locator("[data-amount=outcomes]")).to_have_text("$5,000.00")
        tickets.fill("1,500.5")
        expect(page.locator("[data-amount=outcomes]")).to_have_text("$990.45")
        tickets.fill("15,00")
        expect(page.locator(".problem", has_text="must be a number")).to_be_visible()
        page.get_by_role("slider", name="Resolved tickets").press("End")
        expect(tickets).to_have_value("10,000")
        found.require_calm()


@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_stay_in_their_cards(
    browser: Browser, demo_address: str, artefacts: Path, width: str
) -> None:
    """Names of 60 letters without a blank are broken, and nothing reaches over an edge."""
    with watched(browser, WIDTHS[width]) as found:
        page = found.page
        page.route("**/graphql", with_long_names)
        opened(found, demo_address)
        page.screenshot(path=artefacts / f"pricing-long-{width}.png", full_page=True)
        assert not found.is_too_wide()
        over = "all => all.filter((each) => each.scrollWidth > each.clientWidth).length"
        assert page.locator(".plan, .panel, .about").evaluate_all(over) == 0
        found.require_calm()


def with_long_names(route: Route) -> None:
    """Answer as the server does, but for names."""
    answer = route.fetch()
    text = re.sub('"name":"[^"]+"', f'"name":"{"Donaudampf" * 6}"', answer.text())
    route.fulfill(response=answer, body=text)


def test_prices_that_cannot_be_had_are_asked_for_again(
    browser: Browser, demo_address: str, artefacts: Path
) -> None:
    """The page says why there are none, and a button asks once more."""
    with watched(browser) as found:
        page = found.page
        page.route("**/graphql", lambda route: route.abort(), times=1)
        page.goto(f"{demo_address}/pricing")
        expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
        page.screenshot(path=artefacts / "pricing-unreachable.png")
        page.get_by_role("button", name="Try again").press("Enter")
        expect(page.get_by_role("article", name="Pro", exact=True)).to_be_visible()
        found.require_calm(expected=1)


def test_a_catalog_without_plans_is_no_mistake(browser: Browser) -> None:
    """It says that nothing is sold yet."""
    empty = create_application(Content(CatalogHolder(inline_catalog([]))))
    with running(empty) as address, watched(browser) as found:
        found.page.goto(f"{address}/pricing")
        expect(found.page.get_by_text("No plan is sold yet.")).to_be_visible()
        expect(found.page.get_by_role("heading", level=1)).to_be_visible()
        found.require_calm()


def test_events_are_priced_one_by_one(browser: Browser, demo_address: str) -> None:
    """A share of each payment is estimated from so many payments of a size."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "recovery-share", "USD")
        number(page, "Recovered payments: how many").fill("3")
        number(page, "Recovered payments: each").fill("6000.50")
        # 8 % of 6,000.50 and 0.30 are more than the 400 that an event costs at most
        expect(page.locator("[data-amount=share]")).to_have_text("$1,200.00")
        found.require_calm()


def test_one_operation_answers_all_charges_after_a_pause(
    browser: Browser, demo_address: str
) -> None:
    """However fast someone types, one operation is sent."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "support-pro", "USD")
        settle(page)
        before = len(found.authorizations)
        number(page, "Seats").press("End")
        number(page, "Seats").press_sequentially("00", delay=20)
        expect(page.locator("[data-amount=seats]")).to_have_text("$12,500.00")
        assert len(found.authorizations) == before + 1
        found.require_calm()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "must be a number"),
        ("-1", "must be a number"),
        ("1e3", "must be a number"),
        ("0", "At least 1 seat."),
        ("501", "At most 500 seats."),
    ],
)
def test_a_number_that_is_none_is_said(
    browser: Browser, demo_address: str, typed: str, words: str
) -> None:
    """Nothing is asked for a quantity that cannot be; the field says why."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        choose(page, "support-pro", "USD")
        seats = number(page, "Seats")
        seats.fill(typed)
        expect(page.locator(".problem", has_text=words)).to_be_visible()
        expect(seats).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_text("Fill in every field")).to_be_visible()
        seats.fill("20")
        expect(page.locator("[data-amount=seats]")).to_have_text("$500.00")
        found.require_calm()


def test_the_keyboard_is_enough(browser: Browser, demo_address: str) -> None:
    """Currency, estimate, slider, number and explanation are reached and used without a mouse."""
    with watched(browser) as found:
        page = opened(found, demo_address)
        page.keyboard.press("Tab")
        expect(page.get_by_role("radio", name="USD")).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("article", name="Starter (Japan)")).to_be_visible()
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Estimate a month")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Plan", exact=True)).to_be_focused()
        page.keyboard.press("Tab")
        slider = page.get_by_role("slider").first
        expect(slider).to_be_focused()
        before = page.locator("[data-total=monthly]").inner_text()
        page.keyboard.press("End")
        expect(page.locator("[data-total=monthly]")).not_to_have_text(before)
        page.keyboard.press("Tab")
        expect(page.get_by_role("textbox").first).to_be_focused()
        while page.evaluate("document.activeElement.tagName") != "SUMMARY":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".steps").first).to_be_visible()
        found.require_calm()
