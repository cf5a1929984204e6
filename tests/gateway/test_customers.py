"""Stored customers through the API, on both databases."""

from datetime import datetime, timedelta
from decimal import Decimal

from tests.gateway.conftest import Shop
from tests.gateway.customer_operations import (
    ADJUST,
    CANCEL,
    CHANGE,
    CREATE,
    CUSTOMER,
    ERROR,
    INVOICE,
    REDEEM,
    SUBSCRIBE,
    UPGRADE,
)
from tests.stores.corner_shop import MAY, MIDDLE


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
    [invoice] = [each["node"] for each in found["invoices"]["edges"]]
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
