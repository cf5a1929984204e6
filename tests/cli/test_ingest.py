"""`planql ingest`, as a user runs it."""

import json
from pathlib import Path

import pytest

from planql.cli.main import main

EVENT = {"id": "1", "source": "api", "subject": "acme", "time": "2026-03-01T10:00:00Z"}
METER = {
    "key": "calls",
    "name": "Calls",
    "event": "call",
    "aggregation": {"type": "sum", "property": "n"},
    "unit": "call",
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog with one meter, which sums `n` of the events `call`."""
    folder = tmp_path / "catalog"
    (folder / "meters").mkdir(parents=True)
    settings = {"format": 1, "name": "Tiny", "time_zone": "UTC"}
    (folder / "catalog.json").write_text(json.dumps(settings))
    (folder / "meters" / "calls.json").write_text(json.dumps(METER))
    return folder


def run(catalog: Path, *lines: object, form: str = "text") -> int:
    """Ingest lines into the store beside the catalog; the exit code."""
    file = catalog.parent / "events.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts))
    store = f"sqlite:///{catalog.parent / 'planql.sqlite3'}"
    options = ["--catalog", str(catalog), "--store", store, "--format", form]
    return main(["ingest", str(file), *options])


def test_a_file_is_recorded_once(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first run records, the second reports duplicates; both are fine."""
    event = {**EVENT, "type": "call", "data": {"n": 2}}
    assert run(catalog, event) == 0
    assert run(catalog, event) == 0
    assert "0 recorded, 1 duplicates, 0 refused" in capsys.readouterr().out


def test_refused_events_are_named(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each refused event has its place and reason, the others are kept, and the exit code is 1."""
    good = {**EVENT, "type": "call", "data": {"n": 2}}
    unreadable = {**EVENT, "id": "2", "type": "call", "data": {"n": "many"}}
    assert run(catalog, good, unreadable, "nonsense") == 1
    shown = capsys.readouterr().out
    assert "event 2: unreadable-value at /data/n" in shown
    assert "1 recorded, 0 duplicates, 2 refused" in shown


def test_many_refusals_are_cut(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of nothing but mistakes shows the first twenty and counts the rest."""
    assert run(catalog, *["nonsense"] * 25) == 1
    shown = capsys.readouterr().out
    assert shown.count("event ") == 20
    assert "and 5 more" in shown


def test_the_report_is_json_on_request(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json every duplicate and refusal is listed."""
    event = {**EVENT, "type": "call", "data": {"n": 2}}
    run(catalog, event, event, "nonsense", form="json")
    report = json.loads(capsys.readouterr().out)
    assert report["stored"] == 1
    assert report["duplicates"] == [{"source": "api", "id": "1"}]
    assert report["rejected"][0]["position"] == 3
