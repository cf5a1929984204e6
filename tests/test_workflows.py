"""The workflows, the action and the hooks: of the right shape, with no more rights than needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from planql.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / ".github" / "actions" / "catalog" / "action.yml"
BIN = Path(sys.executable).parent


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run one of the linters of the environment."""
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("vendor.github-workflows", WORKFLOWS), ("vendor.github-actions", [ACTION])],
)
def test_shapes_are_right(schema: str, paths: list[Path]) -> None:
    """The JSON Schemas of workflows and actions accept them."""
    done = run(BIN / "check-jsonschema", "--builtin-schema", schema, *paths)
    assert done.returncode == 0, done.stdout


def test_nothing_is_dangerous() -> None:
    """The auditor of workflows finds nothing: pinned actions, least rights, no injection."""
    done = run(BIN / "zizmor", "--offline", "--no-progress", "--quiet", ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_auditor_has_teeth(tmp_path: Path) -> None:
    """A workflow that runs what a pull request says is found."""
    workflow = tmp_path / ".github" / "workflows" / "bad.yml"
    workflow.parent.mkdir(parents=True)
    step = {"run": "echo ${{ github.event.pull_request.title }}"}
    jobs = {"job": {"runs-on": "ubuntu-24.04", "steps": [step]}}
    workflow.write_text(json.dumps({"name": "bad", "on": "pull_request", "jobs": jobs}))
    done = run(BIN / "zizmor", "--offline", "--no-progress", "--quiet", tmp_path / ".github")
    assert done.returncode != 0


def test_hooks_name_commands_that_exist() -> None:
    """Every hook runs a command of planql."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = [line.split() for line in text.splitlines() if line.strip().startswith("entry:")]
    assert len(entries) == 3
    assert all(entry[1] == "planql" and entry[2] in COMMANDS for entry in entries)
