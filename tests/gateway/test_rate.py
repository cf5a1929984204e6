"""The `rate` query: charges of the catalog and drafts, with a quantity."""

from typing import Any

import httpx
import pytest
from tests.gateway.rate_operation import JUNE, OPEN, PER_UNIT, RATE, TIER, Ask, draft


@pytest.mark.parametrize(
    ("model", "quantity", "total"),
    [
        ({"flat": {"amount": "99"}}, "7", "99"),
        (PER_UNIT, "15", "150"),
        ({"graduated": {"tiers": [TIER, OPEN]}}, "15", "25"),
        ({"volume": {"tiers": [TIER, OPEN]}}, "15", "15"),
        ({"package": {"amount": "10", "packageSize": "60"}}, "61", "20"),
        ({"package": {"amount": "10", "packageSize": "60", "rounding": "DOWN"}}, "61", "10"),
        (
            {"stairstep": {"tiers": [{"upTo": "10", "flatAmount": "5"}, {"flatAmount": "8"}]}},
            "11",
            "8",
        ),
        ({"percentage": {"percentage": "2.9"}}, "100", "2.9"),
        (
            {
                "graduatedPercentage": {
                    "tiers": [{"upTo": "100", "percentage": "1"}, {"percentage": "2"}]
                }
            },
            "200",
            "3",
        ),
    ],
)
def test_every_charge_model_can_be_drafted(
    ask: Ask, model: dict[str, Any], quantity: str, total: str
) -> None:
    """A draft of each model is rated: 15 x 10, 10 x 2 + 5 x 1, 15 x 1, 2 x 10, ..."""
    rated = ask(RATE, {"charge": draft(model), "quantity": quantity})["rate"]
    assert rated["total"]["amount"] == total


def test_a_draft_has_no_source(ask: Ask) -> None:
    """The price of a draft is written nowhere."""
    rated = ask(RATE, {"charge": draft(PER_UNIT), "quantity": "1"})["rate"]
    assert rated["source"] is None


def test_a_recurring_draft_is_rated_once(ask: Ask) -> None:
    """A recurring charge without a declared quantity has the quantity 1."""
    charge = draft({"flat": {"amount": "99"}}, type="RECURRING", key="fee")
    rated = ask(RATE, {"charge": charge})["rate"]
    assert (rated["quantity"], rated["total"]["amount"]) == ("1", "99")


def test_included_units_cap_and_minimum_of_a_draft(ask: Ask) -> None:
    """(15 - 5) x 10 = 100, capped at 80; 2 x 10 = 0 after 5 free, topped up to 20."""
    charge = draft(PER_UNIT, includedUnits="5", cap="80", minimum="20")
    capped = ask(RATE, {"charge": charge, "quantity": "15"})["rate"]
    topped = ask(RATE, {"charge": charge, "quantity": "2"})["rate"]
    assert capped["total"]["amount"] == "80"
    assert (topped["topUp"]["amount"], topped["total"]["amount"]) == ("20", "20")


def test_zero_is_a_quantity(ask: Ask) -> None:
    """A quantity of 0 is given, not left out."""
    rated = ask(RATE, {"charge": draft(PER_UNIT), "quantity": "0"})["rate"]
    assert rated["total"]["amount"] == "0"


def test_discounts_of_the_catalog_act_on_the_charge(ask: Ask) -> None:
    """10 % off 150 is 15, told as a step of its own."""
    variables = {"charge": draft(PER_UNIT), "quantity": "15", "discounts": ["welcome"]}
    rated = ask(RATE, variables)["rate"]
    assert (rated["discount"]["amount"], rated["total"]["amount"]) == ("15", "135")
    assert rated["steps"][-1] == {"kind": "DISCOUNT", "discount": "welcome"}


