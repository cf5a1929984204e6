"""The `rate` query from usage events, which are measured first."""

from typing import Any

from tests.gateway.rate_operation import JUNE, PER_UNIT, RATE, Ask, draft


def event(number: str, tokens: object, time: str = "2026-06-03T10:00:00Z") -> dict[str, Any]:
    """A call of a model."""
    data = {"usage": {"prompt_kilotokens": tokens}, "model": f"m{number}"}
    return {"id": number, "type": "model.called", "time": time, "data": data}


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
