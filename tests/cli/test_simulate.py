"""`planql simulate` over days, as a user runs it."""

from pathlib import Path

import pytest
from tests.cli.simulate_runs import CALLS_PER_MONTH, OCTOBER, document, lines, simulate
from tests.cli.tiny_prices import CALLS, DEARER, PLAN, write

pytestmark = pytest.mark.usefixtures("folder")


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


def test_twelve_months_are_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a range, 12 months from the first of the month of `--as-of`."""
    found = document(capsys, "--plan", "basic@1", "--as-of", "2026-10-20T00:00:00Z")
    assert (found["start"], found["end"]) == ("2026-10-01", "2027-10-01")
