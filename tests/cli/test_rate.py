"""`planql rate`, as a user runs it."""

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from planql.cli.main import main

CHARGES = [
    {
        "key": "fee",
        "name": "Fee",
        "type": "recurring",
        "model": {"type": "flat", "amount": "99.00"},
    },
    {
        "key": "seats",
        "name": "Seats",
        "type": "recurring",
        "quantity": {"name": "seats", "minimum": "1", "maximum": "10"},
        "model": {"type": "per_unit", "unit_amount": "10.00"},
    },
    {
        "key": "calls",
        "name": "Calls",
        "type": "usage",
        "meter": "calls",
        "included_units": "10",
        "model": {"type": "per_unit", "unit_amount": "0.50"},
    },
]
METER = {
    "key": "calls",
    "name": "Calls",
    "event": "call",
    "aggregation": {"type": "sum", "property": "n"},
    "unit": "call",
}
PLAN = {
    "key": "basic",
    "status": "published",
    "product": "api",
    "name": "Basic",
    "currency": "USD",
    "billing_cycle": "monthly",
}


def write(folder: Path, path: str, document: Mapping[str, object]) -> None:
    """One document of the catalog."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog with one plan in two versions: the fee is 99 from March, 199 from July 2026."""
    folder = tmp_path / "catalog"
    write(folder, "catalog.json", {"format": 1, "name": "Tiny", "time_zone": "Asia/Tokyo"})
    write(folder, "products/api.json", {"key": "api", "name": "API"})
    write(folder, "meters/calls.json", METER)
    first = {**PLAN, "version": 1, "effective_from": "2026-03-01", "charges": CHARGES}
    dearer = [{**CHARGES[0], "model": {"type": "flat", "amount": "199.00"}}, *CHARGES[1:]]
    second = {**PLAN, "version": 2, "effective_from": "2026-07-01", "charges": dearer}
    write(folder, "rate-plans/basic/v1.json", first)
    write(folder, "rate-plans/basic/v2.json", second)
    return folder


def rate(catalog: Path, *options: str) -> int:
    """Run the command on the plan; the exit code."""
    return main(["rate", "--catalog", str(catalog), "--plan", "basic", *options])


