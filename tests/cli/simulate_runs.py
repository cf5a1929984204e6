"""Runs of `planql simulate`, and what they print."""

import json
from typing import Any

import pytest

from planql.cli.main import main

OCTOBER = ("--month", "2026-10")
CALLS_PER_MONTH = ("--usage-per-month", "calls=310")


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
