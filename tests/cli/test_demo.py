"""`planql demo` fills a database once, and says what to look at."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planql.cli.main import main
from planql.stores.customers import create_customer, list_customers
from planql.stores.database import open_database

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
AS_OF = "2026-01-20T12:00:00Z"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the demo."""
    store = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite3'}"
    assert run(store) == 0
    return store


def run(store: str, catalog: Path = CATALOG, as_of: str = AS_OF) -> int:
    """`planql demo`; the exit code."""
    return main(["demo", "--store", store, "--catalog", str(catalog), "--as-of", as_of])


def test_the_demo_is_made_once(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A database that has the demo is left as it is, and the command says so."""
    assert run(demo) == 0
    assert "has the demo already" in capsys.readouterr().out


def test_it_says_what_to_look_at(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands it suggests can be run, and the invoice it names holds a credit."""
    run(demo)
    lines = capsys.readouterr().out.splitlines()
    explained, listed = [line.split() for line in lines if line.startswith("  planql invoice")]
    assert main(explained[1:]) == 0
    assert "credit), 2" in capsys.readouterr().out
    assert main([*listed[1:], "--catalog", str(CATALOG), "--as-of", AS_OF]) == 0
    assert explained[2] in capsys.readouterr().out


def test_other_customers_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A database with customers of its own is refused, naming one of them."""
    store = f"sqlite:///{tmp_path / 'real.sqlite3'}"
    database = open_database(store)
    create_customer(database, "acme", json.dumps({"key": "acme"}), datetime(2026, 1, 1, tzinfo=UTC))
    database.close()
    assert run(store) == 2
    assert '"acme"' in capsys.readouterr().err


def test_another_catalog_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog without the example's plans is refused, and nothing is stored."""
    settings = {"format": 1, "name": "Tiny", "time_zone": "UTC"}
    (tmp_path / "catalog.json").write_text(json.dumps(settings))
    store = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    assert run(store, tmp_path) == 2
    assert 'there is no rate plan "support-team"' in capsys.readouterr().err
    assert list_customers(open_database(store)) == []
