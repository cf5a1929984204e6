"""Changes that are asked for: previewed whole, refused before anything is stored."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.stores.corner_shop import APRIL, MAY, MIDDLE, write_catalog

from planql.billing.change_previews import ChangePreview
from planql.billing.confirmations import Confirmable, expiry, instant_of
from planql.billing.histories import History
from planql.billing.preview import history_in
from planql.billing.revisions import adjust, begin, revise
from planql.billing.stories import Story
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity
from planql.errors import InvalidInput, PlanqlError, UnknownReference
from planql.periods import zone

UPGRADE = {"rate_plan": "pro", "quantities": {"seats": "5"}}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The corner shop's catalog."""
    return write_catalog(tmp_path_factory.mktemp("catalog"))


def told(
    catalog: Catalog, *changes: dict[str, Any], as_of: datetime = APRIL, **more: object
) -> History:
    """A customer of Basic since 1 April, all that was due by `as_of` invoiced."""
    subscription = {
        "key": "main",
        "rate_plan": "basic",
        "version": 1,
        "started_at": APRIL.isoformat(),
        "changes": list(changes),
        **more,
    }
    document = {
        "customer": {"key": "acme", "time_zone": "UTC"},
        "subscriptions": [subscription],
        "as_of": as_of.isoformat(),
    }
    return history_in(read_entity(Story, document), catalog)


@pytest.fixture
def history(catalog: Catalog) -> History:
    """A customer of Basic since 1 April, when the first month was invoiced."""
    return told(catalog)


def preview(history: History, request: dict[str, Any], at: datetime = MIDDLE) -> Confirmable:
    """What a change would do in the middle of April."""
    return revise(history, "main", request, at).preview


def amounts(found: ChangePreview) -> list[Fraction]:
    """The firm lines of a preview."""
    return [each.line.amount for each in found.lines]


def test_a_change_is_shown_as_credits_and_debits(history: History) -> None:
    """Half-way from $100 to $200: -50 + 100, and 5 seats at $10 for half a month: 25."""
    found = preview(history, UPGRADE).preview
    assert amounts(found) == [Fraction(-50), Fraction(100), Fraction(25)]
    [invoice] = found.invoices
    assert invoice.total == 75
    assert found.plan == ("pro", 1)
    assert found.effective_at == datetime(2026, 4, 16, tzinfo=MIDDLE.tzinfo)


def test_the_same_facts_give_the_same_token(history: History) -> None:
    """A token is a digest of what was shown, not a random number."""
    assert preview(history, UPGRADE) == preview(history, UPGRADE)


def test_the_order_of_a_request_does_not_matter(history: History) -> None:
    """The same change, written in another order, has the same token."""
    reordered = dict(reversed(UPGRADE.items()))
    assert preview(history, reordered).token == preview(history, UPGRADE).token


@pytest.mark.parametrize("token", ["", "x", "1-2", "zz-" + "0" * 40, "0" * 40, "-" + "0" * 40])
def test_what_is_no_token_is_refused(token: str) -> None:
    """A token is taken as it was given."""
    with pytest.raises(InvalidInput, match="token"):
        instant_of(token)


def test_a_token_names_its_instant(history: History) -> None:
    """A change that is confirmed later happens when it was previewed."""
    assert instant_of(preview(history, UPGRADE).token) == MIDDLE


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        ("2026-04-16T09:30:00+00:00", "2026-04-16T09:45:00+00:00"),
        # 23:55 in Berlin: midnight comes first
        ("2026-04-16T21:55:00+00:00", "2026-04-16T22:00:00+00:00"),
        ("2026-04-16T22:00:00+00:00", "2026-04-16T22:15:00+00:00"),
    ],
)
def test_a_token_expires_after_a_quarter_of_an_hour_or_at_midnight(
    at: str, expires_at: str
) -> None:
    """The next day is charged differently, so no token lives into it."""
    instant = datetime.fromisoformat(at)
    assert expiry(instant, zone("Europe/Berlin")) == datetime.fromisoformat(expires_at)


