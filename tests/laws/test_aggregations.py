"""Laws of aggregations: order, parts and wholes, bounds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.strategies.measuring import (
    ADDITIVE,
    AGGREGATIONS,
    DAYS,
    JUNE,
    START,
    Data,
    events,
    instants,
    moderate,
    quantity,
    readable_data,
)

from planql.metering.events import UsageEvent
from planql.metering.spans import Span

aggregations = st.sampled_from(AGGREGATIONS)
COUNT, SUM, MAX, MIN, AVG, LATEST, UNIQUE, WEIGHTED = AGGREGATIONS


def carrying(aggregation: Data) -> Data:
    """The same aggregation, opened with what came before."""
    return {**aggregation, "carry_over": True}


def whole(aggregation: Data, happened: Sequence[UsageEvent], span: Span = JUNE) -> Fraction:
    """A quantity that is there."""
    amount = quantity(aggregation, happened, span)
    assert amount is not None
    return amount


@moderate
@given(aggregations, events(), st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(
    aggregation: Data, happened: list[UsageEvent], random: Random
) -> None:
    """Events with distinct times give the same quantity in any order they come in."""
    shuffled = list(happened)
    random.shuffle(shuffled)
    assert quantity(aggregation, shuffled) == quantity(aggregation, happened)


@moderate
@given(st.sampled_from(ADDITIVE), events(), instants)
def test_count_and_sum_add_up_over_parts_of_a_period(
    aggregation: Data, happened: list[UsageEvent], cut: datetime
) -> None:
    """Wherever a period is cut in two, the parts add up to the whole."""
    parts = [Span(JUNE.start, cut), Span(cut, JUNE.end)]
    assert sum(whole(aggregation, happened, part) for part in parts) == whole(aggregation, happened)


@moderate
@given(st.sampled_from(ADDITIVE), events())
def test_count_and_sum_add_up_day_by_day(aggregation: Data, happened: list[UsageEvent]) -> None:
    """The days of a period add up to the period."""
    day = timedelta(days=1)
    days = [Span(START + day * number, START + day * (number + 1)) for number in range(DAYS)]
    assert sum(whole(aggregation, happened, one) for one in days) == whole(aggregation, happened)


def on(day: int, value: int, name: str = "a") -> UsageEvent:
    """An event at noon of a day of June."""
    time = START + timedelta(days=day - 1, hours=12)
    return UsageEvent(f"{day}-{value}", "usage", time, {"value": value, "name": name})


@pytest.mark.parametrize(
    ("aggregation", "parts", "total"),
    [
        (MAX, [3, 5], 5),
        (MIN, [3, 5], 3),
        (AVG, [3, 5], 4),
        (LATEST, [3, 5], 5),
        (UNIQUE, [1, 1], 1),
        (WEIGHTED, [Fraction(19, 20), Fraction(5, 4)], Fraction(59, 20) + Fraction(5, 4)),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_nothing_else_adds_up(aggregation: Data, parts: list[Fraction], total: Fraction) -> None:
    """3 at noon of 1 June and 5 of the 23rd, cut at the 11th: the parts are not the whole.

    Time-weighted, 3 stands for 29.5 of 30 days, 59/20; in the first part for 9.5, 19/20, and what
    it is worth after the cut is lost without carry-over. 5 stands for 7.5 days, 5/4, either way.
    """
    happened = [on(1, 3), on(23, 5)]
    cut = START + timedelta(days=10)
    spans = [Span(JUNE.start, cut), Span(cut, JUNE.end)]
    assert [quantity(aggregation, happened, span) for span in spans] == parts
    assert quantity(aggregation, happened) == total
    assert sum(parts) != total


@moderate
@given(events(), instants)
def test_what_is_carried_over_makes_weighted_parts_add_up(
    happened: list[UsageEvent], cut: datetime
) -> None:
    """With carry-over, and one denominator, the segments of a period sum to the period."""
    parts = [Span(JUNE.start, cut), Span(cut, JUNE.end)]
    aggregation = carrying(WEIGHTED)
    assert sum(whole(aggregation, happened, part) for part in parts) == whole(aggregation, happened)


@moderate
@given(events(), instants)
def test_what_is_carried_over_makes_the_last_part_as_unique_as_the_whole(
    happened: list[UsageEvent], cut: datetime
) -> None:
    """What is present at the end does not depend on where the period was cut."""
    last = Span(cut, JUNE.end)
    assert quantity(carrying(UNIQUE), happened, last) == quantity(carrying(UNIQUE), happened)


@moderate
@given(events())
def test_the_mean_and_the_latest_lie_between_the_least_and_the_greatest(
    happened: list[UsageEvent],
) -> None:
    """And all four have a value, or none has."""
    least, mean, last, greatest = (quantity(kind, happened) for kind in (MIN, AVG, LATEST, MAX))
    if least is None or mean is None or last is None or greatest is None:
        assert happened == []
        assert (least, mean, last, greatest) == (None, None, None, None)
    else:
        assert least <= mean <= greatest
        assert least <= last <= greatest


@moderate
@given(events())
def test_the_mean_times_the_count_is_the_sum(happened: list[UsageEvent]) -> None:
    """Exactly, since nothing is rounded."""
    mean = quantity(AVG, happened)
    assert (mean or 0) * whole(COUNT, happened) == whole(SUM, happened)


@moderate
@given(events(readable_data(st.integers(0, 10**6))))
def test_a_weighted_sum_of_additions_is_at_most_their_sum(happened: list[UsageEvent]) -> None:
    """What was added stands for the whole period at most."""
    assert 0 <= whole(WEIGHTED, happened) <= whole(SUM, happened)


@moderate
@given(events())
def test_there_are_at_most_as_many_unique_values_as_events(happened: list[UsageEvent]) -> None:
    """And never fewer than none, whatever is removed."""
    assert 0 <= whole(UNIQUE, happened) <= whole(COUNT, happened)


@moderate
@given(st.sampled_from([SUM, WEIGHTED]), events(), st.integers(-1000, 1000))
def test_sums_scale_with_their_values(
    aggregation: Data, happened: list[UsageEvent], factor: int
) -> None:
    """Values times a factor give the quantity times the factor, exactly."""
    scaled = [
        UsageEvent(one.id, one.type, one.time, {"value": one.data["value"] * factor})  # type: ignore[operator]  # a number
        for one in happened
    ]
    assert whole(aggregation, scaled) == whole(aggregation, happened) * factor
