"""The queries: what they answer, and the mistakes that they tell with their place."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Ask = Callable[..., dict[str, Any]]

MISTAKE = "... on UserError { __typename code message hint path }"
RATE = (
    "query($charge: ChargeInput!, $quantity: Decimal, $events: [UsageEventInput!], "
    "$period: PeriodInput, $discounts: [String!]) { rate(charge: $charge, quantity: $quantity, "
    "events: $events, period: $period, discounts: $discounts) { ... on RatedCharge { "
    "quantity amount { amount } discount { amount } topUp { amount } total { amount formatted } "
    "lines { group { property value } quantity amount { amount } note } "
    "steps { kind discount } explanation source { path line version commit } "
    "rejectedEvents { id } } "
    f"{MISTAKE} }} }}"
)


def draft(model: dict[str, Any], **more: object) -> dict[str, Any]:
    """A draft in dollars."""
    return {"draft": {"currency": "USD", "model": model, **more}}


PER_UNIT = {"perUnit": {"unitAmount": "10"}}
TIER = {"unitAmount": "2", "upTo": "10"}
OPEN = {"unitAmount": "1"}
ONE_PERCENT = {"upTo": "100", "percentage": "1"}


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


def event(number: str, tokens: object, time: str = "2026-06-03T10:00:00Z") -> dict[str, Any]:
    """A call of a model."""
    data = {"usage": {"prompt_kilotokens": tokens}, "model": f"m{number}"}
    return {"id": number, "type": "model.called", "time": time, "data": data}


JUNE = {"start": "2026-06-01T00:00:00Z", "end": "2026-07-01T00:00:00Z"}


def test_events_of_a_draft_are_measured_by_a_served_meter(ask: Ask) -> None:
    """0.1 + 0.2 = 0.3 exactly, filtered and split by the draft; an unreadable value is listed."""
    condition = {"property": "model", "operator": "IN", "value": ["m1", "m2", "m4"]}
    exists = {"property": "usage.prompt_kilotokens", "operator": "EXISTS"}
    either = {"or": [{"condition": condition}, {"condition": {**condition, "value": []}}]}
    charge = draft(
        {"perUnit": {"unitAmount": "1"}},
        meter="prompt-tokens",
        filter={"and": [either, {"condition": exists}]},
        groupBy=["model"],
    )
    events = [event("1", 0.1), event("2", 0.2), event("3", 9), event("4", "x")]
    rated = ask(RATE, {"charge": charge, "events": events, "period": JUNE})["rate"]
    assert rated["quantity"] == "0.3"
    groups = [(line["group"][0]["value"], line["quantity"]) for line in rated["lines"]]
    assert ("m1", "0.1") in groups
    assert ("m2", "0.2") in groups
    assert rated["rejectedEvents"] == [{"id": "4"}]


def test_events_of_a_catalog_charge_are_measured_by_its_meter(ask: Ask) -> None:
    """120 + 80.5 kilotokens x 0.10 = 20.05; July is not June."""
    charge = {"catalog": {"ratePlan": "studio-payg", "charge": "prompt-tokens"}}
    events = [event("1", 120), event("2", 80.5), event("3", 9, "2026-07-01T00:00:00Z")]
    rated = ask(RATE, {"charge": charge, "events": events, "period": JUNE})["rate"]
    assert rated["total"]["formatted"] == "$20.05"


def test_variables_may_stand_inside_json(ask: Ask) -> None:
    """A JSON value in a document may hold variables, whose numbers are as exact."""
    model = '{ flat: { amount: "1" } }'
    charge = f'{{ draft: {{ currency: "USD", meter: "prompt-tokens", model: {model} }} }}'
    data = "{ usage: { prompt_kilotokens: $tokens }, more: [1.5, $more] }"
    event = f'{{ id: "1", type: "model.called", time: "2026-06-03T10:00:00Z", data: {data} }}'
    period = '{ start: "2026-06-01T00:00:00Z", end: "2026-07-01T00:00:00Z" }'
    arguments = f"charge: {charge}, events: [{event}], period: {period}"
    query = f"query($tokens: Json, $more: Json) {{ rate({arguments}) {{ ...Quantity }} }} "
    query += "fragment Quantity on RatedCharge { quantity }"
    rated = ask(query, {"tokens": "0.30000000000000000001", "more": {}})["rate"]
    assert rated == {"quantity": "0.30000000000000000001"}


def test_numbers_of_a_filter_stay_numbers(ask: Ask) -> None:
    """1.5 is compared as a number: the event's 1.50 matches it, the text "1.5x" does not."""
    condition = {"property": "size", "operator": "IN", "value": [1.5, 7]}
    charge = draft(PER_UNIT, meter="tool-runs", filter={"condition": condition})
    base = {"type": "tool.run", "time": "2026-06-03T10:00:00Z"}
    data = {"status": "ok", "environment": "live"}
    events = [
        {**base, "id": "1", "data": {**data, "size": "1.50"}},
        {**base, "id": "2", "data": {**data, "size": "1.5x"}},
        {**base, "id": "3", "data": {**data, "size": 7}},
    ]
    rated = ask(RATE, {"charge": charge, "events": events, "period": JUNE})["rate"]
    assert rated["quantity"] == "2"


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