@pytest.mark.parametrize(
    ("request_", "code", "pointer"),
    [
        ({"rate_plan": "nowhere"}, "unknown-reference", None),
        ({"rate_plan": "pro"}, "missing-quantity", "/change/quantities"),
        (
            {"rate_plan": "pro", "quantities": {"seats": "51"}},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "quantities": {"seats": "51"}, "effective": "period_end"},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "quantities": {"seats": "0"}, "effective": "2026-09-09"},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "effective": "2026-04-30"},
            "missing-quantity",
            "/change/quantities",
        ),
        ({"rate_plan": "old"}, "no-version-in-force", None),
        ({"rate_plan": "old", "version": 1}, "plan-not-for-sale", "/change/version"),
        ({"rate_plan": "next", "version": 1}, "plan-not-for-sale", "/change/version"),
        ({"version": 9}, "unknown-reference", None),
        ({"effective": "2026-04-16"}, "effective-in-the-past", "/change/effective"),
        ({"effective": "2026-04-15"}, "effective-in-the-past", "/change/effective"),
        ({"effective": "2036-01-01"}, "too-far-ahead", "/change/effective"),
        ({"discounts": ["late"]}, "discount-window", None),
        ({"discounts": ["nowhere"]}, "unknown-reference", None),
        ({"colour": "red"}, "unknown-member", "/change/colour"),
        (
            {"overrides": [{"charge": "x", "model": {"type": "flat", "amount": "1"}}]},
            "unknown-charge",
            "/change/overrides/0/charge",
        ),
    ],
)
def test_what_the_engine_will_refuse_is_refused_now(
    history: History, request_: dict[str, Any], code: str, pointer: str | None
) -> None:
    """The whole future of the change is computed first, scheduled ones included."""
    with pytest.raises(PlanqlError) as raised:
        preview(history, request_)
    assert raised.value.code == code
    assert pointer in {None, raised.value.pointer}


def test_a_mistake_elsewhere_points_nowhere_in_the_request(catalog: Catalog) -> None:
    """A subscription whose plan has gone from the catalog cannot be changed to anything."""
    history = told(catalog)
    plans = {key: plan for key, plan in catalog.rate_plans.items() if key != "basic"}
    with pytest.raises(UnknownReference) as raised:
        preview(replace(history, catalog=replace(catalog, rate_plans=plans)), UPGRADE)
    assert raised.value.pointer == ""


def test_an_archived_version_may_be_kept(catalog: Catalog) -> None:
    """Who is on an archived version may change everything else."""
    history = told(catalog, rate_plan="old")
    assert preview(history, {"rate_plan": "old", "version": 1}).preview.plan == ("old", 1)


def test_nothing_changes_after_the_end(catalog: Catalog) -> None:
    """A change that would come with the end of a cancelled subscription is refused."""
    cancelled = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "period_end"}, as_of=MIDDLE)
    later = MIDDLE + timedelta(hours=1)
    with pytest.raises(InvalidInput) as raised:
        preview(cancelled, {"effective": "period_end", **UPGRADE}, later)
    assert raised.value.code == "change-after-end"
    with pytest.raises(InvalidInput) as raised:
        preview(cancelled, UPGRADE, MAY)
    assert raised.value.code == "subscription-ended"


def test_an_unknown_subscription_is_told(history: History) -> None:
    """The nearest name is offered."""
    with pytest.raises(UnknownReference) as raised:
        revise(history, "mian", UPGRADE, MIDDLE)
    assert raised.value.code == "unknown-subscription"
    assert "main" in raised.value.hint


def test_a_scheduled_change_is_shown_for_its_boundary(history: History) -> None:
    """At the period's end nothing is invoiced at once; the lines of May are bound."""
    found = preview(history, {"effective": "period_end", **UPGRADE}).preview
    assert found.invoices == ()
    assert found.effective_at == MAY
    assert amounts(found) == [200, 50]


def test_a_change_on_a_later_day_is_shown_for_that_day(history: History) -> None:
    """On 21 April ten of thirty days are left: -33.33 + 66.67 + 16.67."""
    found = preview(history, {"effective": "2026-04-21", **UPGRADE}).preview
    assert amounts(found) == [Fraction("-33.33"), Fraction("66.67"), Fraction("16.67")]
    assert found.upcoming.at == found.effective_at


def test_lines_that_wait_for_the_next_invoice_are_bound(history: History) -> None:
    """With `invoice: next` nothing is issued at once; credit and debit come on 1 May."""
    found = preview(history, {"invoice": "next", **UPGRADE}).preview
    assert found.invoices == ()
    assert amounts(found) == [Fraction(-50), Fraction(100), Fraction(25)]
    [invoice] = found.upcoming.invoices
    assert {each.line.id for each in found.lines} < {line.id for line in invoice.lines}


def test_a_change_of_cycle_bills_usage_and_a_year_at_once(history: History) -> None:
    """A new anchor closes the month: -50, 1,000 for the year, and usage, which is not bound."""
    found = preview(history, {"rate_plan": "yearly"}).preview
    assert amounts(found) == [Fraction(-50), Fraction(1000)]
    [invoice] = found.invoices
    assert [line.charge for line in invoice.lines if line.kind == "charge"] == ["fee", "calls"]
    assert found.upcoming.at == datetime(2027, 4, 16, tzinfo=MIDDLE.tzinfo)


