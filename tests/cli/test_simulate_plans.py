"""The plans of `planql simulate`: versions, drafts, other refs."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.simulate_runs import CALLS_PER_MONTH, OCTOBER, document
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
