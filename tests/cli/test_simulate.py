"""`planql simulate` over days, as a user runs it."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.tiny_prices import CALLS, DEARER, FEE, PLAN, write, write_catalog

from planql.cli.main import main
from planql.cli.outputs import drawing_library
from planql.metering.events import parse_event
from planql.stores.customers import create_customer
from planql.stores.database import open_database
from planql.stores.usage import record_events

ROOT = Path(__file__).resolve().parent.parent.parent
OCTOBER = ("--month", "2026-10")
CALLS_PER_MONTH = ("--usage-per-month", "calls=310")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the small catalog."""
    write_catalog(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def simulate(*options: str) -> int:
    """Run the command; the exit code."""
    return main(["simulate", *options])


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines printed, blanks made single."""
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def document(capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """What the command answers as JSON."""
    assert simulate(*options, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_plan_under_a_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures are for all customers of the scenario: 2 x (31.00 + 105.00), 2 x 31.00 of cost."""
    assert simulate("--plan", "basic@1", "--scenario", "small", *OCTOBER) == 0
    shown = lines(capsys)
    assert "Basic (basic@1), Small, 2 customers" in shown
    assert "2026-10-01 to 2026-10-31, USD, accrual" in shown
    assert "2026-10-01 2026-10-31 272.00 62.00 210.00 77.2" in shown
    assert "Fee 62.00 62.00 100.0" in shown
    assert "Calls 620 210.00 62.00 148.00 70.5" in shown
    assert "total 272.00 62.00 210.00 77.2" in shown


def test_days(capsys: pytest.CaptureFixture[str]) -> None:
    """The first 100 calls are included: on the 11th day 10 calls earn 5.00 and cost 1.00."""
    options = ["--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER, "--charge", "calls"]
    assert simulate(*options, "--daily-rows") == 0
    shown = lines(capsys)
    assert "2026-10-10 10 100 0.00 1.00 -1.00 –" in shown  # noqa: RUF001 - as printed
    assert "2026-10-11 10 110 5.00 1.00 4.00 80.0" in shown
    assert not any(line.startswith("Fee") for line in shown)


def test_months(capsys: pytest.CaptureFixture[str]) -> None:
    """By month, rows are calendar months; growth of 10 % makes 341 calls of 310."""
    options = ["--plan", "basic@1", *CALLS_PER_MONTH, "--growth", "10", "--charge", "calls"]
    assert simulate(*options, "--from", "2026-10-01", "--to", "2026-12-01", "--by", "month") == 0
    shown = lines(capsys)
    assert "2026-10-01 2026-10-31 310 105.00 31.00 74.00 70.5" in shown
    assert "2026-11-01 2026-11-30 341 120.50 34.10 86.40 71.7" in shown


def test_a_fee_alone_has_no_quantity(capsys: pytest.CaptureFixture[str]) -> None:
    """A fee is not used up and has no unit cost, so that its table shows neither."""
    options = ["--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER, "--charge", "fee"]
    assert simulate(*options) == 0
    assert "2026-10-01 2026-10-31 31.00 31.00 100.0" in lines(capsys)


def test_billed(capsys: pytest.CaptureFixture[str]) -> None:
    """Billed, the fee in advance stands on its first day."""
    options = ["--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER, "--recognition", "billed"]
    found = document(capsys, *options, "--charge", "fee")
    days = found["runs"][0]["rows"][0]["days"]
    assert [day["revenue"] for day in days[:2]] == ["31", "0"]
    assert found["recognition"] == "billed"


def test_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    """Two versions and two ways of use are four rows; 0.60 instead of 0.50 is 126.00."""
    plans = ["--plan", "basic@1", "--plan", "basic@2"]
    assert simulate(*plans, "--scenario", "small", *CALLS_PER_MONTH, *OCTOBER) == 0
    shown = lines(capsys)[-4:]
    assert shown == [
        "basic@1 Small, 2 customers USD 272.00 62.00 210.00 77.2",
        "basic@1 As given USD 136.00 31.00 105.00 77.2",
        "basic@2 Small, 2 customers USD 314.00 62.00 252.00 80.3",
        "basic@2 As given USD 157.00 31.00 126.00 80.3",
    ]


def test_the_scenarios_of_a_plan_are_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is said, the scenarios for the plan are taken; without any, no usage."""
    found = document(
        capsys, "--plan", "basic@1", "--plan", "team", "--quantity", "seats=2", *OCTOBER
    )
    assert [run["scenario"] for run in found["runs"]] == ["small", "inline"]
    assert found["runs"][1]["name"] == "Without usage"
    assert found["runs"][1]["totals"][0]["revenue"] == "20"


def test_customers(capsys: pytest.CaptureFixture[str]) -> None:
    """`--customers` says how many there are, of a scenario, too."""
    found = document(capsys, "--plan", "basic@1", "--customers", "3", *OCTOBER)
    assert found["runs"][0]["totals"][0]["revenue"] == "408"


def test_the_version_in_force_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a version the one in force on the first day; of a plan of drafts the newest."""
    found = document(capsys, "--plan", "basic", "--plan", "idea", *OCTOBER)
    assert [run["plan"] for run in found["runs"]] == ["basic@1", "idea@1"]


def test_json_says_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """The document has every day, exact, and is as its schema says."""
    found = document(capsys, "--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER)
    schema = json.loads((ROOT / "schema" / "simulation.schema.json").read_text())
    Draft202012Validator(schema).validate(found)
    (run,) = found["runs"]
    assert (found["start"], found["end"]) == ("2026-10-01", "2026-11-01")
    assert (run["rate_plan"], run["version"], run["customers"]) == ("basic", 1, 1)
    assert [row["charge"] for row in run["rows"]] == ["fee", "calls"]
    assert run["rows"][1]["quantity"] == "310"
    day = run["rows"][1]["days"][10]
    assert day == {
        "date": "2026-10-11",
        "quantity": "10",
        "cumulative": "110",
        "revenue": "5",
        "cost": "1",
        "margin": "4",
    }
    assert run["periods"][0]["totals"][0]["margin"] == "105"
    assert run["notices"] == []


def test_csv_has_a_line_per_day_and_charge(capsys: pytest.CaptureFixture[str]) -> None:
    """31 days of 2 charges are 62 lines, which sum to the revenue."""
    assert simulate("--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 62
    assert sum(Fraction(row["revenue"]) for row in rows) == 136
    assert rows[0] == {
        "plan": "basic@1",
        "scenario": "inline",
        "customers": "1",
        "date": "2026-10-01",
        "charge": "fee",
        "name": "Fee",
        "kind": "recurring",
        "quantity": "1",
        "cumulative": "1",
        "currency": "USD",
        "revenue": "1.00",
        "cost": "",
        "margin": "1",
        "missing": "",
    }


def test_csv_says_why_a_cost_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    """Calls have no cost in euros: the line of each day is without a cost, and says why."""
    assert simulate("--plan", "euro@1", *CALLS_PER_MONTH, *OCTOBER, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    fee, calls = rows[0], rows[31]
    assert [fee["cost"], fee["margin"], fee["missing"]] == ["", "1", ""]
    assert [calls["cost"], calls["margin"]] == ["", ""]
    assert 'no unit cost in "EUR"' in calls["missing"]


def test_an_unknown_cost_has_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    """Calls have no cost in euros: a dash, and the reason below."""
    assert simulate("--plan", "euro", "--scenario", "big", *OCTOBER) == 0
    shown = lines(capsys)
    assert "total 1,531.00 – – –" in shown  # noqa: RUF001 - as printed
    assert any(line.startswith('cost –: cost "calls" has no unit cost') for line in shown)  # noqa: RUF001
    found = document(capsys, "--plan", "euro", "--scenario", "big", *OCTOBER)
    assert found["runs"][0]["totals"][0]["margin"] is None


def test_a_missed_guardrail_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """100 included calls of 130 leave 15.00 for a cost of 13.00: under 40 %, and exit code 0."""
    write(Path("cheap.json"), {**PLAN, "key": "cheap", "charges": [CALLS]})
    assert simulate("--draft", "cheap.json", "--usage-per-month", "calls=130", *OCTOBER) == 0
    assert any(line.startswith("warning: scenario") and "40" in line for line in lines(capsys))


def test_nothing_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan without the charge that is asked for earns and costs nothing."""
    options = ["--plan", "basic@1", "--plan", "team", "--quantity", "seats=1", *OCTOBER]
    assert simulate(*options, "--charge", "seats") == 0
    shown = lines(capsys)
    assert "Basic (basic@1), Small, 2 customers: nothing is earned, and nothing is spent." in shown
    assert "Seats 10.00 10.00 100.0" in shown


def test_a_draft_charge_takes_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    """A draft of the calls stands beside the plan as it is; a new charge is added to it."""
    schema = {"$schema": "charge.schema.json"}
    draft = str(write(Path("dearer.json"), {**schema, **DEARER}))
    found = document(capsys, "--plan", "basic@1", "--draft", draft, *CALLS_PER_MONTH, *OCTOBER)
    labels = [(run["plan"], run["totals"][0]["revenue"]) for run in found["runs"]]
    assert labels == [("basic@1", "136"), ("basic@1 (dearer.json)", "157")]
    extra = str(write(Path("extra.json"), {**FEE, "key": "extra"}))
    found = document(capsys, "--plan", "basic@1", "--draft", extra, *CALLS_PER_MONTH, *OCTOBER)
    assert found["runs"][1]["totals"][0]["revenue"] == "167"


def test_a_draft_charge_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A charge that is in no plan needs a currency, and nothing else: 210 x 0.60 = 126."""
    draft = str(write(Path("dearer.json"), DEARER))
    options = ["--draft", draft, "--currency", "USD", *CALLS_PER_MONTH, *OCTOBER]
    found = document(capsys, *options)
    assert found["runs"][0]["totals"][0]["revenue"] == "126"


def test_a_draft_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan that is in no catalog is simulated with the catalog's meters and costs."""
    draft = str(write(Path("new.json"), {**PLAN, "key": "new", "charges": [DEARER]}))
    found = document(capsys, "--draft", draft, *CALLS_PER_MONTH, *OCTOBER)
    assert found["runs"][0]["plan"] == "new@1 (new.json)"
    assert found["runs"][0]["totals"][0]["cost"] == "31"


def test_another_ref(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan as it was committed stands beside the plan on disk."""
    identity = {
        f"GIT_{who}_{what}": "t@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for arguments in (["init", "-q"], ["add", "catalog"], ["commit", "-q", "-m", "first"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **identity})  # noqa: S607
    write(folder / "catalog/rate-plans/basic/v1.json", {**PLAN, "charges": [FEE, DEARER]})
    options = ["--plan", "basic@1", "--plan", "HEAD:basic@1", *CALLS_PER_MONTH, *OCTOBER]
    found = document(capsys, *options)
    revenues = [(run["plan"], run["totals"][0]["revenue"]) for run in found["runs"]]
    assert revenues == [("basic@1", "157"), ("HEAD:basic@1", "136")]
    found = document(capsys, "--ref", "HEAD", "--plan", "basic@1", *CALLS_PER_MONTH, *OCTOBER)
    assert found["runs"][0]["totals"][0]["revenue"] == "136"


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


def test_recorded_usage_of_the_database(capsys: pytest.CaptureFixture[str]) -> None:
    """What a customer used, by the database, in the customer's zone: 180 calls are 71.00."""
    events("acme", "acme", "acme")
    parsed = [parse_event(line) for line in Path("events.jsonl").read_bytes().splitlines()]
    database = open_database("sqlite:///used.sqlite3")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    customer = {"key": "acme", "time_zone": "Europe/Berlin"}
    create_customer(database, "acme", json.dumps(customer), now)
    record_events(database, parsed, now)
    database.close()
    store = ["--store", "sqlite:///used.sqlite3"]
    found = document(capsys, "--plan", "basic@1", "--customer", "acme", *store, "--customers", "2")
    assert found["runs"][0]["totals"][0]["revenue"] == "142"
    assert simulate("--plan", "basic@1", "--customer", "nobody", *store) == 2
    assert "nobody" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_chart(form: str) -> None:
    """The name of the output file says what it is: an image of all runs."""
    options = ["--plan", "basic@1", "--plan", "basic@2", *CALLS_PER_MONTH, *OCTOBER]
    assert simulate(*options, "--output", f"chart.{form}") == 0
    drawn = Path(f"chart.{form}").read_bytes()
    if form == "png":
        assert drawn.startswith(b"\x89PNG")
    else:
        for text in (b"Basic (basic@1), Basic (basic@2)", b"basic@2 ", b"As given", b"$157.00"):
            assert text in drawn


def test_a_chart_of_months(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """By month, columns are months; an image goes to a pipe as it is."""
    options = ["--plan", "basic@1", *CALLS_PER_MONTH, "--from", "2026-10-01", "--by", "month"]
    assert simulate(*options, "--format", "svg") == 0
    assert b"Per month" in capsysbinary.readouterr().out


def test_no_png_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal is asked for a file instead."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert simulate("--plan", "basic@1", *OCTOBER, "--format", "png") == 2
    assert "--output is missing" in capsys.readouterr().err


def test_without_the_drawing_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where matplotlib is not installed, the message says how to install it."""
    for name in [
        name for name in sys.modules if name.startswith(("planql.charts", "planql.cli.rep"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert simulate("--plan", "basic@1", *OCTOBER, "--format", "svg") == 2
    assert "pip install 'planql[charts]'" in capsys.readouterr().err


def test_other_missing_modules_are_defects() -> None:
    """Only matplotlib is an extra; whatever else is missing is a defect."""
    with pytest.raises(ModuleNotFoundError), drawing_library():
        raise ModuleNotFoundError(name="babel")


@pytest.mark.parametrize(
    ("name", "start"), [("out.csv", "plan,"), ("out.json", "{"), ("out.txt", "Basic")]
)
def test_output_to_a_file(name: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--output` writes what would be printed, in the form of the file's name."""
    assert simulate("--plan", "basic@1", *OCTOBER, "--output", name) == 0
    assert Path(name).read_text(encoding="utf-8").startswith(start)
    assert capsys.readouterr().out == ""


def test_no_table_in_a_file_that_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    """A table is not written into what should be a document of another kind."""
    assert simulate("--plan", "basic@1", *OCTOBER, "--output", "out.PDF") == 2
    assert "charts are written as .svg and .png" in capsys.readouterr().err
    assert not Path("out.PDF").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--plan is missing"),
        (["--plan", "basi"], 'did you mean "basic"?'),
        (["--plan", "basic@7"], "its versions are 1, 2"),
        (["--plan", "basic@x"], 'no version after "@"'),
        (["--plan", "basic@1", "--scenario", "smal"], 'did you mean "small"?'),
        (["--plan", "basic@1", "--charge", "call"], 'did you mean "calls"?'),
        (["--plan", "basic@1", "--charge", "rent"], "there are fee, calls"),
        (["--plan", "basic@1", "--month", "2026-13"], '"2026-13" is not a month'),
        (["--plan", "basic@1", "--month", "2026-10", "--to", "2026-11-01"], "--month is a range"),
        (["--plan", "basic@1", "--from", "soon"], '"soon" is not a date'),
        (["--plan", "basic@1", "--from", "2026-10-01", "--to", "2026-10-01"], "the day after"),
        (["--plan", "basic@1", "--from", "2000-01-01", "--to", "2030-01-01"], "at most 3660"),
        (["--plan", "basic@1", "--usage-per-month", "call=3"], 'did you mean "calls"?'),
        (["--plan", "basic@1", "--usage-per-month", "calls"], "NAME=VALUE"),
        (["--plan", "basic@1", "--usage-per-month", "calls=x"], '"x" is not a plain decimal'),
        (["--plan", "basic@1", "--usage-per-month", "calls=-1"], '"-1" is below 0'),
        (["--plan", "basic@1", "--level", "calls=1", "--level", "calls=2"], "twice"),
        (["--plan", "basic@1", "--growth", "3"], "--growth is only for"),
        (["--plan", "basic@1", "--weekdays", "1,1,1,1,1,0,0"], "--weekdays is only for"),
        (["--plan", "basic@1", *CALLS_PER_MONTH, "--weekdays", "1,1"], "--weekdays 1,1,1"),
        (["--plan", "basic@1", "--event-value", "calls=1"], "of which no usage is given"),
        (["--plan", "basic@1", "--property", "calls=1"], "METER.NAME=VALUE"),
        (["--plan", "team"], "--quantity NAME=QUANTITY says how many"),
        (["--plan", "team", "--quantity", "seat=3"], 'did you mean "seats"?'),
        (["--plan", "basic@1", "--quantity", "x=3"], "declared: none"),
        (["--plan", "team", "--quantity", "seats=11"], "at most 10"),
        (["--plan", "share", "--usage-per-month", "payments=100"], "--event-value METER=QUANTITY"),
        (["--plan", "basic@1", "--discount", "gift"], "gift"),
        (["--plan", "basic@1", "--unit-cost", "3"], "--unit-cost is only for --curve"),
        (["--draft", "dearer.json"], "--currency is missing"),
        (["--draft", "dearer.json", "--currency", "usd"], "not an ISO 4217"),
        (["--draft", "catalog/meters/calls.json"], "neither a rate plan nor a charge"),
        (["--draft", "wrong.json", "--currency", "USD"], '"wrong.json" is not a draft'),
        (["--draft", "list.json"], "neither a rate plan nor a charge"),
        (["--plan", "basic@1", "--usage", "dearer.json", "--scenario", "small"], "recorded usage"),
        (["--plan", "basic@1", "--daily", "calls=list.json"], "not a JSON list of quantities"),
        (["--plan", "basic@1", "--daily", "calls=broken.json"], "is not JSON"),
        (["--plan", "basic@1", "--daily", "calls=missing.csv"], "missing.csv"),
    ],
)  # fmt: skip
def test_wrong_use_is_said(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    """What is missing or wrong is named with a way out, without a traceback, and exit code 2."""
    write(Path("dearer.json"), DEARER)
    write(Path("wrong.json"), {**DEARER, "model": {"type": "per_unit", "unit_amount": 1}})
    write(Path("list.json"), [{"a": 1}])
    Path("broken.json").write_text("[1,")
    assert simulate(*options) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert message in shown
    assert "defect" not in shown


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


def test_twelve_months_are_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a range, 12 months from the first of the month of `--as-of`."""
    found = document(capsys, "--plan", "basic@1", "--as-of", "2026-10-20T00:00:00Z")
    assert (found["start"], found["end"]) == ("2026-10-01", "2027-10-01")
