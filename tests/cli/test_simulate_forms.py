"""`planql simulate` as JSON, CSV and charts, on standard output and in files."""

import csv
import io
import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.simulate_runs import CALLS_PER_MONTH, OCTOBER, document, simulate

from planql.cli.outputs import drawing_library

pytestmark = pytest.mark.usefixtures("folder")

ROOT = Path(__file__).resolve().parent.parent.parent


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
        "source": "catalog/rate-plans/basic/v1.json:1",
    }


def test_csv_says_why_a_cost_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    """Calls have no cost in euros: the line of each day is without a cost, and says why."""
    assert simulate("--plan", "euro@1", *CALLS_PER_MONTH, *OCTOBER, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    fee, calls = rows[0], rows[31]
    assert [fee["cost"], fee["margin"], fee["missing"]] == ["", "1", ""]
    assert [calls["cost"], calls["margin"]] == ["", ""]
    assert 'no unit cost in "EUR"' in calls["missing"]


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
