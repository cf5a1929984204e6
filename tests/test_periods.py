"""Billing periods, local days and their first instants."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from planql.billing.period_requests import answer_periods
from planql.errors import InvalidInput
from planql.periods import Interval, IntervalUnit, Period, day_start, local_day, zone

FOLDER = Path(__file__).resolve().parent / "cases" / "periods"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))["cases"]
]


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = dict(answer_periods(request))
    except InvalidInput as error:
        return {"error": {"code": error.code, "pointer": error.pointer}}
    for period in answer["periods"]:
        days = date.fromisoformat(period["end"]) - date.fromisoformat(period["start"])
        assert period.pop("days") == days.days
    return answer


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    """The periods are those worked out by hand."""
    assert _answer(case["input"]) == case["expected"], case["because"]


@pytest.mark.parametrize(
    ("zone_name", "day", "instant"),
    [
        ("UTC", date(2026, 4, 1), datetime(2026, 4, 1, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 4, 1), datetime(2026, 3, 31, 22, tzinfo=UTC)),
        # Clocks went from 0:00 to 1:00: the day began at 1:00.
        ("America/Sao_Paulo", date(2018, 11, 4), datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # Clocks went from 23:30 to 0:30: the day began at 0:30, half an hour after its midnight.
        ("America/Toronto", date(1919, 3, 31), datetime(1919, 3, 31, 4, 30, tzinfo=UTC)),
        # Clocks went from 1:00 back to 0:00: midnight came twice, the first one counts.
        ("America/Havana", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        # Samoa skipped 30 December 2011: it has no instant, and starts with the day after.
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_first_instant_of_a_day(zone_name: str, day: date, instant: datetime) -> None:
    """A local day starts at its first instant, whatever the clocks do at midnight."""
    assert day_start(day, zone(zone_name)) == instant


def test_local_day_of_the_first_instant() -> None:
    """The instant before a day's first one is the day before."""
    start = day_start(date(2026, 3, 29), zone("Europe/Berlin"))
    assert local_day(start, zone("Europe/Berlin")) == date(2026, 3, 29)
    assert local_day(start.replace(day=28), zone("Europe/Berlin")) == date(2026, 3, 28 + 1)


def test_a_period_counts_days() -> None:
    """A period is as many days long as lie between its bounds."""
    assert Period(date(2024, 2, 1), date(2024, 3, 1)).days == 29


def test_years_before_the_first() -> None:
    """Cycles before the year 1 are refused, as those after 9999 are."""
    with pytest.raises(InvalidInput, match="leave the years"):
        Interval(IntervalUnit.YEAR).after(date(1, 1, 1), -1)
