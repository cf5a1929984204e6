"""Laws of billing periods: they tile, for every anchor, interval and zone."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from planql.periods import (
    Grid,
    Interval,
    IntervalUnit,
    day_start,
    grid,
    list_periods,
    local_day,
    one_day_later,
)

moderate = settings(max_examples=200)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
intervals = st.builds(Interval, st.sampled_from(IntervalUnit), st.integers(1, 40))
grids = st.builds(Grid, days, intervals)
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@moderate
@given(grids, days)
def test_periods_tile(cycles: Grid, day: date) -> None:
    """Every period begins where the one before ends, and none is empty."""
    periods = list_periods(day, cycles, count=6)
    assert periods[0].start == day
    for before, after in itertools.pairwise(periods):
        assert before.end == after.start
    assert all(period.days > 0 for period in periods)


@moderate
@given(grids, days)
def test_a_day_is_in_its_period(cycles: Grid, day: date) -> None:
    """The period of a day holds it, and it is the period of each of its days."""
    period = cycles.period_of(day)
    assert period.start <= day < period.end
    assert cycles.period_of(period.end - timedelta(days=1)) == period
    assert cycles.starts_on(period.end)


@moderate
@given(grids, st.integers(-30, 30))
def test_cycles_are_not_chained(cycles: Grid, number: int) -> None:
    """Cycle n starts at the anchor plus n intervals, whichever day is asked."""
    start = cycles.interval.after(cycles.origin, number)
    assert cycles.period_of(start).start == start
    assert cycles.interval.cycles_between(cycles.origin, start) == number


@moderate
@given(days, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_calendar_months_are_those_of_every_year(day: date, count: int) -> None:
    """A calendar's periods that divide a year start on the first of the same months."""
    cycles = grid(day, Interval(IntervalUnit.MONTH, count), "calendar")
    start = cycles.period_of(day).start
    assert start.day == 1
    assert (start.month - 1) % count == 0


@moderate
@given(days, zones)
def test_days_tile_the_instants_of_a_zone(day: date, time_zone: ZoneInfo) -> None:
    """The first instant of a day belongs to it, the instant before does not."""
    start = day_start(day, time_zone)
    assert start.tzinfo is UTC
    assert day_start(one_day_later(day), time_zone) >= start
    assert local_day(start, time_zone) >= day
    assert local_day(start - timedelta(microseconds=1), time_zone) < day


@moderate
@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), zones)  # noqa: DTZ001 - UTC below
def test_an_instant_is_after_the_start_of_its_day(naive: datetime, time_zone: ZoneInfo) -> None:
    """Every instant lies at or after the first instant of its local day."""
    instant = naive.replace(tzinfo=UTC)
    assert day_start(local_day(instant, time_zone), time_zone) <= instant
