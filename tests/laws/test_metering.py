"""Laws of metering: identity, nothing lost, parts and wholes of usage."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.strategies.measuring import (
    ADDITIVE,
    AGGREGATIONS,
    JUNE,
    Data,
    all_parts,
    any_part,
    charge_of,
    condition,
    events,
    measured,
    moderate,
    quantity,
    readable_data,
    scalars,
    values,
)

from planql.catalog.meters import QuantityRounding
from planql.charge_models.scales import scaled_quantity
from planql.metering.events import UsageEvent, parse_events
from planql.metering.measured import Measured
from planql.metering.rounding import round_quantity
from planql.metering.usage import DailyTotals

aggregations = st.sampled_from(AGGREGATIONS)
additive = st.sampled_from(ADDITIVE)


def total(outcome: Measured) -> Fraction:
    """What the groups of a count or a sum add up to."""
    return sum((group.quantity or Fraction(0) for group in outcome.groups), Fraction(0))


@moderate
@given(aggregations, events(), st.data())
def test_duplicates_never_change_a_quantity(
    aggregation: Data, happened: list[UsageEvent], choice: st.DataObject
) -> None:
    """Recording events again, with whatever time and data, measures the same."""
    if not happened:
        return
    again = choice.draw(st.lists(st.sampled_from(happened), max_size=6))
    changed = [
        UsageEvent(one.id, one.type, one.time + timedelta(days=1), {"value": 10**9, "name": "z"})
        for one in again
    ]
    assert measured(aggregation, [*happened, *again, *changed]) == measured(aggregation, happened)


@moderate
@given(aggregations, events(), events())
def test_what_lies_outside_the_period_or_is_of_another_type_does_not_matter(
    aggregation: Data, happened: list[UsageEvent], others: list[UsageEvent]
) -> None:
    """Without carry-over, only events of the meter's type in the period count."""
    month = timedelta(days=30)
    strangers = [
        *(UsageEvent(f"before-{one.id}", "usage", one.time - month, one.data) for one in others),
        *(UsageEvent(f"after-{one.id}", "usage", one.time + month, one.data) for one in others),
        *(UsageEvent(f"type-{one.id}", "other", one.time, one.data) for one in others),
    ]
    assert measured(aggregation, [*strangers, *happened]) == measured(aggregation, happened)


@moderate
@given(additive, events())
def test_groups_sum_to_the_whole(aggregation: Data, happened: list[UsageEvent]) -> None:
    """Splitting usage by a property loses nothing and counts nothing twice."""
    split = measured(aggregation, happened, charge=charge_of(group_by=["region"]))
    assert total(split) == total(measured(aggregation, happened))


@moderate
@given(additive, events(), st.sampled_from(["eq", "in", "gt", "contains"]), scalars)
def test_a_filter_its_negation_and_what_is_missing_sum_to_the_whole(
    aggregation: Data, happened: list[UsageEvent], operator: str, wanted: object
) -> None:
    """Events that match, events that do not, and events without the property: all of them."""
    yes = condition("region", operator, [wanted] if operator == "in" else wanted)
    present = condition("region", "exists")
    matching = total(measured(aggregation, happened, charge=charge_of(yes)))
    there = total(measured(aggregation, happened, charge=charge_of(present)))
    both = total(measured(aggregation, happened, charge=charge_of(all_parts([yes, present]))))
    either = total(measured(aggregation, happened, charge=charge_of(any_part([yes, present]))))
    assert matching == both
    assert there == either
    missing = [one for one in happened if one.data["region"] is None]
    assert there + total(measured(aggregation, missing)) == total(measured(aggregation, happened))


@moderate
@given(additive, events(), st.lists(scalars, min_size=1, max_size=3))
def test_in_and_not_in_share_out_what_has_the_property(
    aggregation: Data, happened: list[UsageEvent], wanted: list[object]
) -> None:
    """What is in a list and what is not sum to what has the property at all."""
    parts = [
        total(measured(aggregation, happened, charge=charge_of(condition("region", name, wanted))))
        for name in ("in", "not_in")
    ]
    present = charge_of(condition("region", "exists"))
    assert sum(parts) == total(measured(aggregation, happened, charge=present))


@moderate
@given(additive, events())
def test_daily_totals_measure_what_their_events_do(
    aggregation: Data, happened: list[UsageEvent]
) -> None:
    """Events summed per day elsewhere give the same quantity as the events."""
    days: dict[date, list[UsageEvent]] = defaultdict(list)
    for one in happened:
        days[one.time.date()].append(one)
    totals = [
        DailyTotals("m", (day,), (scaled_quantity(quantity(aggregation, of_day) or 0),))
        for day, of_day in days.items()
    ]
    assert measured(aggregation, [], totals=totals) == measured(aggregation, happened)


@moderate
@given(aggregations, events(readable_data(values | st.none())))
def test_every_event_counts_or_is_listed(aggregation: Data, happened: list[UsageEvent]) -> None:
    """Nothing is dropped in silence: what is not rejected measures the same without the rest."""
    outcome = measured(aggregation, happened)
    listed = {event.id for event in outcome.rejected}
    good = [one for one in happened if one.id not in listed]
    clean = measured(aggregation, good)
    assert clean.groups == outcome.groups
    assert clean.rejected == ()
    assert len(outcome.rejected) + len(good) == len(happened)


@moderate
@given(
    st.fractions(-(10**6), 10**6),
    st.sampled_from(["up", "down", "half_up"]),
    st.integers(-3, 4),
)
def test_rounding_moves_by_less_than_a_step_and_only_once(
    amount: Fraction, mode: str, digits: int
) -> None:
    """A rounded quantity is a multiple of the step, near, on the right side, and stays."""
    rounding = QuantityRounding.model_validate({"mode": mode, "digits": digits})
    rounded = round_quantity(amount, rounding)
    step = Fraction(10) ** -digits
    assert (rounded / step).denominator == 1
    assert abs(rounded - amount) < step
    assert mode != "up" or rounded >= amount
    assert mode != "down" or rounded <= amount
    assert mode != "half_up" or abs(rounded - amount) <= step / 2
    assert round_quantity(rounded, rounding) == rounded


@moderate
@given(st.decimals(allow_nan=False, allow_infinity=False, places=30, min_value=-1, max_value=1))
def test_numbers_survive_reading_to_the_digit(number: Decimal) -> None:
    """Whether written plainly, with an exponent or as text, an event's number is exact."""
    forms = [f"{number:f}", f"{number:e}", f'"{number:f}"']
    lines = [
        f'{{"id": "{place}", "type": "usage", "time": "2026-06-02T00:00:00Z", '
        f'"data": {{"value": {form}}}}}'
        for place, form in enumerate(forms)
    ]
    parsed = parse_events("\n".join(lines))
    assert parsed.bad == ()
    aggregation: Data = {"type": "sum", "property": "value"}
    outcome = measured(aggregation, parsed.events, JUNE)
    assert outcome.rejected == ()
    assert total(outcome) == 3 * Fraction(number)
