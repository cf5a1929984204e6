"""`planql impact`, as a user runs it in a repository with branches.

Two customers of `small` make 310 calls a month: 2 x (31.00 + 210 x 0.50) = 272.00 before, and
2 x (31.00 + 210 x 0.60) = 314.00 after; the calls cost 2 x 31.00.
"""

from pathlib import Path

import pytest
from tests.cli.impact_runs import document, impact, lines
from tests.cli.tiny_prices import DOCUMENTS, write
from tests.sources.building import commit, git

pytestmark = pytest.mark.usefixtures("dearer_branch")


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """The total, the plan, revenue, cost and margin before and after, and a chart of bars."""
    shown = lines(capsys)
    assert shown[0] == (
        "2 customers of the scenarios: revenue 272.00 → 314.00 USD a month (+42.00, +15.4 %), "
        "margin 210.00 → 252.00"
    )
    assert "basic v1 published v2 published version 2 is published" in shown
    assert "basic, the average month of 2026-11 to 2027-10" in shown
    assert "small revenue USD 272.00 314.00 +42.00 +15.4" in shown
    assert "2 customers cost 62.00 62.00 0.00" in shown
    assert "margin 210.00 252.00 +42.00" in shown
    assert "margin % 77.2 80.3 +3.0" in shown
    assert f"basic small before {'█' * 19} 272.00 USD" in shown
    assert f"after {'█' * 22} 314.00 USD" in shown
    assert "Without a figure" not in shown


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure is a plain decimal, and the answer keeps its published schema."""
    found = document(capsys, "--from", "2027-01", "--months", "3")
    assert found["months"] == {"first_day": "2027-01-01", "last_day": "2027-03-31", "count": 3}
    (scenario,) = found["scenarios"]
    assert scenario["per_month"]["revenue"] == "42"
    totals = scenario["comparison"]["after"]["totals"]
    assert (totals["revenue"], totals["cost"], totals["margin"]) == ("471", "93", "378")
    assert found["headlines"][0]["per_month"]["margin_percentage_points"] == "3.048894717123"
    assert found["customers"] is None


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """What the catalog says is text, and tables are tables."""
    impact("--format", "markdown")
    shown = capsys.readouterr().out
    assert "| small | revenue USD | 272.00 | 314.00 | +42.00 | +15.4 |" in shown
    assert "| --- | --- | --: | --: | --: | --: |" in shown
    assert shown.startswith("**2 customers of the scenarios: revenue 272.00")


@pytest.mark.parametrize(
    ("name", "magic"), [("impact.svg", b"<?xml"), ("impact.png", b"\x89PNG"), ("impact.md", b"**2")]
)
def test_a_file_by_its_ending(name: str, magic: bytes, dearer_branch: Path) -> None:
    """The form follows from the name of the output file."""
    impact("--output", name)
    assert (dearer_branch / name).read_bytes().startswith(magic)


def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing sets another price, it says so, and there is nothing to draw."""
    git(Path.cwd(), "checkout", "-q", "main")
    assert lines(capsys) == [
        "There is no total: nothing could be compared.",
        "",
        "Notes",
        "nothing that sets a price or a cost changed",
    ]
    impact("--format", "markdown")
    assert capsys.readouterr().out.startswith("**There is no total")
    impact("--format", "svg", exits=2)
    assert "no revenue is known" in capsys.readouterr().err


