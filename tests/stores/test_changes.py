"""Changes of stored subscriptions: computed first, bound by tokens, stored only if they hold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.stores.corner_shop import APRIL, MAY, MIDDLE, issued_lines, open_account, write_catalog

from planql.billing.confirmations import Confirmable
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput, PlanqlError, UnknownReference
from planql.metering.events import UsageEvent
from planql.stores.changes import (
    Confirmed,
    Stale,
    Target,
    add_adjustment,
    change,
    discount_of_code,
    preview,
    redeem_discount,
)
from planql.stores.creations import create_customer, create_subscription
from planql.stores.customers import count_redemptions, read_customer
from planql.stores.database import Database
from planql.stores.desk import Desk
from planql.stores.usage import record_events

MAIN = Target("acme", "main")
UPGRADE = {"rate_plan": "pro", "quantities": {"seats": "5"}}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The corner shop's catalog."""
    return write_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture
def desk(database: Database, catalog: Catalog) -> Desk:
    """A customer who subscribed to Basic on 1 April, invoiced; it is the middle of April."""
    opening = Desk(database, catalog, APRIL)
    open_account(opening)
    issued_lines(database, catalog, APRIL)
    return replace(opening, now=MIDDLE)


def later(desk: Desk, **elapsed: float) -> Desk:
    """The same desk some time later."""
    return replace(desk, now=desk.now + timedelta(**elapsed))


def amounts(found: Confirmable) -> list[Fraction]:
    """The firm lines of a preview."""
    return [each.line.amount for each in found.preview.lines]


def length(desk: Desk) -> int:
    """How long the stored timeline is."""
    [stored] = read_customer(desk.database, "acme").subscriptions
    return stored.length


def refused(desk: Desk, request: dict[str, Any], token: str | None = None) -> PlanqlError:
    """Why a change is refused; nothing is stored."""
    before = length(desk)
    with pytest.raises(PlanqlError) as raised:
        change(desk, MAIN, request, token)
    assert length(desk) == before
    return raised.value


def test_confirming_issues_the_lines_that_were_previewed(desk: Desk) -> None:
    """Confirmed three minutes later, the change happens at the instant of the preview."""
    found = preview(desk, MAIN, UPGRADE)
    outcome = change(later(desk, minutes=3), MAIN, UPGRADE, found.token)
    assert isinstance(outcome, Confirmed)
    assert outcome.preview == found
    [lines] = issued_lines(desk.database, desk.catalog, later(desk, minutes=5).now)
    [invoice] = found.preview.invoices
    assert [line["id"] for line in lines] == [line.id for line in invoice.lines]
    assert [Fraction(line["amount"]) for line in lines] == [line.amount for line in invoice.lines]


def test_a_change_without_a_token_happens_now(desk: Desk) -> None:
    """Nobody has to ask for a preview first."""
    assert isinstance(change(desk, MAIN, UPGRADE), Confirmed)
    assert length(desk) == 1


def test_nothing_is_previewed_before_what_was_issued(desk: Desk) -> None:
    """May was invoiced ahead: the change is invoiced with it, given back and charged anew.

    -100 + 200 + 50 for May, and -50 + 100 + 25 for the rest of April.
    """
    issued_lines(desk.database, desk.catalog, MAY)
    found = preview(desk, MAIN, UPGRADE)
    assert found.preview.invoices == ()
    change(later(desk, minutes=1), MAIN, UPGRADE, found.token)
    assert issued_lines(desk.database, desk.catalog, later(desk, minutes=2).now) == []
    lines = [line for each in issued_lines(desk.database, desk.catalog, MAY) for line in each]
    assert sorted(amounts(found)) == [-100, -50, 25, 50, 100, 200]
    assert {line["id"]: Fraction(line["amount"]) for line in lines if line["amount"] != "0.00"} == {
        firm.line.id: firm.line.amount for firm in found.preview.lines
    }