def test_the_source_is_the_line_of_the_charge(ask: Ask) -> None:
    """The line that is named opens the charge in the file that is named."""
    charge = {"catalog": {"ratePlan": "studio-payg", "version": 1, "charge": "tool-runs"}}
    source = ask(RATE, {"charge": charge, "quantity": "1"})["rate"]["source"]
    assert source["path"].endswith("rate-plans/studio-payg/v1.json")
    assert source["line"] > 1
    assert (source["version"], source["commit"]) == (1, None)


@pytest.mark.parametrize(
    ("variables", "kind", "code", "path"),
    [
        (
            {"charge": {"catalog": {"ratePlan": "studio-pay", "charge": "x"}}, "quantity": "1"},
            "UnknownReferenceError",
            "unknown-reference",
            [],
        ),
        (
            {"charge": {"catalog": {"ratePlan": "studio-payg", "charge": "x"}}, "quantity": "1"},
            "UnknownReferenceError",
            "unknown-charge",
            ["charge", "catalog", "charge"],
        ),
        (
            {"charge": draft(PER_UNIT, meter="nothing"), "events": [], "period": JUNE},
            "UnknownReferenceError",
            "unknown-reference",
            [],
        ),
        ({"charge": draft(PER_UNIT)}, "InvalidInputError", "missing-quantity", []),
        (
            {"charge": draft({"perUnit": {"unitAmount": "-1"}}), "quantity": "1"},
            "InvalidInputError",
            "negative-number",
            ["charge", "draft", "model", "perUnit", "unitAmount"],
        ),
        (
            {"charge": draft({"graduated": {"tiers": [TIER, TIER, OPEN]}}), "quantity": "1"},
            "InvalidInputError",
            "tier-order",
            ["charge", "draft", "model", "graduated", "tiers", "1", "upTo"],
        ),
        (
            {"charge": draft(PER_UNIT, key="Not A Key"), "quantity": "1"},
            "InvalidInputError",
            "invalid-key",
            ["charge", "draft", "key"],
        ),
        (
            {"charge": draft(PER_UNIT), "quantity": "1", "discounts": ["nothing"]},
            "UnknownReferenceError",
            "unknown-reference",
            [],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(
    ask: Ask, variables: dict[str, Any], kind: str, code: str, path: list[str]
) -> None:
    """What a person must see is a typed member of the result, at its place in the arguments."""
    mistake = ask(RATE, variables)["rate"]
    assert (mistake["__typename"], mistake["code"], mistake["path"]) == (kind, code, path)
    assert mistake["message"]


def test_money_is_written_for_its_reader(ask: Ask) -> None:
    """The same amount in English and in German; none of its decimals is lost."""
    query = RATE.replace("formatted", 'en: formatted de: formatted(locale: "de-DE")')
    charge = draft({"perUnit": {"unitAmount": "1234.5"}})
    total = ask(query, {"charge": charge, "quantity": "1"})["rate"]["total"]
    assert (total["en"], total["de"]) == ("$1,234.50", "1.234,50\xa0$")


def test_money_of_many_digits_is_written_with_all_of_them(ask: Ask) -> None:
    """30 digits and two decimals of one unit at 1, which no computation with 28 digits keeps."""
    charge, quantity = draft({"perUnit": {"unitAmount": "1"}}), "123456789012345678901234567890.12"
    total = ask(RATE, {"charge": charge, "quantity": quantity})["rate"]["total"]
    assert total["formatted"] == "$123,456,789,012,345,678,901,234,567,890.12"


@pytest.mark.parametrize("locale", ["xx-YY", "", "not a locale", "en-US-" + "x" * 500])
def test_an_unknown_locale_is_bad_input(client: httpx.Client, locale: str) -> None:
    """A locale that nobody knows is refused at the top level, with its reason."""
    query = RATE.replace("formatted", "formatted(locale: $locale)")
    query = query.replace("query(", "query($locale: String!, ")
    variables = {"charge": draft(PER_UNIT), "quantity": "1", "locale": locale}
    response = client.post("/graphql", json={"query": query, "variables": variables})
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "reason": "unknown-locale"}
    assert error["path"] == ["rate", "total", "formatted"]
