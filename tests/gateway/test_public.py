"""What anonymous callers and customers are answered from: a catalog without what is hidden."""

from typing import Any

import pytest
from tests.gateway.credentials import Guarded

from planql.billing.subscriptions import Subscription
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity
from planql.gateway.principals import TRUSTED, Role
from planql.gateway.public import public_part, sold_to

UNTRUSTED = [role for role in Role if role not in TRUSTED]

PLANS = """{ catalog { products { key ratePlans { key version status } } discounts { key }
  ratePlans { key version status discounts { key } charges { discounts { key } } } } }"""
PLAN = """query($key: String!, $version: Int) { ratePlan(key: $key, version: $version) {
  ... on ChosenRatePlan { ratePlan { key version } }
  ... on UserError { code message hint path } } }"""
RATE = """query($charge: ChargeInput!, $discounts: [String!]) {
  rate(charge: $charge, quantity: "260", discounts: $discounts) {
    ... on RatedCharge { total { amount } } ... on UserError { code message hint } } }"""
OUTCOMES = {"ratePlan": "support-team", "charge": "outcomes"}
TICKETS = {"catalog": OUTCOMES}
DRAFTS = {
    ("sales-growth", 3),
    ("studio-scale-eur", 1),
    ("support-team", 3),
    ("voice-annual-eur", 3),
}
CODED = {
    "free-setup",
    "goodwill",
    "nonprofit",
    "partner",
    "pilot-tickets",
    "retainer-rebate",
    "welcome",
}
"""Of the example catalog, as its files say."""


def plans(found: Any) -> set[tuple[str, int]]:  # noqa: ANN401 - JSON
    """Key and version of each plan."""
    return {(each["key"], each["version"]) for each in found["ratePlans"]}


@pytest.mark.parametrize("role", TRUSTED)
def test_servers_and_administrators_see_all_of_it(guarded: Guarded, role: Role) -> None:
    """Drafts and discounts with a code are theirs."""
    found = guarded.ask(role, PLANS)
    assert plans(found) >= DRAFTS
    assert {each["key"] for each in found["discounts"]} >= CODED


@pytest.mark.parametrize("role", UNTRUSTED)
def test_drafts_and_coded_discounts_are_in_no_list(guarded: Guarded, role: Role) -> None:
    """Neither in the catalog's lists, nor in those of products, plans and charges."""
    whole, found = guarded.ask(Role.ADMIN, PLANS), guarded.ask(role, PLANS)
    assert plans(found) == plans(whole) - DRAFTS
    assert set().union(*map(plans, found["products"])) == plans(found)
    listed = {each["key"] for each in found["discounts"]}
    assert listed == {each["key"] for each in whole["discounts"]} - CODED
    for plan in found["ratePlans"]:
        for each in (plan, *plan["charges"]):
            assert {one["key"] for one in each["discounts"]} <= listed


@pytest.mark.parametrize("role", UNTRUSTED)
def test_a_draft_is_looked_up_like_what_does_not_exist(guarded: Guarded, role: Role) -> None:
    """A draft version, and a plan that has only drafts: the same words as for a made-up one."""
    draft = guarded.ask(role, PLAN, {"key": "support-team", "version": 3})
    made_up = guarded.ask(role, PLAN, {"key": "support-team", "version": 4})
    assert draft == {**made_up, "message": made_up["message"].replace("4", "3")}
    assert draft["code"] == "unknown-reference"
    hidden = guarded.ask(role, PLAN, {"key": "studio-scale-eur"})
    assert hidden["code"] == "unknown-reference"
    near = {"key": "studio-scale-eu"}
    assert "studio-scale-eur" not in f"{hidden['hint']} {guarded.ask(role, PLAN, near)['hint']}"
    assert "studio-scale-eur" in guarded.ask(Role.SERVER, PLAN, near)["hint"]


@pytest.mark.parametrize("role", UNTRUSTED)
@pytest.mark.parametrize("version", [None, 3])
def test_a_draft_is_not_rated(guarded: Guarded, role: Role, version: int | None) -> None:
    """What is in force is rated; the next price, which is a draft, is unknown."""
    charge = {"catalog": {**OUTCOMES, "version": version}}
    found = guarded.ask(role, RATE, {"charge": charge})
    assert found.get("code") == (None if version is None else "unknown-reference")


@pytest.mark.parametrize("role", UNTRUSTED)
@pytest.mark.parametrize("discount", ["partner", "partnership"])
def test_a_coded_discount_is_not_found_by_its_key(
    guarded: Guarded, role: Role, discount: str
) -> None:
    """Whoever guesses the key of a coded discount learns as little as about a made-up one."""
    found = guarded.ask(role, RATE, {"charge": TICKETS, "discounts": [discount]})
    assert found["code"] == "unknown-reference"
    assert found["message"] == f'there is no discount "{discount}"'
    assert not set((found["hint"] or "").replace('"', " ").split()) & CODED


def test_costs_scenarios_and_migrations_are_not_in_the_public_part(catalog: Catalog) -> None:
    """Whatever a resolver looks up for the untrusted, it does not find these."""
    public = public_part(catalog)
    assert (public.migrations, public.costs, public.scenarios) == ({}, {}, {})
    assert (public.digest, public.commit) == (catalog.digest, catalog.commit)
    assert catalog.costs
    assert catalog.scenarios


def test_what_is_sold_to_a_customer_has_the_discounts_that_they_use(catalog: Catalog) -> None:
    """Redeemed at the start or in a change, and those without a code; no draft, no other code."""
    document = {
        "key": "main",
        "rate_plan": "support-team",
        "started_at": "2026-01-01T00:00:00Z",
        "discounts": ["partner"],
        "changes": [
            {"at": "2026-02-01T00:00:00Z", "discounts": ["goodwill"]},
            {"at": "2026-03-01T00:00:00Z", "quantities": {"seats": "2"}},
            {"at": "2026-04-01T00:00:00Z", "pause": True},
        ],
    }
    sold = sold_to(catalog, [read_entity(Subscription, document)])
    assert set(sold.discounts) & CODED == {"partner", "goodwill"}
    assert set(sold.discounts) > set(public_part(catalog).discounts)
    assert sold.rate_plans == public_part(catalog).rate_plans
    assert sold.migrations == catalog.migrations
    assert set(sold_to(catalog, []).discounts) & CODED == set()