PLAN = (
    "query($key: String!, $version: Int, $asOf: DateTime) { ratePlan(key: $key, version: $version,"
    " asOf: $asOf) { ... on ChosenRatePlan { reason because ratePlan { key version status } }"
    f" {MISTAKE} }} }}"
)


@pytest.mark.parametrize(
    ("variables", "version", "reason"),
    [
        ({"key": "support-pro", "version": 1}, 1, "REQUESTED"),
        ({"key": "sales-growth", "version": 3}, 3, "REQUESTED"),
        ({"key": "support-pro"}, 2, "IN_FORCE"),
        ({"key": "support-pro", "asOf": "2026-03-01T00:00:00Z"}, 2, "IN_FORCE"),
    ],
)
def test_a_version_is_answered_with_its_reason(
    ask: Ask, variables: dict[str, Any], version: int, reason: str
) -> None:
    """The version asked for, or the newest published one in force; and why."""
    chosen = ask(PLAN, variables)["ratePlan"]
    assert (chosen["ratePlan"]["version"], chosen["reason"]) == (version, reason)
    assert f"version {version}" in chosen["because"]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"key": "support-pr"}, "unknown-reference"),
        ({"key": "support-pro", "version": 9}, "unknown-reference"),
        ({"key": "support-pro", "asOf": "2020-01-01T00:00:00Z"}, "no-version-in-force"),
    ],
)
def test_a_version_that_is_not_there_is_a_mistake(
    ask: Ask, variables: dict[str, Any], code: str
) -> None:
    """An unknown plan or version, or a day before the first one, is told as such."""
    mistake = ask(PLAN, variables)["ratePlan"]
    assert (mistake["__typename"], mistake["code"]) == ("UnknownReferenceError", code)


def test_the_parts_of_the_catalog_are_those_of_the_whole(ask: Ask) -> None:
    """`products`, `meters` and `discounts` are the lists of `catalog`."""
    parts = "products { key ratePlans { key version product { key } } } meters { key } "
    parts += "discounts { key }"
    answer = ask(f"{{ {parts} catalog {{ digest commit agentTypes {{ key }} {parts} }} }}")
    whole = answer.pop("catalog")
    assert answer == {name: whole[name] for name in answer}
    assert len(whole["digest"]) == 64


def test_money_is_written_for_its_reader(ask: Ask) -> None:
    """The same amount in English and in German; none of its decimals is lost."""
    query = RATE.replace("formatted", 'en: formatted de: formatted(locale: "de-DE")')
    charge = draft({"perUnit": {"unitAmount": "1234.5"}})
    total = ask(query, {"charge": charge, "quantity": "1"})["rate"]["total"]
    assert (total["en"], total["de"]) == ("$1,234.50", "1.234,50\xa0$")


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
