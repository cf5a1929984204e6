"""What a meter measures for a charge."""

from fractions import Fraction

import pytest
from tests.metering.building import (
    JUNE,
    Doc,
    charge_of,
    load_cases,
    meter_of,
    named,
    span,
    usage_of,
)

from planql.errors import InvalidInput
from planql.metering.measure import Measured, measure


def measured(case: Doc) -> Measured:
    """What the meter of a case measures in its period, June unless it says otherwise."""
    bounds: list[str] = case.get("period", list(JUNE))
    period, full_period = span(bounds), span(case.get("full_period", bounds))
    meter = meter_of(case["meter"])
    return measure(charge_of(case.get("charge")), meter, usage_of(case), period, full_period)


def rejected(outcome: Measured) -> list[list[str]]:
    """Id and path of every event that was not counted."""
    return [[event.id, event.path] for event in outcome.rejected]


@pytest.mark.parametrize("case", load_cases("aggregations"), ids=named)
def test_an_aggregation_gives_the_quantity_worked_out_by_hand(case: Doc) -> None:
    """The quantity is the one that the case works out, and what cannot be read is listed."""
    outcome = measured({**case, "meter": {"aggregation": case["aggregation"]}})
    expected = case["quantity"]
    assert len(outcome.groups) == 1
    assert outcome.groups[0].group == ()
    assert outcome.groups[0].quantity == (None if expected is None else Fraction(expected))
    assert rejected(outcome) == case.get("rejected", [])


@pytest.mark.parametrize("case", load_cases("measure"), ids=named)
def test_a_meter_measures_the_groups_worked_out_by_hand(case: Doc) -> None:
    """Groups, their order, quantities and values per event are those of the case."""
    outcome = measured(case)
    found = [[[value for _, value in group.group], group.quantity] for group in outcome.groups]
    assert found == [
        [values, None if quantity is None else Fraction(quantity)]
        for values, quantity in case["groups"]
    ]
    assert rejected(outcome) == case.get("rejected", [])
    if "has_usage" in case:
        assert [group.has_usage for group in outcome.groups] == case["has_usage"]
    values = [[[event.id, event.value] for event in group.events] for group in outcome.groups]
    wanted = case.get("values", [[] for _ in outcome.groups])
    assert values == [[[id_, Fraction(value)] for id_, value in events] for events in wanted]


def test_groups_name_their_properties() -> None:
    """A group is property and value, in the order of the charge."""
    case = {
        "meter": {"aggregation": {"type": "count"}},
        "charge": {"group_by": ["b", "a"]},
        "events": [["1", "2026-06-02T00:00:00Z", {"a": "x"}]],
    }
    assert measured(case).groups[0].group == (("b", None), ("a", "x"))


@pytest.mark.parametrize("kind", ["max", "min", "avg", "latest", "unique_count"])
def test_totals_of_a_meter_that_cannot_be_added_up_are_refused(kind: str) -> None:
    """Daily totals serve count and sum meters; for others they are an error, not a guess."""
    case = {
        "meter": {"aggregation": {"type": kind, "property": "value"}},
        "events": [],
        "totals": [["2026-06-02", "5"]],
    }
    with pytest.raises(InvalidInput, match=f'meter "m" is a "{kind}"') as caught:
        measured(case)
    assert caught.value.code == "totals-not-additive"