def test_a_cancellation_is_shown_with_its_final_invoice(history: History) -> None:
    """Cancelled on 16 April, 14 of 30 days are unused: 46.67 is given back, then nothing comes."""
    found = preview(history, {"cancel": "now"}).preview
    assert amounts(found) == [Fraction("-46.67")]
    assert found.effective_at == datetime(2026, 4, 17, tzinfo=MIDDLE.tzinfo)
    assert (found.upcoming.at, found.upcoming.invoices) == (None, ())
    assert found.upcoming.empty_because.startswith("no subscription goes on")


def test_taking_a_cancellation_back_brings_the_next_invoice_back(catalog: Catalog) -> None:
    """A final invoice has usage only; after taking it back, $100 are due on 1 May."""
    history = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "period_end"}, as_of=MIDDLE)
    found = preview(history, {"uncancel": True}, MIDDLE + timedelta(minutes=1)).preview
    [coming] = found.upcoming.invoices
    assert coming.total == 100
    assert found.effective_at == MIDDLE + timedelta(minutes=1)


def test_pausing_gives_back_and_resuming_charges_the_rest(catalog: Catalog) -> None:
    """15 of 30 days are left when it is paused, ten when it is resumed."""
    assert amounts(preview(told(catalog), {"pause": True}).preview) == [Fraction(-50)]
    paused = told(catalog, {"at": MIDDLE.isoformat(), "pause": True}, as_of=MIDDLE)
    resumed = preview(paused, {"resume": True}, MIDDLE + timedelta(days=5)).preview
    assert amounts(resumed) == [Fraction("33.33")]


def test_lines_are_shown_with_their_discounts(catalog: Catalog) -> None:
    """A fifth of the debits is taken, and nothing of the credit, which has its discount in it."""
    lines = preview(told(catalog, discounts=["friend"]), UPGRADE).preview.lines
    # 100 x 0.80 x 15/30 given back; 200 and 50 x 15/30 charged
    assert [each.line.amount for each in lines] == [-40, 100, 25]
    assert [each.line.discount_total for each in lines] == [0, 20, 5]


def test_commitments_are_not_bound(catalog: Catalog) -> None:
    """What is missing to a commitment depends on all usage to come: it is shown, not promised."""
    found = preview(told(catalog, rate_plan="committed"), {"cancel": "now"}).preview
    [invoice] = found.invoices
    assert "minimum_commitment" in {line.charge for line in invoice.lines}
    assert [each.line.charge for each in found.lines] == ["fee"]


def test_a_subscription_that_starts_later_is_shown_for_its_start(history: History) -> None:
    """Nothing is invoiced before it starts."""
    start = MIDDLE + timedelta(days=10)
    document = {"key": "later", "rate_plan": "basic", "started_at": start.isoformat()}
    found = begin(history, document, MIDDLE)
    assert found.invoices == ()
    assert found.effective_at == start
    assert amounts(found) == [100]


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        ({"rate_plan": "old"}, "no-version-in-force", ""),
        ({"rate_plan": "old", "version": 1}, "plan-not-for-sale", "/version"),
        ({"rate_plan": "pro"}, "missing-quantity", "/quantities"),
        ({"rate_plan": "basic", "key": "Not a key"}, "invalid-key", "/key"),
        (
            {"rate_plan": "basic", "started_at": "2026-04-16T09:29:59Z"},
            "start-in-the-past",
            "/started_at",
        ),
        (
            {"rate_plan": "basic", "started_at": "2040-01-01T00:00:00Z"},
            "too-far-ahead",
            "/started_at",
        ),
    ],
)
def test_a_subscription_that_cannot_be_billed_does_not_begin(
    history: History, document: dict[str, Any], code: str, pointer: str
) -> None:
    """It is computed first, like every change."""
    with pytest.raises(PlanqlError) as raised:
        begin(history, {"key": "second", "started_at": MIDDLE.isoformat(), **document}, MIDDLE)
    assert (raised.value.code, raised.value.pointer) == (code, pointer)


def test_an_adjustment_waits_for_the_next_invoice(history: History) -> None:
    """A credit of 5 is bound to the invoice of 1 May: 95."""
    document = {"at": MIDDLE.isoformat(), "amount": "-5.00", "reason": "an outage"}
    _, found = adjust(history, "main", document)
    assert found.invoices == ()
    assert amounts(found) == [-5]
    [coming] = found.upcoming.invoices
    assert coming.total == 95


def test_an_adjustment_after_the_end_is_an_invoice_of_its_own(catalog: Catalog) -> None:
    """When no subscription goes on, the next invoice is a supplementary one."""
    ended = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "now"}, as_of=MAY)
    given = {"at": MAY.isoformat(), "amount": "7.00", "reason": "a device that was kept"}
    _, found = adjust(ended, "main", given)
    [invoice] = found.invoices
    assert invoice.total == 7
    assert amounts(found) == [7]
