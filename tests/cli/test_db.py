"""`planql db upgrade` brings a database's tables to this version."""

from pathlib import Path

import pytest

from planql.cli.main import main


def test_db_upgrade_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty database gets its tables; the second time there is nothing to do."""
    store = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert main(["db", "upgrade", "--store", store]) == 0
    assert main(["db", "upgrade", "--store", store]) == 0
    shown = capsys.readouterr().out
    assert "from nothing to 0003" in shown
    assert "at 0003 already" in shown
