"""`planql simulate --curve`, as a user runs it."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.tiny_prices import CALLS, DEARER, FEE, PLAN, SEATS, write

from planql.cli.main import main

ROOT = Path(__file__).resolve().parent.parent.parent
TO_400 = ("--to-quantity", "400", "--from", "2026-10-01")

pytestmark = pytest.mark.usefixtures("folder")


def curve(*options: str) -> int:
    """Run the command; the exit code."""
    return main(["simulate", "--curve", *options])


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines printed, blanks made single."""
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_two_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """100 included, then 0.50 or 0.60: equal up to 100; each breaks even with a cost of 0.10.

    0.5 (q - 100) = 0.1 q at 125, which is 12.50; 0.6 (q - 100) = 0.1 q at 120, which is 12.00.
    """
    assert curve("--plan", "basic@1", "--plan", "basic@2", *TO_400) == 0
    shown = lines(capsys)
    assert shown[0] == "Calls, monthly, USD"
    assert "quantity basic@1 per unit basic@2 per unit cost" in shown
    assert "200 50.00 0.25 60.00 0.3 20.00" in shown
    assert "125 12.50 0.1 15.00 0.12 12.50" in shown
    place = shown.index("basic@1 and basic@2:")
    assert shown[place + 1 : place + 3] == ["equal up to 100", "basic@1 is lower above 100"]
    place = shown.index("basic@2:")
    assert shown[place + 1 : place + 4] == [
        "loses money below 120",
        "breaks even at 120 (12.00 USD)",
        "earns money above 120",
    ]


def test_fees_of_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """31 + 0.5 (q - 100) and 20 + 0.6 (q - 100): equal at 210, which is 86.00."""
    write(Path("draft.json"), {**PLAN, "key": "draft", "charges": [SEATS, DEARER]})
    options = ["--plan", "basic@1", "--draft", "draft.json", "--quantity", "seats=2"]
    assert curve(*options, "--with-fees", *TO_400) == 0
    shown = lines(capsys)
    assert "equal at 210 (86.00 USD)" in shown
    assert "basic@1 is lower above 210" in shown


@pytest.mark.parametrize(
    ("fee_cycle", "usage_cycle", "fee"),
    [
        ("annual", "monthly", "1"),
        ("annual", "quarterly", "3"),
        ("weekly", "daily", "12/7"),
        ("monthly", "monthly", "12"),
    ],
)
def test_fees_of_a_longer_cycle(
    capsys: pytest.CaptureFixture[str], fee_cycle: str, usage_cycle: str, fee: str
) -> None:
    """A fee of 12.00 counts by the part that the usage's period is of its own."""
    fixed = {**FEE, "billing_cycle": fee_cycle, "model": {"type": "flat", "amount": "12.00"}}
    usage = {**CALLS, "billing_cycle": usage_cycle, "included_units": None}
    write(
        Path("draft.json"),
        {**PLAN, "key": "draft", "billing_cycle": fee_cycle, "charges": [fixed, usage]},
    )
    options = ["--draft", "draft.json", "--with-fees", "--to-quantity", "10", "--format", "json"]
    assert curve(*options) == 0
    found = json.loads(capsys.readouterr().out)["curves"][0]["points"][0]["amount"]
    whole, _, part = fee.partition("/")
    assert float(found) == pytest.approx(int(whole) / int(part or 1))


def test_days_and_months_have_no_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    """What part of a month's fee falls on a day depends on the month."""
    usage = {**CALLS, "billing_cycle": "daily"}
    write(Path("draft.json"), {**PLAN, "key": "draft", "charges": [FEE, usage]})
    assert curve("--draft", "draft.json", "--with-fees", "--to-quantity", "10") == 2
    assert "days and months have no ratio" in capsys.readouterr().err


def test_a_fixed_cost(capsys: pytest.CaptureFixture[str]) -> None:
    """0.5 (q - 100) = 20 + 0.1 q at q = 175; a unit cost of 0.25 instead: 0.25 q = 70 at 280."""
    assert curve("--plan", "basic@1", "--fixed-cost", "20", *TO_400) == 0
    assert "breaks even at 175 (37.50 USD)" in lines(capsys)
    assert curve("--plan", "basic@1", "--fixed-cost", "20", "--unit-cost", "0.25", *TO_400) == 0
    assert "breaks even at 280 (90.00 USD)" in lines(capsys)


def test_a_price_that_always_earns(capsys: pytest.CaptureFixture[str]) -> None:
    """With the fee of 31.00, every quantity up to 300 is above its cost."""
    options = ["--plan", "basic@1", "--with-fees", "--to-quantity", "300"]
    assert curve(*options, "--from", "2026-10-01") == 0
    assert lines(capsys)[-1] == "earns money from 0 to 300"


