"""A customer's usage, made ready to be measured."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.metering.building import JUNE, charge_of, each_day, event, meter_of, span, total

from planql.metering.events import UsageEvent
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage

JULY = datetime(2026, 7, 1, tzinfo=UTC)


def test_repeated_events_are_reported_and_only_the_first_is_there() -> None:
    """Of events with one identity the first in input order counts; the others are duplicates."""
    first = event("1", "2026-06-05T00:00:00Z", {"value": 1})
    again = event("1", "2026-06-02T00:00:00Z", {"value": 2})
    usage = Usage([first, again])
    assert usage.duplicates == (again,)
    assert list(usage.inside("usage", span(JUNE))) == [first]


def test_the_same_event_object_given_twice_is_a_duplicate() -> None:
    """Identity is source and id, not the object."""
    once = event("1", "2026-06-05T00:00:00Z", {})
    usage = Usage([once, once])
    assert usage.duplicates == (once,)
    assert list(usage.inside("usage", span(JUNE))) == [once]


def test_the_same_id_of_two_sources_is_two_events() -> None:
    """Only source and id together are an identity."""
    time = datetime(2026, 6, 5, tzinfo=UTC)
    events = [UsageEvent("1", "usage", time, source=source) for source in ("a", "b")]
    usage = Usage(events)
    assert usage.duplicates == ()
    assert list(usage.inside("usage", span(JUNE))) == events


def test_events_come_by_time_and_ties_in_input_order() -> None:
    """Sorting is stable, so that what came in later wins a tie of `latest`."""
    late = event("late", "2026-06-20T00:00:00Z", {})
    tie = event("tie", "2026-06-10T02:00:00+02:00", {})
    early = event("early", "2026-06-10T00:00:00Z", {})
    usage = Usage([late, tie, early])
    assert list(usage.inside("usage", span(JUNE))) == [tie, early, late]


def test_inside_is_half_open_and_before_is_what_came_earlier() -> None:
    """The start is inside, the end is not; `before` holds nothing of the span."""
    times = ["2026-05-31T23:59:59.999999Z", *JUNE]
    events = [event(time, time, {}) for time in times]
    usage = Usage(events)
    assert list(usage.inside("usage", span(JUNE))) == [events[1]]
    assert list(usage.before("usage", span(JUNE))) == [events[0]]
    assert list(usage.inside("other", span(JUNE))) == []
    assert list(usage.before("other", span(JUNE))) == []


def test_totals_count_on_the_local_day_of_the_customer() -> None:
    """A date is the day that begins at midnight in the customer's zone."""
    tokyo = ZoneInfo("Asia/Tokyo")
    first = total("2026-06-01", "1")
    usage = Usage([], [first], tokyo)
    assert inside(usage, Span(datetime(2026, 6, 1, tzinfo=tokyo), JULY)) == [first]
    assert inside(usage, Span(datetime(2026, 6, 1, tzinfo=UTC), JULY)) == []


def test_a_total_of_the_last_day_of_all_can_be_kept() -> None:
    """The calendar has no day after it; it lies in no period that can be billed."""
    last = total("9999-12-31", "1")
    assert inside(Usage([], [last]), span(JUNE)) == []


def test_totals_come_by_day_and_ties_in_input_order() -> None:
    """Whatever the order they are given in."""
    days = [(date(2026, 6, day), Fraction(number)) for number, day in enumerate((20, 3, 3, 1))]
    usage = Usage([], [total(str(day), str(quantity)) for day, quantity in days])
    found = list(each_day(inside(usage, span(JUNE))))
    assert found == [days[3], days[1], days[2], days[0]]
    assert inside(usage, span(JUNE), "other") == []


def test_a_total_may_say_what_its_events_would() -> None:
    """A charge's filter is asked about the data of any total, assumed or not."""
    charge = charge_of({"filter": {"property": "region", "operator": "eq", "value": "eu"}})
    totals = [
        total("2026-06-01", quantity, {"region": region})
        for region, quantity in (("eu", "4"), ("us", "8"))
    ]
    meter = meter_of({"aggregation": {"type": "count"}})
    measured = measure(charge, meter, Usage([], totals), span(JUNE), span(JUNE))
    assert measured.groups[0].quantity == Fraction(4)


def inside(usage: Usage, during: Span, meter: str = "m") -> list[DailyTotals]:
    """The totals of a meter that begin in a span."""
    return [placed.totals for placed in usage.totals_of(meter).inside(during)]
