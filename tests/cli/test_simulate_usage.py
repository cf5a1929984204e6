"""The usage of `planql simulate`: recorded, by the day, by the week, on a level."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.simulate_runs import OCTOBER, document, simulate

from planql.metering.events import parse_event
from planql.stores.customers import create_customer
from planql.stores.database import open_database
from planql.stores.usage import record_events

pytestmark = pytest.mark.usefixtures("folder")

EVENT = {"id": "1", "type": "call", "data": {"n": 60}}


def events(*subjects: str) -> str:
    """A file with an event of 60 calls of each subject, on the 1st, 2nd ... of October."""
    texts = [
        json.dumps(
            {**EVENT, "id": str(day), "subject": subject, "time": f"2026-10-0{day}T12:00:00Z"}
        )
        for day, subject in enumerate(subjects, start=1)
    ]
    Path("events.jsonl").write_text("\n".join(texts), encoding="utf-8")
    return "events.jsonl"


def test_recorded_usage_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """180 calls in October are 31.00 + 80 x 0.50; the range is the month in which they were."""
    file = events("acme", "acme", "acme")
    found = document(capsys, "--plan", "basic@1", "--usage", file)
    assert (found["start"], found["end"]) == ("2026-10-01", "2026-11-01")
    assert found["runs"][0]["scenario"] == "acme"
    assert found["runs"][0]["totals"][0]["revenue"] == "71"


def test_recorded_usage_of_one_of_several(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a file of several customers one is named, and what cannot be read is counted."""
    file = events("acme", "zeta", "acme")
    with Path(file).open("a") as lines_:
        lines_.write("\nnonsense\n")
    assert simulate("--plan", "basic@1", "--usage", file, "--customer", "acme", *OCTOBER) == 0
    shown = capsys.readouterr().out
    assert "Basic (basic@1), acme" in shown
    assert "1 line of the file could not be read as events" in shown
    assert simulate("--plan", "basic@1", "--usage", file) == 2
    assert 'the events are of 2 customers: "acme", "zeta"' in capsys.readouterr().err
    assert simulate("--plan", "basic@1", "--usage", file, "--customer", "acmee") == 2
    assert 'did you mean "acme"?' in capsys.readouterr().err


def test_a_file_without_events(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody used anything: only the fee is earned, in the range that is named."""
    Path("none.jsonl").write_text("")
    found = document(capsys, "--plan", "basic@1", "--usage", "none.jsonl", *OCTOBER)
    assert found["runs"][0]["totals"][0]["revenue"] == "31"
    assert (
        simulate("--plan", "basic@1", "--usage", "none.jsonl", "--as-of", "2026-10-09T00:00:00Z")
        == 0
    )


def test_recorded_usage_of_the_database(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a customer used, by either database, in the customer's zone: 180 calls are 71.00."""
    events("acme", "acme", "acme")
    parsed = [parse_event(line) for line in Path("events.jsonl").read_bytes().splitlines()]
    database = open_database(database_url)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    customer = {"key": "acme", "time_zone": "Europe/Berlin"}
    create_customer(database, "acme", json.dumps(customer), now)
    record_events(database, parsed, now)
    database.close()
    store = ["--store", database_url]
    found = document(capsys, "--plan", "basic@1", "--customer", "acme", *store, "--customers", "2")
    assert found["runs"][0]["totals"][0]["revenue"] == "142"
    assert simulate("--plan", "basic@1", "--customer", "nobody", *store) == 2
    assert "nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("series", "content"),
    [
        ("10,20,30", ""),
        ("days.csv", "day,calls\n2026-10-01,10\n2026-10-02,20\n\n2026-10-03,30\n"),
        ("days.csv", "10\n20\n30\n"),
        ("days.json", '[10, "20", 30.0]'),
    ],
)
def test_daily_series(capsys: pytest.CaptureFixture[str], series: str, content: str) -> None:
    """A series is a list, the last column of a CSV file, or a JSON list."""
    if content:
        Path(series).write_text(content)
    options = ["--plan", "basic@1", "--daily", f"calls={series}", *OCTOBER, "--charge", "calls"]
    days = document(capsys, *options)["runs"][0]["rows"][0]["days"]
    assert [day["quantity"] for day in days[:4]] == ["10", "20", "30", "0"]


def test_weekdays(capsys: pytest.CaptureFixture[str]) -> None:
    """October 2026 begins on a Thursday and has 22 working days: 440 calls are 20 on each."""
    options = ["--plan", "basic@1", "--usage-per-month", "calls=440", "--weekdays", "1,1,1,1,1,0,0"]
    days = document(capsys, *options, *OCTOBER)["runs"][0]["rows"][1]["days"]
    assert [day["quantity"] for day in days[:5]] == ["20", "20", "0", "0", "20"]


def test_a_level(capsys: pytest.CaptureFixture[str]) -> None:
    """A level stands every day, and a sum meter adds it up: 31 x 10."""
    options = ["--plan", "basic@1", "--level", "calls=10", *OCTOBER]
    assert document(capsys, *options)["runs"][0]["rows"][1]["quantity"] == "310"


def test_event_values_and_properties(capsys: pytest.CaptureFixture[str]) -> None:
    """100 dollars in payments of 40, 40 and 20 are 2 % and 3 x 1: 5.00."""
    options = ["--plan", "share", "--daily", "payments=100", "--event-value", "payments=40"]
    said = ["--property", "payments.currency=USD", "--property", "payments.days=45"]
    found = document(capsys, *options, *said, *OCTOBER)
    assert found["runs"][0]["totals"][0]["revenue"] == "5"
