"""Laws of assumed usage: what is spread is all there, whatever the range, the zone and the cut."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.strategies.measuring import AGGREGATIONS, JUNE, Data, charge_of, meter_of, moderate
from tests.metering.building import Day, assumed_total, each_day

from planql.catalog.scenarios import AssumedUsage, DailySeries, Level, MonthlyTotal
from planql.entity import read_entity
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage
from planql.money import round_half_away
from planql.periods import Period, day_start
from planql.simulation.assumptions import assumed_totals

ADDING: list[Data] = [each for each in AGGREGATIONS if each["type"] in ("count", "sum")]
UNIQUE, WEIGHTED = AGGREGATIONS[-2:]

zones = st.sampled_from(["UTC", "Europe/Berlin", "America/Santiago", "Pacific/Chatham"]).map(
    ZoneInfo
)
dates = st.dates(date(2023, 11, 1), date(2025, 3, 31))
totals = st.decimals(0, 10**6, places=3) | st.integers(0, 1000).map(Decimal)
growths = st.decimals(-60, 60, places=1)
weights = st.lists(st.sampled_from(["0", "0.2", "1", "2.5"]), min_size=7, max_size=7).filter(
    lambda week: any(weight != "0" for weight in week)
)
weeks = st.none() | weights


def monthly(total: Decimal, growth: Decimal, week: list[str] | None) -> MonthlyTotal:
    """A total per month."""
    members = {"type": "monthly", "total": f"{total:f}", "growth_percentage": f"{growth:f}"}
    return read_entity(MonthlyTotal, members | ({} if week is None else {"weekdays": week}))


def level(quantity: Decimal) -> Level:
    """The same on every day."""
    return read_entity(Level, {"type": "level", "quantity": f"{quantity:f}"})


growing = st.builds(monthly, totals, growths, weeks)
steady = st.builds(monthly, totals, st.just(Decimal(0)), weeks)
levels = st.builds(level, totals)
ranges = st.builds(
    lambda day, length: Period(day, day + timedelta(days=length)), dates, st.integers(0, 200)
)


def months_from(day: date, count: int) -> Period:
    """The whole calendar months from that of `day` on."""
    months = day.year * 12 + day.month - 1 + count
    return Period(day.replace(day=1), date(months // 12, months % 12 + 1, 1))


def spread(
    quantity: MonthlyTotal | DailySeries | Level, days: Period, time_zone: ZoneInfo | None = None
) -> list[Day]:
    """The days of usage of meter "m"."""
    return list(each_day(assumed(quantity, days, time_zone or ZoneInfo("UTC"))))


def assumed(
    quantity: MonthlyTotal | DailySeries | Level, days: Period, time_zone: ZoneInfo
) -> tuple[DailyTotals, ...]:
    """Usage of meter "m"."""
    return assumed_totals([AssumedUsage(meter="m", quantity=quantity)], days, time_zone)


def decimals(number: Decimal) -> int:
    """How many decimals it is written with."""
    return len(f"{number:f}".partition(".")[2])


@moderate
@given(growing, dates, st.integers(1, 5), zones)
def test_every_month_sums_to_its_total(
    quantity: MonthlyTotal, day: date, count: int, time_zone: ZoneInfo
) -> None:
    """Exactly, whatever the shape of a week: the total, grown and rounded once."""
    by_month: dict[int, Fraction] = dict.fromkeys(range(count), Fraction(0))
    for each in spread(quantity, months_from(day, count), time_zone):
        number = (each.date.year - day.year) * 12 + each.date.month - day.month
        by_month[number] += each.quantity
    total, ratio = Fraction(quantity.total), 1 + Fraction(quantity.growth_percentage) / 100
    assert by_month == {
        number: round_half_away(total * ratio**number, decimals(quantity.total))
        for number in range(count)
    }


@moderate
@given(growing, ranges)
def test_days_are_never_negative_and_keep_the_decimals(
    quantity: MonthlyTotal, days: Period
) -> None:
    """Whole units stay whole; nothing is taken back on one day to be given on another."""
    for each in spread(quantity, days):
        assert each.quantity >= 0
        assert (each.quantity * 10 ** decimals(quantity.total)).denominator == 1


@moderate
@given(steady, dates)
def test_a_day_is_within_a_unit_of_its_share(quantity: MonthlyTotal, day: date) -> None:
    """Without growth and shape that is even; a weekday of weight 0 has nothing at all."""
    found = spread(quantity, months_from(day, 1))
    week = [Fraction(weight) for weight in quantity.weekdays or [Decimal(1)] * 7]
    whole = sum(week[each.date.weekday()] for each in found)
    for each in found:
        weight = week[each.date.weekday()]
        share = Fraction(quantity.total) * weight / whole
        assert abs(each.quantity - share) <= Fraction(1, 10 ** decimals(quantity.total))
        assert weight or not each.quantity


@moderate
@given(steady | levels, ranges, st.integers(0, 200))
def test_splitting_a_range_at_any_day_gives_the_same_days(
    quantity: MonthlyTotal | Level, days: Period, after: int
) -> None:
    """Without growth a day does not depend on the range it is asked in."""
    cut = min(days.start + timedelta(days=after), days.end)
    parts = spread(quantity, Period(days.start, cut)) + spread(quantity, Period(cut, days.end))
    assert parts == spread(quantity, days)


@moderate
@given(growing, ranges, st.integers(0, 200))
def test_a_longer_range_changes_no_day(quantity: MonthlyTotal, days: Period, more: int) -> None:
    """What is asked for later does not move what came before, grown or not."""
    short = spread(quantity, days)
    longer = Period(days.start, days.end + timedelta(days=more))
    assert spread(quantity, longer)[: len(short)] == short


@moderate
@given(st.lists(totals, min_size=1, max_size=40), ranges)
def test_a_series_is_what_it_lists(listed: list[Decimal], days: Period) -> None:
    """Day by day from the first one on, cut at the range's end."""
    found = spread(DailySeries(type="daily", quantities=tuple(listed)), days)
    assert [each.quantity for each in found] == [Fraction(one) for one in listed[: days.days]]
    assert [(each.date - days.start).days for each in found] == list(range(len(found)))


