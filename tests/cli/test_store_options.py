"""A mistyped `--store` is told; it makes no database that looks like one without customers."""

from pathlib import Path

import pytest

from planql.cli.main import main

CATALOG = str(Path(__file__).resolve().parents[2] / "catalog")
READ_ONLY = {
    "an issued invoice": ["invoice", "INV-000001"],
    "a customer's invoices": ["invoice", "--customer", "acme", "--catalog", CATALOG],
    "recorded usage": [
        *("simulate", "--plan", "support-pro", "--customer", "acme", "--catalog", CATALOG),
    ],
    "a billing run": ["bill", "--catalog", CATALOG],
}


@pytest.mark.parametrize("command", READ_ONLY.values(), ids=READ_ONLY)
def test_what_adds_no_customers_makes_no_database(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit code is 2, the message says which address, the hint what makes a database."""
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--store", "sqlite:///mistyped.sqlite3"]) == 2
    told = capsys.readouterr().err
    assert 'no database of planql at "sqlite:///mistyped.sqlite3"' in told
    assert "planql db upgrade makes a new one" in told
    assert list(tmp_path.iterdir()) == []
