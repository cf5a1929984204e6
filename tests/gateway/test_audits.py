"""The audits of GraphQL over HTTP, by the reference implementation, against the real server."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from scripts.build_web import WEB, built_with

AUDITS = json.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "gateway" / "audits.json").read_text()
)
"""Every audit of the pinned version, by id and name."""

Results = dict[str, Any]


@pytest.fixture(scope="session")
def results(address: str) -> Results:
    """What became of each audit, by its id."""
    node = built_with()
    if node is None or not (WEB / "node_modules" / "graphql-http").exists():
        reason = "the audits need Node and what `python scripts/build_web.py` installs"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    command = [str(node), str(WEB / "audits.mjs"), f"{address}/graphql"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {each["id"]: each for each in found}


@pytest.mark.parametrize("audit", AUDITS, ids=lambda audit: audit["id"])
def test_an_audit_passes(results: Results, audit: dict[str, str]) -> None:
    """The server does what the audit's name says it must, should or may."""
    found = results[audit["id"]]
    assert (found["name"], found["status"]) == (audit["name"], "ok"), found["reason"]


def test_no_audit_is_left_out(results: Results) -> None:
    """All 61 audits were run, and each of them is a test here."""
    assert len(AUDITS) == 61
    assert set(results) == {audit["id"] for audit in AUDITS}
