"""`previewInvoice`: a story reaches the core whole, an invoice the API."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]

PREVIEW = """
query Preview($story: StoryInput!) {
  previewInvoice(story: $story) {
    ... on InvoicePreview {
      emptyBecause
      notices
      amountsDue { amount currency }
      invoices {
        issuedOn
        currency
        subtotal { amount }
        discountTotal { amount }
        total { amount }
        balanceApplied { amount }
        amountDue { amount }
        balance { amount }
        lines {
          id subscription charge name kind quantity note
          period { startsOn endsOn startsAt endsAt }
          portion { used full unit }
          group { property value }
          amount { amount }
          net { amount }
          unroundedAmount { amount }
          discounts { discount amount { amount } }
          steps { kind }
          source { path line ratePlan version commit }
        }
      }
    }
    ... on UserError { __typename code path }
  }
}
"""

START = "2026-04-01T00:00:00Z"


def story(*subscriptions: dict[str, Any], **more: object) -> dict[str, Any]:
    """A story of a customer in UTC, until the end of April unless said otherwise."""
    customer = {"key": "acme", "timeZone": "UTC"}
    return {
        "customer": customer,
        "subscriptions": list(subscriptions),
        "asOf": "2026-04-30T00:00:00Z",
        **more,
    }


def starter(**more: object) -> dict[str, Any]:
    """A subscription to the $100 plan from 1 April on."""
    return {"ratePlan": "support-starter", "version": 1, "startedAt": START, **more}


def preview(ask: Ask, told: dict[str, Any]) -> dict[str, Any]:
    """The preview of a story."""
    found: dict[str, Any] = ask(PREVIEW, {"story": told})["previewInvoice"]
    return found


def test_a_line_says_all_about_itself(ask: Ask) -> None:
    """A line has its period, its part of it, its steps, and the place of its price."""
    [invoice] = preview(ask, story(starter()))["invoices"]
    [line] = invoice["lines"]
    assert line["period"] == {
        "startsOn": "2026-04-01",
        "endsOn": "2026-05-01",
        "startsAt": "2026-04-01T00:00:00Z",
        "endsAt": "2026-05-01T00:00:00Z",
    }
    assert line["portion"] == {"used": "30", "full": "30", "unit": "DAY"}
    assert (line["subscription"], line["charge"], line["kind"]) == ("main", "platform", "CHARGE")
    assert line["source"]["path"].endswith("rate-plans/support-starter/v1.json")
    assert line["steps"]


def test_nothing_due_is_told_with_its_reason(ask: Ask) -> None:
    """An empty preview is not an error: it says why it is empty."""
    told = story(starter(startedAt="2026-05-01T00:00:00Z"))
    found = preview(ask, told)
    assert (found["invoices"], found["amountsDue"]) == ([], [])
    assert found["emptyBecause"] == "nothing is invoiced at or before 2026-04-30T00:00:00+00:00"


def test_credit_at_the_start_is_used_up_first(ask: Ask) -> None:
    """100 due, 30 of credit: 70 to pay."""
    customer = {"key": "acme", "balances": [{"amount": "30", "currency": "USD"}]}
    found = preview(ask, story(starter(), customer=customer))
    [invoice] = found["invoices"]
    assert invoice["balanceApplied"]["amount"] == "30"
    assert found["amountsDue"] == [{"amount": "70", "currency": "USD"}]


def test_a_price_override_replaces_the_price(ask: Ask) -> None:
    """The platform fee of this subscription is 80, not 100."""
    override = {"charge": "platform", "model": {"flat": {"amount": "80"}}}
    [invoice] = preview(ask, story(starter(overrides=[override])))["invoices"]
    assert invoice["total"]["amount"] == "80"


def test_a_redeemed_discount_is_shown_on_its_line(ask: Ask) -> None:
    """10 % off 100 is 10."""
    redeemed = {"discount": "welcome", "redeemedAt": START}
    [invoice] = preview(ask, story(starter(discounts=[redeemed])))["invoices"]
    [line] = invoice["lines"]
    assert line["discounts"] == [{"discount": "welcome", "amount": {"amount": "10"}}]
    assert (line["net"]["amount"], invoice["discountTotal"]["amount"]) == ("90", "10")


def test_an_adjustment_is_a_line_of_its_own(ask: Ask) -> None:
    """A credit of 5 given on 10 April comes with the invoice of 1 May: 100 - 5."""
    given = {"at": "2026-04-10T00:00:00Z", "amount": "-5", "reason": "an outage"}
    told = story(starter(adjustments=[given]), asOf="2026-05-01T00:00:00Z")
    *_, invoice = preview(ask, told)["invoices"]
    lines = {line["charge"]: line["amount"]["amount"] for line in invoice["lines"]}
    assert (lines["platform"], lines["adjustment"]) == ("100", "-5")


@pytest.mark.parametrize(
    ("changes", "totals"),
    [
        # 100 x 15/30 given back on 16 April
        ([{"cancel": {"at": "2026-04-15T10:00:00Z", "effective": "NOW"}}], ["100", "-50"]),
        ([{"cancel": {"at": "2026-04-15T10:00:00Z", "effective": "PERIOD_END"}}], ["100"]),
        (
            [
                {"cancel": {"at": "2026-04-10T00:00:00Z", "effective": "PERIOD_END"}},
                {"uncancel": {"at": "2026-04-20T00:00:00Z"}},
            ],
            ["100", "100"],
        ),
        # paused on 11 April with 20 of 30 days left, resumed on 21 April with 10 left
        (
            [{"pause": {"at": "2026-04-11T00:00:00Z"}}, {"resume": {"at": "2026-04-21T00:00:00Z"}}],
            ["100", "-66.67", "33.33", "100"],
        ),
    ],
)
def test_every_kind_of_change_reaches_the_core(
    ask: Ask, changes: list[dict[str, Any]], totals: list[str]
) -> None:
    """Cancelling, taking that back, pausing and resuming, until 1 May."""
    found = preview(ask, story(starter(changes=changes), asOf="2026-05-01T00:00:00Z"))
    # An invoice of usage that did not happen may be there with a total of 0.
    found_totals = [invoice["total"]["amount"] for invoice in found["invoices"]]
    assert [total for total in found_totals if total != "0"] == totals


def test_quantities_change_on_a_date(ask: Ask) -> None:
    """2 seats at 25 from 15 April (the trial's end), 3 from 1 May on a calendar of its own."""
    change = {
        "at": "2026-04-20T00:00:00Z",
        "quantities": [{"name": "seats", "quantity": "3"}],
        "effective": {"date": "2026-05-15"},
        "anchor": "KEEP",
        "invoice": "NEXT",
    }
    subscription = {
        "key": "desk",
        "ratePlan": "support-pro",
        "version": 2,
        "startedAt": START,
        "anchor": {"name": "SUBSCRIPTION"},
        "quantities": [{"name": "seats", "quantity": "2"}],
        "changes": [{"terms": change}],
    }
    found = preview(ask, story(subscription, asOf="2026-05-15T00:00:00Z"))
    seats = [
        line["quantity"]
        for invoice in found["invoices"]
        for line in invoice["lines"]
        if line["charge"] == "seats"
    ]
    assert seats == ["2", "3"]


def test_events_and_an_anchor_on_a_date_reach_the_core(ask: Ask) -> None:
    """A first stub until 10 April, then usage by events: 2 of type ticket.closed are free."""
    event = {"type": "ticket.closed", "data": {"outcome": "resolved"}}
    usage = [
        {**event, "id": "1", "time": "2026-04-11T00:00:00Z"},
        {**event, "id": "2", "time": "2026-04-12T00:00:00Z", "recordedAt": "2026-04-13T00:00:00Z"},
    ]
    subscription = starter(anchor={"date": "2026-04-10"})
    found = preview(ask, story(subscription, usage=usage, asOf="2026-05-10T00:00:00Z"))
    quantities = [
        line["quantity"]
        for invoice in found["invoices"]
        for line in invoice["lines"]
        if line["charge"] == "outcomes"
    ]
    assert "2" in quantities
    assert found["invoices"][0]["lines"][0]["portion"]["used"] == "9"


@pytest.mark.parametrize(
    ("told", "kind", "code", "path"),
    [
        (
            story(*(starter(key=key, startedAt="2019-04-01T00:00:00Z") for key in "abc")),
            "InvalidInputError",
            "story-too-long",
            ["story", "subscriptions"],
        ),
        (
            story(starter(), customer={"timeZone": "Mars/Olympus"}),
            "InvalidInputError",
            "unknown-time-zone",
            ["story", "customer", "timeZone"],
        ),
        (
            story(starter(changes=[{"terms": {"at": START, "version": 0}}])),
            "InvalidInputError",
            None,
            ["story", "subscriptions", "0", "changes", "0", "terms", "version"],
        ),
        (story(starter(version=9)), "UnknownReferenceError", "unknown-reference", None),
    ],
)
def test_a_mistake_in_a_story_is_told_with_its_place(
    ask: Ask, told: dict[str, Any], kind: str, code: str | None, path: list[str] | None
) -> None:
    """The core's pointer into the story leads to the place in the argument."""
    mistake = preview(ask, told)
    assert mistake["__typename"] == kind
    assert code in {None, mistake["code"]}
    assert path in (None, mistake["path"])
