"""The plans of `planql simulate`: versions, drafts, other refs."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.simulate_runs import CALLS_PER_MONTH, OCTOBER, document, lines, simulate
from tests.cli.tiny_prices import DEARER, FEE, PLAN, write

pytestmark = pytest.mark.usefixtures("folder")


def test_the_version_in_force_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a version the one in force on the first day; of a plan of drafts the newest."""
    found = document(capsys, "--plan", "basic", "--plan", "idea", *OCTOBER)
    assert [run["plan"] for run in found["runs"]] == ["basic@1", "idea@1"]


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


def test_a_draft_charge_is_told_from_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    """What is in the catalog has its file and line; the draft has none, and is called one."""
    draft = str(write(Path("dearer.json"), DEARER))
    options = ["--plan", "basic@1", "--draft", draft, *CALLS_PER_MONTH, *OCTOBER]
    plain, proposed = document(capsys, *options)["runs"]
    assert [row["is_draft"] for row in (*plain["rows"], *proposed["rows"])] == [0, 0, 0, 1]
    fee, calls = (row["source"] for row in proposed["rows"])
    path = "catalog/rate-plans/basic/v1.json"
    assert fee == {"path": path, "line": 1, "version": 1, "commit": None}
    assert calls is None
    assert simulate(*options) == 0
    shown = lines(capsys)
    assert "Fee 31.00 31.00 100.0" in shown
    assert "Fee 31.00 31.00 100.0 v1.json:1" in shown
    assert "Calls 310 126.00 31.00 95.00 75.4 draft" in shown
    assert simulate(*options, "--format", "csv") == 0
    places = [line.rpartition(",")[2] for line in capsys.readouterr().out.splitlines()]
    assert {*places[63:]} == {f"{path}:1", "draft"}


def test_a_charge_that_is_no_charge_is_no_draft(capsys: pytest.CaptureFixture[str]) -> None:
    """A commitment of the plan has no charge of its own, in a draft neither."""
    plan = {**PLAN, "key": "new", "charges": [DEARER], "minimum_commitment": "500"}
    draft = str(write(Path("new.json"), plan))
    rows = document(capsys, "--draft", draft, *CALLS_PER_MONTH, *OCTOBER)["runs"][0]["rows"]
    found = [(row["charge"], row["is_draft"], row["source"]) for row in rows]
    assert found == [("calls", True, None), ("minimum_commitment", False, None)]


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