@moderate
@given(
    st.sampled_from([*ADDING, UNIQUE, WEIGHTED]),
    st.lists(st.tuples(st.integers(0, 29), totals), max_size=8),
    st.integers(0, 30 * 86_400_000_000),
)
def test_assumed_days_add_up_over_parts_of_a_period(
    aggregation: Data, days: list[tuple[int, Decimal]], cut_after: int
) -> None:
    """Wherever it is cut: a day counts where it begins, or by the seconds in each part."""
    cut = JUNE.start + timedelta(microseconds=cut_after)
    usage = Usage((), assumed_days(days))
    quantities = [
        measure(charge_of(), meter_of(aggregation), usage, span, JUNE).groups[0].quantity or 0
        for span in (JUNE, Span(JUNE.start, cut), Span(cut, JUNE.end))
    ]
    assert quantities[0] == quantities[1] + quantities[2]


@moderate
@given(st.lists(st.tuples(st.integers(0, 29), totals), min_size=1, max_size=8))
def test_the_mean_and_the_last_day_lie_between_the_least_and_the_greatest(
    days: list[tuple[int, Decimal]],
) -> None:
    """And none of them is invented: least, last and greatest are days."""
    usage = Usage((), assumed_days(days))
    found = {
        kind: measure(charge_of(), meter_of({"type": kind, "property": "value"}), usage, JUNE, JUNE)
        .groups[0]
        .quantity
        for kind in ("min", "avg", "latest", "max")
    }
    listed = [Fraction(number) for _, number in days]
    assert found["min"] == min(listed)
    assert found["max"] == max(listed)
    assert found["avg"] == sum(listed) / len(listed)
    assert found["latest"] in listed


@moderate
@given(growing, dates, zones)
def test_a_month_measures_its_total(quantity: MonthlyTotal, day: date, time_zone: ZoneInfo) -> None:
    """From the local midnight that opens it to the one that ends it, in any zone."""
    days = months_from(day, 1)
    usage = Usage((), assumed(quantity, days, time_zone), time_zone)
    span = Span(day_start(days.start, time_zone), day_start(days.end, time_zone))
    measured = measure(charge_of(), meter_of({"type": "count"}), usage, span, span)
    assert measured.groups[0].quantity == Fraction(quantity.total)


def assumed_days(days: list[tuple[int, Decimal]]) -> list[DailyTotals]:
    """Assumed totals of days of June."""
    return [
        assumed_total(str(date(2026, 6, 1) + timedelta(days=day)), str(number))
        for day, number in days
    ]
