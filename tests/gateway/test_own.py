"""What a customer sees of what is stored: their own, and of others not even that it exists."""

import pytest
from tests.gateway.credentials import CUSTOMER, OTHER, Guarded
from tests.gateway.customer_operations import ERROR, PREVIEW

from planql.gateway.principals import Role

NUMBERS = """query($key: String!) {
  customer(key: $key) { ... on Customer { invoices { edges { node { number } } } } } }"""
OWN = f"""{{ customer {{ ... on Customer {{ key balances {{ amount }}
  subscriptions {{ key ratePlan plan {{ name discounts {{ key }} }} discounts {{ discount }} }}
  currentUsage {{ charge }} upcomingInvoice {{ amountsDue {{ amount }} }}
  invoices {{ edges {{ node {{ number customer }} }} }} }} {ERROR} }} }}"""
INVOICE = f"""query($number: String!) {{ invoice(number: $number) {{
  ... on IssuedInvoice {{ number customer }} {ERROR} }} }}"""
CHANGE = f"""query($change: SubscriptionChangeInput!) {{
  previewChange(subscription: "support", change: $change)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
CHANGE_OF = CHANGE.replace("previewChange(", f'previewChange(customer: "{CUSTOMER}", ')
CANCELLATION = f"""{{ previewCancellation(subscription: "support", effective: NOW)
  {{ ... on ChangePreview {{ {PREVIEW} }} {ERROR} }} }}"""
CANCELLATION_OF = CANCELLATION.replace("lation(", f'lation(customer: "{CUSTOMER}", ')


@pytest.mark.parametrize("key", [CUSTOMER, OTHER])
def test_a_customer_is_the_subject_of_the_token(guarded: Guarded, key: str) -> None:
    """Each token shows its own customer, and each customer's own invoices."""
    found = guarded.ask(Role.CUSTOMER, OWN, customer=key)
    assert found["key"] == key
    invoices = [each["node"] for each in found["invoices"]["edges"]]
    assert invoices
    assert {each["customer"] for each in invoices} == {key}


def test_a_customer_sees_the_discount_they_use(guarded: Guarded) -> None:
    """The key of a coded discount that they redeemed is theirs to see."""
    [subscription] = guarded.ask(Role.CUSTOMER, OWN)["subscriptions"]
    assert [each["discount"] for each in subscription["discounts"]] == ["partner"]


def test_a_token_of_nobody_finds_nobody(guarded: Guarded) -> None:
    """A customer who is not stored (yet) is told so; the public catalog is there."""
    found = guarded.ask(Role.CUSTOMER, OWN, customer="newcomer")
    assert found["code"] == "unknown-customer"
    assert found["message"] == 'there is no customer "newcomer"'
    assert guarded.ask(Role.CUSTOMER, "{ products { key } }", customer="newcomer")


@pytest.mark.parametrize("written", ["INV-000000", "INV-0", "INV-", "inv", "", "INV-999999"])
def test_an_invoice_of_another_does_not_exist(guarded: Guarded, written: str) -> None:
    """It is answered word for word like a number that was never given."""
    theirs = guarded.ask(Role.SERVER, NUMBERS, {"key": OTHER})["invoices"]["edges"][0]["node"][
        "number"
    ]
    found = guarded.ask(Role.CUSTOMER, INVOICE, {"number": theirs})
    never = guarded.ask(Role.CUSTOMER, INVOICE, {"number": written})
    assert found == {**never, "message": never["message"].replace(f'"{written}"', f'"{theirs}"')}
    assert found["code"] == "unknown-invoice"
    shown = guarded.ask(Role.CUSTOMER, INVOICE, {"number": theirs}, customer=OTHER)
    assert shown == {"number": theirs, "customer": OTHER}
    assert guarded.ask(Role.SERVER, INVOICE, {"number": theirs}) == shown


CHANGES = [
    {"ratePlan": "support-starter"},
    {"quantities": [{"name": "seats", "quantity": "9"}]},
    {"quantities": [{"name": "seats", "quantity": "9"}], "discounts": ["partner"]},
    {"ratePlan": "support-team", "effective": {"time": "PERIOD_END"}},
    {"discounts": []},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_preview_of_ones_own_is_the_preview(guarded: Guarded, change: dict[str, object]) -> None:
    """Amounts and token are those that the company's server is given, so that it can confirm."""
    own = guarded.ask(Role.CUSTOMER, CHANGE, {"change": change})
    assert own == guarded.ask(Role.SERVER, CHANGE_OF, {"change": change})
    assert own["token"]


def test_a_cancellation_of_ones_own_is_the_cancellation(guarded: Guarded) -> None:
    """The same amounts, and the same token."""
    own = guarded.ask(Role.CUSTOMER, CANCELLATION)
    assert own == guarded.ask(Role.SERVER, CANCELLATION_OF)
    assert own["token"]


@pytest.mark.parametrize(
    ("hidden", "made_up"),
    [
        ({"discounts": ["goodwill"]}, {"discounts": ["made-up"]}),
        ({"ratePlan": "studio-scale-eur"}, {"ratePlan": "studio-scale-gbp"}),
        ({"ratePlan": "support-team", "version": 3}, {"ratePlan": "support-team", "version": 4}),
    ],
)
def test_a_preview_finds_nothing_that_is_hidden(
    guarded: Guarded, hidden: dict[str, object], made_up: dict[str, object]
) -> None:
    """A coded discount and a draft are unknown, in the words for what does not exist."""
    found = guarded.ask(Role.CUSTOMER, CHANGE, {"change": hidden})
    never = guarded.ask(Role.CUSTOMER, CHANGE, {"change": made_up})
    for mine, theirs in zip(hidden.values(), made_up.values(), strict=True):
        mine_told, theirs_told = (str(each).strip("[']") for each in (mine, theirs))
        never["message"] = never["message"].replace(theirs_told, mine_told)
    assert found == never
    assert found["code"] == "unknown-reference"


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        (CHANGE.replace('"support"', '"other"'), {"change": {}}),
        (CANCELLATION.replace('"support"', '"other"'), None),
    ],
)
def test_a_mistake_of_ones_own_is_told(
    guarded: Guarded, document: str, variables: dict[str, object] | None
) -> None:
    """A subscription that the customer does not have is a typed mistake."""
    assert guarded.ask(Role.CUSTOMER, document, variables)["code"] == "unknown-subscription"
