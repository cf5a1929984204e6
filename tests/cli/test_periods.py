"""`planql periods`, as a user runs it."""

import io
import json
import sys

import pytest

from planql.cli.main import main


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Periods are listed with their lengths; 12 of them when nothing is said."""
    assert main(["periods", "--start", "2026-01-31"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["2026-02-28", "2026-03-31", "31"]
    assert len(lines) == 1 + 12


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as JSON, as `periods -` answers it."""
    arguments = ["--start", "2026-01-20", "--anchor", "calendar", "--until", "2026-02-02"]
    assert main(["periods", *arguments, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["periods"][1] == {
        "start": "2026-02-01",
        "end": "2026-03-01",
        "days": 28,
    }


def test_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad line is answered in its place, and the run goes on."""
    good = {"start": "2026-01-31", "interval": "month", "count": 1}
    lines = "\n".join(json.dumps(each) for each in (good, {**good, "interval_count": 0}, good))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["periods", "-"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers[0] == answers[2]
    assert answers[1]["error"]["pointer"] == "/interval_count"


@pytest.mark.parametrize("arguments", [[], ["file.json"], ["--start", "soon"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use is explained on standard error."""
    assert main(["periods", *arguments]) == 2
    assert capsys.readouterr().err