def test_only_one_scenario_and_plan(
    dearer_branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named plans and scenarios are the only ones; a plan that nothing touches is a gap."""
    path = "scenarios/tiny.json"
    write(
        dearer_branch / "catalog" / path,
        {**DOCUMENTS["scenarios/small.json"], "key": "tiny", "name": "Tiny"},
    )
    found = document(capsys, "--scenario", "tiny", "--plan", "basic", "--plan", "team")
    assert [each["scenario"] for each in found["scenarios"]] == ["tiny"]
    assert found["scenarios"][0]["notes"] == [
        'scenario "tiny" is new; both sides are computed with it'
    ]
    assert found["gaps"] == [
        {"what": 'rate plan "team"', "reason": "nothing that sets its price or its cost changed"}
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scenario", "smal"], 'did you mean "small"?'),
        (["--plan", "basics"], 'did you mean "basic"?'),
        (["--from", "2026-13"], '"2026-13" is not a month'),
        (["--from", "2026-10-02"], '"2026-10-02" is not a month'),
        (["--months", "0"], "0 is not in the range"),
        (["--quantity", "seats"], "is not of the form NAME=VALUE"),
        (["--quantity", "seats=many"], '"many" is not a plain decimal number'),
        (["--store", "mysql://x"], "sqlite"),
        (["--store", "sqlite:///mistyped.sqlite3"], "no database of planql at"),
        (["--store", "sqlite:///x", "--usage", "catalog/catalog.json"], "name one"),
        (["--usage", "nowhere.jsonl"], "does not exist"),
    ],
)
def test_wrong_use(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input ends with exit code 2, and says what is wrong with it."""
    impact(*options, exits=2)
    assert message in capsys.readouterr().err


def test_months_may_be_written_as_days(capsys: pytest.CaptureFixture[str]) -> None:
    """The first day of a month is a month, too."""
    found = document(capsys, "--from", "2027-02-01", "--months", "1")
    assert found["months"]["last_day"] == "2027-02-28"


def test_figures_that_are_not_there_are_dashes(
    dearer_branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is new has no before; what has no cost has no margin; both say why, with no 0."""
    catalog = dearer_branch / "catalog"
    (catalog / "costs/calls.json").unlink()
    fresh = {**DOCUMENTS["rate-plans/basic/v1.json"], "key": "fresh", "name": "Fresh"}
    write(catalog / "rate-plans/fresh/v1.json", fresh)
    small = DOCUMENTS["scenarios/small.json"]
    write(catalog / "scenarios/small.json", {**small, "rate_plans": ["basic", "fresh"]})
    shown = lines(capsys, "--months", "1")
    dash = "\N{EN DASH}"
    assert shown[0].endswith("(+42.00, +15.4 %), margin unknown")
    assert f"small revenue USD {dash} 272.00 {dash} {dash}" in shown
    assert f"2 customers cost {dash} {dash} {dash}" in shown
    assert f"2 customers cost 62.00 {dash} {dash}" in shown
    assert f'cost {dash}: meter "calls" has no cost' in shown
    assert f"fresh {dash} v1 published version 1 is new; the plan is new" in shown
    assert 'scenario "small" on "fresh": the plan is new' in shown
    assert "basic, the average month of 2026-11" in shown
    found = document(capsys, "--plan", "fresh")
    assert found["plans"][0]["before"] is None
    assert found["scenarios"][0]["comparison"]["before"]["totals"] is None


def test_free_plans_have_no_percentage(
    dearer_branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bars and percentages are left out where all is 0; fees have no cost, and none that rises."""
    plan = DOCUMENTS["rate-plans/basic/v1.json"]
    fee = {**plan["charges"][0], "model": {"type": "flat", "amount": "0.00"}}
    free = {**plan, "key": "free", "name": "Free", "charges": [fee]}
    scenario = {"key": "idle", "name": "Idle", "rate_plans": ["free"]}
    write(dearer_branch / "catalog/rate-plans/free/v1.json", free)
    write(dearer_branch / "catalog/scenarios/idle.json", scenario)
    commit(dearer_branch, "A free plan")
    git(dearer_branch, "branch", "-f", "main")
    write(
        dearer_branch / "catalog/rate-plans/free/v2.json",
        {**free, "version": 2, "effective_from": "2026-02-01", "trial": {"days": 7}},
    )
    shown = lines(capsys)
    assert shown[0].startswith(
        "1 customer of the scenarios: revenue 0.00 → 0.00 USD a month (0.00),"
    )
    assert "free idle before 0.00 USD" in shown
    assert "1 customer cost" in shown


def test_a_plan_that_is_gone(dearer_branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what it earned, and nothing after; the scenario lists no plans and fits it."""
    catalog = dearer_branch / "catalog"
    anyone = {**DOCUMENTS["scenarios/small.json"], "key": "anyone", "rate_plans": []}
    write(catalog / "scenarios/anyone.json", anyone)
    (catalog / "scenarios/big.json").unlink()
    (catalog / "rate-plans/euro/v1.json").unlink()
    shown = lines(capsys, "--plan", "euro")
    assert "euro v1 published \N{EN DASH} version 1 is gone; the plan is gone" in shown
    assert "euro anyone before ██████████████████████ 272.00 EUR" in shown
    assert "after" not in " ".join(shown[shown.index("Revenue before and after") + 1 :])