def test_a_jump_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Packages of 100 at 50 are never lower than 0.50 per unit, and equal when they are full."""
    package = {"type": "package", "amount": "50", "package_size": "100"}
    write(Path("package.json"), {**CALLS, "included_units": None, "model": package})
    write(Path("unit.json"), {**CALLS, "included_units": None})
    options = ["--draft", "package.json", "--draft", "unit.json", "--currency", "USD"]
    assert curve(*options, "--to-quantity", "200") == 0
    shown = lines(capsys)
    place = shown.index("package.json and unit.json:")
    assert shown[place + 1 : place + 5] == [
        "unit.json is lower below 100",
        "equal at 100 (50.00 USD)",
        "unit.json is lower above 100, below 200",
        "equal at 200 (100.00 USD)",
    ]


@pytest.mark.parametrize(
    ("options", "remark"),
    [
        (["--plan", "euro"], 'cost "calls" has no unit cost in "EUR" on "2026-10-01"'),
        (["--plan", "team", "--charge", "seats"], "costs are known of a single meter's usage"),
        (["--plan", "basic@1", "--charge", "calls", "--charge", "fee"], "a single meter's usage"),
        (["--draft", "payments.json", "--currency", "USD"], 'no cost is known of meter "payments"'),
    ],
)
def test_without_a_cost(
    capsys: pytest.CaptureFixture[str], options: list[str], remark: str
) -> None:
    """Where no cost is known there is no break-even, and the reason is said."""
    write(Path("payments.json"), {**CALLS, "meter": "payments"})
    assert curve(*options, "--from", "2026-10-01") == 0
    assert remark in lines(capsys)[-1]


def test_a_cost_of_a_part_of_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A cost with a filter is not that of every unit."""
    rows = [{"effective_from": "2026-01-01", "unit_costs": {"USD": "0.10"}}]
    only = {"property": "region", "operator": "eq", "value": "eu"}
    cost = {"key": "calls", "type": "usage", "meter": "calls", "filter": only, "rows": rows}
    write(Path("catalog/costs/calls.json"), cost)
    assert curve("--plan", "basic@1", *TO_400) == 0
    assert 'cost "calls" is of a part of the usage only' in lines(capsys)[-1]


def test_several_charges(capsys: pytest.CaptureFixture[str]) -> None:
    """Curves of several charges carry the charge in their names, and count no common thing."""
    options = ["--plan", "basic@1", "--charge", "calls", "--charge", "fee", *TO_400]
    assert curve(*options) == 0
    shown = lines(capsys)
    assert shown[0] == "Quantity, monthly, USD"
    assert "basic@1 calls and basic@1 fee:" in shown


def test_several_cycles(capsys: pytest.CaptureFixture[str]) -> None:
    """Prices of a month and of a quarter are of a billing period, whichever it is."""
    write(Path("draft.json"), {**PLAN, "key": "draft", "billing_cycle": "quarterly"})
    assert curve("--plan", "basic@1", "--draft", "draft.json", *TO_400) == 0
    assert lines(capsys)[0] == "Calls in a billing period, USD"


def test_everything_free(capsys: pytest.CaptureFixture[str]) -> None:
    """Two prices of nothing are equal everywhere."""
    free = {**CALLS, "model": {"type": "per_unit", "unit_amount": "0"}}
    write(Path("free.json"), free)
    options = ["--draft", "free.json", "--draft", "free.json", "--currency", "USD"]
    assert curve(*options, "--to-quantity", "10") == 0
    assert "equal from 0 to 10" in lines(capsys)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The document is as its schema says: points with both limits, stretches, crossings."""
    assert curve("--plan", "basic@1", "--plan", "basic@2", *TO_400, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "schema" / "curves.schema.json").read_text())
    Draft202012Validator(schema).validate(found)
    assert found["curves"][0]["points"][0]["unit_price"] is None
    assert found["comparisons"][0]["crossings"] == [
        {"kind": "equal", "start": "0", "end": "100", "before": None, "after": "lower"}
    ]
    assert found["break_even"][0]["crossings"][0]["start"] == "125"
    assert found["cost"]["points"][-1]["amount"] == "40"


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """A line per curve and quantity, the cost last; without a cost there are none of it."""
    assert curve("--plan", "basic@1", *TO_400, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["curve"] for row in rows} == {"basic@1", "cost"}
    assert rows[0]["unit_price"] == ""
    assert curve("--plan", "euro", *TO_400, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["curve"] for row in rows} == {"euro@1"}


@pytest.mark.parametrize("plan", ["basic@1", "euro"])
def test_a_chart(plan: str) -> None:
    """Curves are drawn into a file, with and without a cost."""
    assert curve("--plan", plan, *TO_400, "--output", "curves.svg") == 0
    assert f"{plan.partition('@')[0]}@1".encode() in Path("curves.svg").read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--plan", "basic@1", "--scenario", "small"], "--scenario is not for --curve"),
        (["--plan", "basic@1", "--charge", "cals"], 'did you mean "calls"?'),
        (["--plan", "basic@1", "--charge", "rent"], "it has fee, calls"),
        (["--draft", "two.json"], '--charge is missing: "two" has one, other'),
        (["--draft", "fees.json"], '--charge is missing: "fees" has fee'),
        (["--plan", "basic@1", "--to-quantity", "0"], "0 leaves nothing to draw"),
        (["--plan", "basic@1", "--to-quantity", "-3"], "below 0"),
        (["--plan", "basic@1", "--to-quantity", "many"], "not a plain decimal"),
        (["--plan", "basic@1", "--plan", "euro"], "cannot be combined"),
        (["--plan", "euro", "--fixed-cost", "5"], "--unit-cost is missing"),
        (["--plan", "share"], "prices each event"),
        (["--plan", "team", "--with-fees"], "the number of seats"),
    ],
)  # fmt: skip
def test_wrong_use_is_said(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    """What is missing or wrong is named with a way out, and the exit code is 2."""
    two = [{**CALLS, "key": "one"}, {**CALLS, "key": "other"}]
    write(Path("two.json"), {**PLAN, "key": "two", "charges": two})
    write(Path("fees.json"), {**PLAN, "key": "fees", "charges": [FEE]})
    assert curve(*options) == 2
    assert message in " ".join(capsys.readouterr().err.split())
