"""Runs of `planql impact` against `main`, and what they print."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from planql.cli.main import main

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "impact.schema.json"
NOW = datetime(2026, 10, 15, tzinfo=UTC)


def impact(*options: str, exits: int = 0) -> None:
    """Run the command against `main`."""
    assert main(["impact", "main", "--as-of", NOW.isoformat(), *options]) == exits


def lines(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The lines printed, blanks made single."""
    impact(*options)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def document(capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """What the command answers as JSON, which keeps its schema."""
    impact(*options, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(found)
    return found


def call(number: int, customer: str, day: str, count: int) -> str:
    """An event of calls, as a line of an export."""
    event = {
        "id": str(number),
        "type": "call",
        "subject": customer,
        "time": f"{day}T12:00:00Z",
        "data": {"n": count},
    }
    return json.dumps(event)
