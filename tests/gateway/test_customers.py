"""Stored customers through the API, on both databases."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from tests.gateway.conftest import Shop
from tests.stores.corner_shop import MAY, MIDDLE

ERROR = "... on UserError { __typename code message hint path }"
PREVIEW = """
  at effectiveAt ratePlan version emptyBecause token expiresAt
  invoices { lines { id amount { amount } } total { amount } }
  lines { id kind amount { amount } }
  net { amount currency }
  amountsDue { amount currency }
  upcomingInvoice { at emptyBecause amountsDue { amount } }
"""
CHANGED = f"""... on ChangedSubscription {{
  subscription {{ key state version ratePlan cancelsAt discounts {{ discount }} }}
  preview {{ {PREVIEW} }} }}"""
STALE = f"... on StalePreviewError {{ reason preview {{ {PREVIEW} }} }}"

CREATE = f"""mutation M($customer: CustomerInput!) {{
  createCustomer(customer: $customer)
  {{ ... on Customer {{ key timeZone balances {{ amount }} }} {ERROR} }} }}"""
SUBSCRIBE = f"""mutation M($customer: String!, $subscription: NewSubscriptionInput!) {{
  createSubscription(customer: $customer, subscription: $subscription) {{ {CHANGED} {ERROR} }} }}"""
CHANGE = f"""mutation M($change: SubscriptionChangeInput!, $token: String) {{
  changeSubscription(customer: "acme", change: $change, token: $token)
  {{ {CHANGED} {STALE} {ERROR} }} }}"""
CANCEL = f"""mutation M($effective: EffectiveTime!, $token: String) {{
  cancelSubscription(customer: "acme", effective: $effective, token: $token)
  {{ {CHANGED} {STALE} {ERROR} }} }}"""
SIMPLE = f'mutation M {{ %s(customer: "acme") {{ {CHANGED} {ERROR} }} }}'
REDEEM = f"""mutation M($discount: DiscountInput!) {{
  redeemDiscount(customer: "acme", discount: $discount) {{ {CHANGED} {ERROR} }} }}"""
ADJUST = f"""mutation M($amount: Decimal!, $reason: String!) {{
  addAdjustment(customer: "acme", amount: $amount, reason: $reason) {{ {CHANGED} {ERROR} }} }}"""
PREVIEW_CHANGE = f"""
query Q($change: SubscriptionChangeInput!, $customer: String, $story: StoryInput) {{
  previewChange(change: $change, customer: $customer, story: $story)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
PREVIEW_CANCELLATION = f"""
query Q($effective: EffectiveTime!, $customer: String, $story: StoryInput) {{
  previewCancellation(effective: $effective, customer: $customer, story: $story)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
CUSTOMER = f"""query Q($key: String!) {{ customer(key: $key) {{ ... on Customer {{
  key timeZone balances {{ amount currency }}
  subscriptions {{
    key state ratePlan version plan {{ name }} quantities {{ name quantity }} startedAt trialEndsAt
    cancelsAt discounts {{ discount redeemedAt }} period {{ startsOn endsOn startsAt }}
    timeline {{ kind at effective effectiveOn ratePlan version quantities {{ name }} discounts
      amount reason }}
  }}
  currentUsage {{ subscription meter charge quantity includedUnits estimatedAmount {{ amount }}
    cap {{ amount }} period {{ startsOn endsOn }} lines {{ id }} }}
  upcomingInvoice {{ at emptyBecause notices amountsDue {{ amount }}
    invoices {{ lines {{ id quantity amount {{ amount }} }} total {{ amount }} }} }}
  invoices(first: 5) {{ number issuedOn amountDue {{ amount }} }}
}} {ERROR} }} }}"""
INVOICE = f"""query Q($number: String!) {{ invoice(number: $number) {{ ... on IssuedInvoice {{
  number customer issuedAt issuedOn digest catalogCommit explanation total {{ amount }}
  lines {{ id amount {{ amount }} }} }} {ERROR} }} }}"""

UPGRADE = {"ratePlan": "pro", "quantities": [{"name": "seats", "quantity": "5"}]}


@pytest.fixture
def acme(shop: Shop) -> Shop:
    """The shop with a customer who subscribed to Basic on 1 April; it is the middle of April."""
    shop.ask(CREATE, customer={"key": "acme"})
    shop.ask(SUBSCRIBE, customer="acme", subscription={"ratePlan": "basic"})
    shop.bill()
    shop.now = MIDDLE
    return shop


def calls(shop: Shop, count: int, at: datetime) -> None:
    """Some calls of acme at one instant."""
    event = '{{"id":"{}","source":"{}","type":"call","subject":"acme","time":"{}"}}'
    lines = "\n".join(event.format(number, at, at.isoformat()) for number in range(count))
    assert shop.send("application/x-ndjson", lines).status_code == 200


def test_a_customer_and_a_subscription_begin(shop: Shop) -> None:
    """The customer has its own zone; the first month is invoiced at once."""
    customer = {
        "key": "acme",
        "timeZone": "Europe/Berlin",
        "balances": [{"amount": "30", "currency": "USD"}],
    }
    created = shop.ask(CREATE, customer=customer)
    assert created == {"key": "acme", "timeZone": "Europe/Berlin", "balances": [{"amount": "30"}]}
    begun = shop.ask(SUBSCRIBE, customer="acme", subscription={"ratePlan": "basic"})
    assert begun["subscription"]["state"] == "ACTIVE"
    assert begun["subscription"]["version"] == 1
    # 100 less 30 of credit
    assert begun["preview"]["amountsDue"] == [{"amount": "70", "currency": "USD"}]
    assert begun["preview"]["token"] is None


@pytest.mark.parametrize(
    ("document", "variables", "kind", "code", "path"),
    [
        (CREATE, {"customer": {"key": "acme"}}, "InvalidInputError", "customer-exists", []),
        (
            CREATE,
            {"customer": {"key": "b", "timeZone": "Mars/Olympus"}},
            "InvalidInputError",
            "unknown-time-zone",
            ["customer", "timeZone"],
        ),
        (
            SUBSCRIBE,
            {"customer": "nobody", "subscription": {"ratePlan": "basic"}},
            "UnknownReferenceError",
            "unknown-customer",
            [],
        ),
        (
            SUBSCRIBE,
            {"customer": "acme", "subscription": {"ratePlan": "basic"}},
            "InvalidInputError",
            "subscription-exists",
            ["subscription", "key"],
        ),
        (
            SUBSCRIBE,
            {"customer": "acme", "subscription": {"key": "b", "ratePlan": "pro"}},
            "InvalidInputError",
            "missing-quantity",
            ["subscription", "quantities"],
        ),
        (
            CHANGE,
            {"change": {"ratePlan": "pro"}},
            "InvalidInputError",
            "missing-quantity",
            ["change", "quantities"],
        ),
        (
            CHANGE,
            {"change": UPGRADE, "token": "x"},
            "InvalidInputError",
            "invalid-token",
            ["token"],
        ),
        (
            CANCEL,
            {"effective": "NOW", "token": "x"},
            "InvalidInputError",
            "invalid-token",
            ["token"],
        ),
        (REDEEM, {"discount": {"code": "X"}}, "UnknownReferenceError", "unknown-code", []),
        (REDEEM, {"discount": {"key": "late"}}, "InvalidInputError", "discount-window", []),
        (ADJUST, {"amount": "1", "reason": ""}, "InvalidInputError", "blank-text", ["reason"]),
        (PREVIEW_CHANGE, {"change": {}}, "InvalidInputError", "one-of", []),
        (PREVIEW_CANCELLATION, {"effective": "NOW"}, "InvalidInputError", "one-of", []),
        (
            PREVIEW_CHANGE,
            {"change": {}, "customer": "nobody"},
            "UnknownReferenceError",
            "unknown-customer",
            [],
        ),
        (CUSTOMER, {"key": "nobody"}, "UnknownReferenceError", "unknown-customer", []),
        (INVOICE, {"number": "INV-000099"}, "UnknownReferenceError", "unknown-invoice", []),
        (
            INVOICE,
            {"number": "INV-9999999999999999999"},
            "UnknownReferenceError",
            "unknown-invoice",
            [],
        ),
        (INVOICE, {"number": "nonsense"}, "UnknownReferenceError", "unknown-invoice", []),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_mistakes_are_told_with_their_place(  # noqa: PLR0913, PLR0917 - a table of cases
    acme: Shop, document: str, variables: dict[str, Any], kind: str, code: str, path: list[str]
) -> None:
    """Whatever the core refuses is a typed member of the result, with a path into the arguments."""
    found = acme.ask(document, **variables)
    assert (found["__typename"], found["path"]) == (kind, path)
    assert found["code"] == code


def test_a_fresh_token_confirms_what_was_seen(acme: Shop) -> None:
    """-50 + 100 + 25 are previewed, confirmed a minute later, and issued line by line."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    assert [line["amount"]["amount"] for line in seen["lines"]] == ["-50", "100", "25"]
    assert seen["net"] == [{"amount": "75", "currency": "USD"}]
    acme.now += timedelta(minutes=1)
    confirmed = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert confirmed["subscription"]["ratePlan"] == "pro"
    assert confirmed["preview"]["at"] == seen["at"]
    acme.now += timedelta(minutes=1)
    [issued] = acme.bill()
    [previewed] = seen["invoices"]
    assert [line["id"] for line in issued] == [line["id"] for line in previewed["lines"]]


def test_a_stale_token_is_answered_with_the_new_amounts(acme: Shop) -> None:
    """A credit of 5 was given meanwhile: nothing happens, and 75 - 5 is shown."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    acme.now += timedelta(minutes=1)
    acme.ask(ADJUST, amount="-5", reason="an outage")
    stale = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert stale["reason"] == "MOVED"
    assert stale["preview"]["net"] == [{"amount": "70", "currency": "USD"}]
    again = acme.ask(CHANGE, change=UPGRADE, token=stale["preview"]["token"])
    assert again["subscription"]["ratePlan"] == "pro"


def test_an_old_token_is_answered_with_the_amounts_of_today(acme: Shop) -> None:
    """A day later 14 of 30 days are left: -46.67 + 93.33 + 23.33."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    acme.now += timedelta(days=1)
    stale = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert stale["reason"] == "EXPIRED"
    amounts = [line["amount"]["amount"] for line in stale["preview"]["lines"]]
    assert amounts == ["-46.67", "93.33", "23.33"]


def test_cancelling_and_staying(acme: Shop) -> None:
    """A cancellation is bound by a token as well; until the end it can be taken back."""
    seen = acme.ask(PREVIEW_CANCELLATION, effective="PERIOD_END", customer="acme")
    assert seen["effectiveAt"] == "2026-05-01T00:00:00Z"
    cancelled = acme.ask(CANCEL, effective="PERIOD_END", token=seen["token"])
    assert cancelled["subscription"]["cancelsAt"] == "2026-05-01T00:00:00Z"
    acme.now += timedelta(minutes=1)
    stays = acme.ask(SIMPLE % "uncancelSubscription")
    assert stays["subscription"]["cancelsAt"] is None


def test_pausing_and_resuming(acme: Shop) -> None:
    """Paused, 50 is given back; resumed on the same day, nothing has happened."""
    paused = acme.ask(SIMPLE % "pauseSubscription")
    assert (paused["subscription"]["state"], paused["preview"]["net"][0]["amount"]) == (
        "PAUSED",
        "-50",
    )
    acme.now += timedelta(minutes=1)
    resumed = acme.ask(SIMPLE % "resumeSubscription")
    assert resumed["subscription"]["state"] == "ACTIVE"
    assert acme.bill() == []


def test_the_customer_knows_everything(acme: Shop) -> None:
    """Terms, timeline, usage so far with its price, the next invoice and the last ones."""
    acme.ask(REDEEM, discount={"code": "HELLO-10"})
    acme.now += timedelta(minutes=1)
    acme.ask(ADJUST, amount="-5", reason="an outage")
    acme.now += timedelta(minutes=1)
    acme.ask(CHANGE, change={**UPGRADE, "effective": {"date": "2026-04-21"}})
    acme.now += timedelta(minutes=1)
    acme.ask(CANCEL, effective="PERIOD_END")
    calls(acme, 30, MIDDLE)
    found = acme.ask(CUSTOMER, key="acme")
    [subscription] = found["subscriptions"]
    kinds = [entry["kind"] for entry in subscription["timeline"]]
    assert kinds == ["CHANGE", "ADJUSTMENT", "CHANGE", "CANCEL"]
    assert subscription["timeline"][2]["effectiveOn"] == "2026-04-21"
    assert subscription["timeline"][3]["effective"] == "PERIOD_END"
    assert subscription["period"]["startsOn"] == "2026-04-01"
    assert subscription["cancelsAt"] == "2026-05-01T00:00:00Z"
    assert [each["discount"] for each in subscription["discounts"]] == ["hello"]
    [usage] = found["currentUsage"]
    # 30 calls, 10 of them free, at $0.50
    assert (usage["quantity"], usage["estimatedAmount"]["amount"]) == ("30", "10")
    assert (usage["includedUnits"], usage["cap"]["amount"]) == ("10", "50")
    assert found["upcomingInvoice"]["at"] == "2026-04-21T00:00:00Z"
    [invoice] = found["invoices"]
    assert (invoice["number"], invoice["amountDue"]["amount"]) == ("INV-000001", "100")


def test_the_upcoming_invoice_is_the_one_that_is_issued(acme: Shop) -> None:
    """At the period's end the billing run issues what was shown, line by line."""
    acme.ask(CHANGE, change={**UPGRADE, "invoice": "NEXT"})
    acme.ask(REDEEM, discount={"key": "friend"})
    calls(acme, 47, MIDDLE + timedelta(days=3))
    acme.now = MAY - timedelta(minutes=1)
    found = acme.ask(CUSTOMER, key="acme")
    [shown] = found["upcomingInvoice"]["invoices"]
    assert found["upcomingInvoice"]["at"] == "2026-05-01T00:00:00Z"
    acme.now = MAY
    [issued] = acme.bill()
    assert [line["id"] for line in issued] == [line["id"] for line in shown["lines"]]
    for line, seen in zip(issued, shown["lines"], strict=True):
        assert Decimal(line["amount"]) == Decimal(seen["amount"]["amount"])
        assert line["quantity"] == seen["quantity"]
    invoice = acme.ask(INVOICE, number="INV-000002")
    assert invoice["total"] == shown["total"]


def test_an_issued_invoice_explains_itself(acme: Shop) -> None:
    """The explanation is made from the stored document."""
    found = acme.ask(INVOICE, number="INV-000001")
    assert (found["customer"], found["issuedOn"], len(found["digest"])) == (
        "acme",
        "2026-04-01",
        64,
    )
    assert "amount due  100.00 USD" in found["explanation"]


def test_several_customers_are_read_at_once(acme: Shop) -> None:
    """Two aliases in one query answer two customers; a stranger is a mistake of its own."""
    acme.ask(CREATE, customer={"key": "other"})
    query = f"""{{ a: customer(key: "acme") {{ ... on Customer {{ key }} }}
      b: customer(key: "other") {{ ... on Customer {{ upcomingInvoice {{ emptyBecause }} }} }}
      c: customer(key: "nobody") {{ {ERROR} }} }}"""
    answer = acme.client.post("/graphql", json={"query": query}).json()["data"]
    assert answer["a"] == {"key": "acme"}
    assert answer["b"] == {"upcomingInvoice": {"emptyBecause": "there is no subscription"}}
    assert answer["c"]["code"] == "unknown-customer"


@pytest.mark.parametrize("first", [0, 101])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_has_bounds(acme: Shop, first: int) -> None:
    """Between 1 and 100 invoices are answered at once."""
    asked = f"... on Customer {{ invoices(first: {first}) {{ number }} }}"
    query = f'{{ customer(key: "acme") {{ {asked} }} }}'
    answer = acme.client.post("/graphql", json={"query": query}).json()
    assert answer["errors"][0]["extensions"]["reason"] == "page-size"


BASIC = {"ratePlan": "basic", "startedAt": "2026-04-01T00:00:00Z"}
STORY = {
    "customer": {"key": "acme"},
    "subscriptions": [BASIC],
    "asOf": "2026-04-16T09:30:00Z",
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_change_is_previewed_for_somebody_stored_nowhere(acme: Shop) -> None:
    """The same change of the same history has the same amounts, and no token."""
    stored = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    inline = acme.ask(PREVIEW_CHANGE, change=UPGRADE, story=STORY)
    assert inline == {**stored, "token": None, "expiresAt": None}
    gone = acme.ask(PREVIEW_CANCELLATION, effective="NOW", story=STORY)
    assert gone["net"] == [{"amount": "-46.67", "currency": "USD"}]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_mistakes_in_a_story_point_into_it(acme: Shop) -> None:
    """The path leads into the story, or into the change."""
    story = {**STORY, "customer": {"key": "acme", "timeZone": "Mars/Olympus"}}
    found = acme.ask(PREVIEW_CHANGE, change={}, story=story)
    assert found["path"] == ["story", "customer", "timeZone"]
    found = acme.ask(PREVIEW_CHANGE, change={"ratePlan": "pro"}, story=STORY)
    assert found["path"] == ["change", "quantities"]
    ended = {"cancel": {"at": "2026-04-05T00:00:00Z", "effective": "NOW"}}
    over = {**STORY, "subscriptions": [{**BASIC, "changes": [ended]}]}
    found = acme.ask(PREVIEW_CANCELLATION, effective="NOW", story=over)
    assert (found["code"], found["path"]) == ("subscription-ended", [])


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (CUSTOMER, {"key": "acme"}),
        (INVOICE, {"number": "INV-1"}),
        (CREATE, {"customer": {"key": "acme"}}),
        (CHANGE, {"change": {}}),
        (REDEEM, {"discount": {"key": "hello"}}),
        (ADJUST, {"amount": "1", "reason": "x"}),
        (PREVIEW_CHANGE, {"change": {}, "customer": "acme"}),
    ],
)
def test_without_a_database_nothing_is_known_of_customers(
    client: httpx.Client, query: str, variables: dict[str, Any]
) -> None:
    """The answer says how to start a server that has one."""
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    [found] = answer["data"].values()
    assert (found["__typename"], found["code"]) == ("UnavailableError", "no-store")
    assert "--store" in found["hint"]