def test_a_quantity_is_rated(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """(30 - 10) x 0.50 is USD 10.00."""
    assert rate(catalog, "--charge", "calls", "--quantity", "30", "--version", "1") == 0
    assert capsys.readouterr().out == "USD 10.00\n"


def test_the_sum_is_explained(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--explain` prints the sum step by step."""
    options = ["--charge", "calls", "--quantity", "30", "--version", "1", "--explain"]
    assert rate(catalog, *options) == 0
    assert "20 x 0.5" in capsys.readouterr().out


def test_json_is_that_of_rate_lines(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` answers as `rate -` does."""
    options = ["--charge", "seats", "--quantity", "3", "--version", "1", "--format", "json"]
    assert rate(catalog, *options) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["quantity"], shown["total"]) == ("3", "30")


@pytest.mark.parametrize(("day", "fee"), [("2026-06-30", "99.00"), ("2026-07-01", "199.00")])
def test_the_version_in_force_is_rated(
    catalog: Path, capsys: pytest.CaptureFixture[str], day: str, fee: str
) -> None:
    """Without a version the one in force on the day is taken; a fee needs no quantity."""
    assert rate(catalog, "--charge", "fee", "--as-of", day) == 0
    assert capsys.readouterr().out == f"USD {fee}\n"


def test_today_is_the_default(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a day the version in force today is taken."""
    write(
        catalog,
        "rate-plans/basic/v1.json",
        {**PLAN, "version": 1, "effective_from": "2020-01-01", "charges": CHARGES},
    )
    assert rate(catalog, "--charge", "fee") == 0
    assert capsys.readouterr().out.startswith("USD ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--quantity", "3"], "--charge is missing"),
        (["--charge", "calls", "--version", "1"], "--quantity is missing"),
        (["--charge", "seats", "--version", "1"], "--quantity is missing: the number of seats"),
        (["--charge", "seats", "--version", "1", "--quantity", "11"], "above the maximum"),
        (["--charge", "calls", "--version", "1", "--quantity", "1e3"], "not a plain decimal"),
        (["--charge", "rent", "--version", "1"], 'no charge "rent"'),
        (["--charge", "fee", "--version", "9"], "9"),
        (["--charge", "fee", "--as-of", "soon"], '"soon" is not a date'),
        (["--charge", "fee", "--as-of", "2026-W27-1"], '"2026-W27-1" is not a date'),
        (["--charge", "fee", "--as-of", "2019-01-01"], "basic"),
        (["--usage", "events.jsonl"], "--period is missing"),
        (["--usage", "events.jsonl", "--charge", "calls"], "--charge is not for --usage"),
        (["--usage", "events.jsonl", "--explain"], "--explain is not for --usage"),
        (["--charge", "fee", "--period", "2026-10"], "--period is only for --usage"),
        (["--charge", "fee", "--customer", "acme"], "--customer is only for --usage"),
    ],
)
def test_wrong_use_is_said(
    catalog: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    """What is missing or wrong is named, and the exit code is 2."""
    assert rate(catalog, *options) == 2
    assert message in capsys.readouterr().err


def test_a_plan_is_needed(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a plan there is nothing to rate."""
    assert main(["rate", "--catalog", str(catalog)]) == 2
    assert "--plan is missing" in capsys.readouterr().err


def test_a_catalog_with_mistakes_is_refused(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mistakes are for `planql validate`; nothing is rated with them."""
    write(catalog, "meters/calls.json", {"key": "calls"})
    assert rate(catalog, "--charge", "fee") == 2
    assert "planql validate" in capsys.readouterr().err


def test_only_a_dash_reads_requests(capsys: pytest.CaptureFixture[str]) -> None:
    """Anything but a dash is no source of requests."""
    assert main(["rate", "requests.jsonl"]) == 2
    assert '"requests.jsonl"' in capsys.readouterr().err


def test_requests_are_answered_in_order(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A bad line is answered in its place, and the run goes on to the end."""
    charge = {"key": "c", "type": "usage", "meter": "m", "model": CHARGES[2]["model"]}
    good = json.dumps({"currency": "USD", "charge": charge, "quantity": "3"})
    lines = f"{good}\n{{\n{good}"
    stdin = io.TextIOWrapper(io.BytesIO(lines.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert main(["rate", "-"]) == 0
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [answer.get("total") for answer in answers] == ["1.5", None, "1.5"]
    assert set(answers[1]["error"]) == {"code", "message", "pointer"}


def event(number: int, subject: str, n: object, day: int = 3) -> dict[str, Any]:
    """A call on a day of October 2026, at noon UTC."""
    return {
        "id": str(number),
        "source": "api",
        "type": "call",
        "subject": subject,
        "time": f"2026-10-{day:02}T12:00:00Z",
        "data": {"n": n},
    }


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    """Calls of two customers: one in November in Tokyo, one without a number, one no event."""
    events = [
        event(1, "acme", 30),
        event(2, "beta", "12.5"),
        event(3, "beta", 2),
        {**event(4, "acme", 5), "time": "2026-10-31T15:00:00Z"},
        event(5, "acme", "many"),
    ]
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join([*map(json.dumps, events), "nonsense", ""]), encoding="utf-8")
    return file


def test_usage_has_totals_per_charge(
    catalog: Path, usage: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each customer is rated alone: (30 - 10) x 0.5 and (14.5 - 10) x 0.5 are 12.25."""
    options = ["--version", "1", "--usage", str(usage), "--period", "2026-10"]
    assert rate(catalog, *options, "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["rate_plan"], shown["version"], shown["currency"]) == ("basic", 1, "USD")
    (calls,) = shown["charges"]
    assert (calls["charge"], calls["customers"]) == ("calls", 2)
    assert (calls["quantity"], calls["amount"], shown["total"]) == ("44.5", "12.25", "12.25")
    assert [rejected["id"] for rejected in calls["rejected_events"]] == ["5"]
    assert [bad["line"] for bad in shown["bad_events"]] == [6]


def test_a_month_is_that_of_the_catalogs_zone(
    catalog: Path, usage: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last call of October in UTC is a call of November in Tokyo."""
    options = ["--version", "1", "--usage", str(usage), "--format", "json"]
    assert rate(catalog, *options, "--period", "2026-11-01/2026-12-01") == 0
    assert json.loads(capsys.readouterr().out)["charges"][0]["quantity"] == "5"


@pytest.mark.parametrize(("customer", "quantity"), [("beta", "14.5"), ("nobody", "0")])
def test_one_customer_may_be_chosen(
    catalog: Path, usage: Path, capsys: pytest.CaptureFixture[str], customer: str, quantity: str
) -> None:
    """With a customer only the events of that subject count."""
    options = ["--version", "1", "--usage", str(usage), "--period", "2026-10"]
    assert rate(catalog, *options, "--customer", customer, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["charges"][0]["quantity"] == quantity


def test_the_table_shows_charges_and_what_does_not_count(
    catalog: Path, usage: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People get a table; lines that are no events, and values that are no numbers, are named."""
    options = ["--version", "1", "--usage", str(usage), "--period", "2026-10"]
    assert rate(catalog, *options) == 0
    shown = capsys.readouterr()
    assert "Calls" in shown.out
    assert "12.25" in shown.out
    assert "line 6 is not an event" in shown.err
    assert 'event "5" does not count for calls' in shown.err


def test_many_remarks_are_cut(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the first five the rest are counted."""
    file = tmp_path / "nonsense.jsonl"
    file.write_text("nonsense\n" * 8, encoding="utf-8")
    assert rate(catalog, "--version", "1", "--usage", str(file), "--period", "2026-10") == 0
    assert capsys.readouterr().err.endswith("and 3 more\n")


@pytest.mark.parametrize(
    "period",
    [
        "2026-13",
        "2026",
        "October",
        "2026-10-01",
        "2026-10-01/",
        "2026-10-02/2026-10-01",
        "20261001/20261101",
    ],
)
def test_a_period_is_a_month_or_two_days(
    catalog: Path, usage: Path, capsys: pytest.CaptureFixture[str], period: str
) -> None:
    """Anything else is refused, an end before its start as well."""
    assert rate(catalog, "--version", "1", "--usage", str(usage), "--period", period) == 2
    assert f'"{period}" is not a period' in capsys.readouterr().err