def test_the_version_is_pinned_when_the_change_is_stored(desk: Desk) -> None:
    """A version that is published later does not change what was confirmed."""
    change(desk, MAIN, UPGRADE)
    [subscription] = desk.account("acme").subscriptions
    [stored] = subscription.changes
    assert (stored.rate_plan, stored.version) == ("pro", 1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("elapsed", "is_taken"),
    [
        (timedelta(minutes=14, seconds=59), True),
        (timedelta(minutes=15), False),
        (timedelta(days=1), False),
    ],
)
def test_a_token_lives_for_a_quarter_of_an_hour(
    desk: Desk, elapsed: timedelta, *, is_taken: bool
) -> None:
    """The end of its life is exclusive; then the new amounts come with a new token."""
    found = preview(desk, MAIN, UPGRADE)
    outcome = change(replace(desk, now=desk.now + elapsed), MAIN, UPGRADE, found.token)
    assert isinstance(outcome, Confirmed) is is_taken
    if isinstance(outcome, Stale):
        assert outcome.reason == "expired"
        assert outcome.preview.token != found.token


def test_a_token_does_not_live_past_midnight(desk: Desk) -> None:
    """At 23:55 it lives for five minutes: the next day is charged differently."""
    evening = replace(desk, now=MIDDLE.replace(hour=23, minute=55))
    found = preview(evening, MAIN, UPGRADE)
    assert found.expires_at == MIDDLE.replace(day=17, hour=0, minute=0)
    assert isinstance(change(later(evening, minutes=5), MAIN, UPGRADE, found.token), Stale)


def test_another_change_makes_a_token_stale(desk: Desk) -> None:
    """What was moved meanwhile is shown with its new amounts, and nothing is stored."""
    found = preview(desk, MAIN, UPGRADE)
    add_adjustment(desk, MAIN, "-5.00", "an outage")
    outcome = change(later(desk, minutes=1), MAIN, UPGRADE, found.token)
    assert isinstance(outcome, Stale)
    assert outcome.reason == "moved"
    assert length(desk) == 1
    assert isinstance(
        change(later(desk, minutes=2), MAIN, UPGRADE, outcome.preview.token), Confirmed
    )


def test_a_token_is_for_one_change_only(desk: Desk) -> None:
    """A token of five seats does not buy six."""
    found = preview(desk, MAIN, UPGRADE)
    six = {**UPGRADE, "quantities": {"seats": "6"}}
    outcome = change(desk, MAIN, six, found.token)
    assert isinstance(outcome, Stale)
    assert amounts(outcome.preview)[-1] == 30


def test_another_catalog_makes_a_token_stale(desk: Desk, tmp_path: Path) -> None:
    """The prices that were seen are those of one commit."""
    found = preview(desk, MAIN, UPGRADE)
    renamed = {"products/service.json": {"key": "service", "name": "Renamed"}}
    moved = replace(desk, catalog=write_catalog(tmp_path, renamed))
    assert isinstance(change(moved, MAIN, UPGRADE, found.token), Stale)


def test_open_usage_is_shown_but_not_bound(desk: Desk) -> None:
    """Twenty calls after the preview of a cancellation leave its token as it is."""
    found = preview(desk, MAIN, {"cancel": "now"})
    calls = [UsageEvent(str(n), "call", MIDDLE, subject="acme") for n in range(20)]
    record_events(desk.database, calls, MIDDLE)
    again = preview(desk, MAIN, {"cancel": "now"})
    assert again.token == found.token
    # 20 calls less half of the ten included units (allowances shrink with a cut period) at $0.50
    assert again.preview.invoices != found.preview.invoices
    assert isinstance(change(desk, MAIN, {"cancel": "now"}, found.token), Confirmed)


def test_a_token_of_the_future_is_refused(desk: Desk) -> None:
    """Nobody has previewed what is to come."""
    found = preview(later(desk, minutes=1), MAIN, UPGRADE)
    assert refused(desk, UPGRADE, found.token).code == "invalid-token"


def test_an_adjustment_stands_on_the_next_invoice(desk: Desk) -> None:
    """A credit of 5 is no invoice of its own while the subscription goes on."""
    found = add_adjustment(desk, MAIN, "-5.00", "an outage")
    assert found.invoices == ()
    [coming] = found.upcoming.invoices
    assert coming.total == 95
    [lines] = issued_lines(desk.database, desk.catalog, MAY)
    assert [line["amount"] for line in lines if line["kind"] == "adjustment"] == ["-5.00"]


def test_an_adjustment_needs_a_reason(desk: Desk) -> None:
    """A line that nobody can explain is refused."""
    with pytest.raises(InvalidInput):
        add_adjustment(desk, MAIN, "-5.00", " ")
    assert length(desk) == 0


def test_a_discount_is_redeemed_by_its_code(desk: Desk) -> None:
    """10 % off from the next invoice on; what was redeemed before is kept."""
    key = discount_of_code(desk.catalog, "HELLO-10")
    redeem_discount(desk, MAIN, "friend")
    found = redeem_discount(later(desk, minutes=1), MAIN, key).preview.preview
    [coming] = found.upcoming.invoices
    # 100 x 0.80 x 0.90
    assert coming.total == 72
    assert count_redemptions(desk.database, "hello") == 1
    with pytest.raises(UnknownReference, match="HELLO-11"):
        discount_of_code(desk.catalog, "HELLO-11")


def test_a_discount_in_use_is_not_redeemed_twice(desk: Desk) -> None:
    """Asking again changes nothing and says so."""
    redeem_discount(desk, MAIN, "friend")
    with pytest.raises(InvalidInput, match="already") as raised:
        redeem_discount(later(desk, minutes=1), MAIN, "friend")
    assert raised.value.code == "discount-in-use"


def test_a_customer_redeems_only_so_often(desk: Desk) -> None:
    """`max_per_customer` 1 counts all subscriptions, those that dropped the discount, too."""
    redeem_discount(desk, MAIN, "hello")
    change(later(desk, minutes=1), MAIN, {"discounts": []})
    create_subscription(desk, "acme", {"key": "second", "rate_plan": "basic"})
    with pytest.raises(InvalidInput) as raised:
        redeem_discount(later(desk, minutes=2), Target("acme", "second"), "hello")
    assert raised.value.code == "discount-limit"
    assert count_redemptions(desk.database, "hello") == 1


def test_only_so_many_redeem_however_many_try_at_once(desk: Desk) -> None:
    """`max_redemptions` 2: of six customers who try at the same moment two succeed."""
    names = [f"c{number}" for number in range(6)]
    for name in names:
        open_account(desk, customer=name)

    def attempt(name: str) -> str:
        try:
            redeem_discount(later(desk, minutes=1), Target(name, "main"), "hello")
        except InvalidInput as error:
            return error.code
        return "redeemed"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(attempt, names))
    assert outcomes == [*["discount-limit"] * 4, "redeemed", "redeemed"]
    assert count_redemptions(desk.database, "hello") == 2


def test_two_writers_of_one_timeline_cannot_both_succeed(desk: Desk) -> None:
    """Of four who change a subscription at the same moment, those that read too early are told."""

    def attempt(number: int) -> str:
        try:
            change(desk, MAIN, {"rate_plan": "pro", "quantities": {"seats": str(number)}})
        except InvalidInput as error:
            return error.code
        return "stored"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(attempt, range(1, 5)))
    assert set(outcomes) <= {"stored", "timeline-moved"}
    assert length(desk) == outcomes.count("stored") >= 1


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"key": "acme"}, "customer-exists"),
        ({"key": "other", "time_zone": "Mars/Olympus"}, "unknown-time-zone"),
        ({"key": "other", "balances": {"USD": "-1"}}, None),
    ],
)
def test_a_customer_is_checked_before_it_is_stored(
    desk: Desk, document: dict[str, Any], code: str | None
) -> None:
    """Keys are unique, zones exist, credit is not negative."""
    with pytest.raises(PlanqlError) as raised:
        create_customer(desk, document)
    assert code in {None, raised.value.code}
