"""What commands about a catalog share."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.tiny_prices import write_catalog

from planql.cli.catalog_options import require_catalog, today
from planql.cli.main import main
from planql.stores.database import open_database


def day_in(time_zone: str, folder: Path) -> date:
    """The day it is now for a catalog of a time zone."""
    settings = {"format": 1, "name": "Tiny", "time_zone": time_zone}
    (folder / "catalog.json").write_text(json.dumps(settings), encoding="utf-8")
    return today(require_catalog(folder, None))


def test_today_is_that_of_the_catalogs_zone(tmp_path: Path) -> None:
    """Between the ends of the earth there are 26 hours: it is always a later day in the east."""
    west = day_in("Etc/GMT+12", tmp_path)
    east = day_in("Pacific/Kiritimati", tmp_path)
    assert west < east


@pytest.mark.parametrize(
    "command",
    [
        ["validate"],
        ["test"],
        ["fmt", "--check"],
        ["show", "basic"],
        ["bill", "--dry-run", "--store", "sqlite:///customers.sqlite3"],
        ["simulate", "--plan", "basic@1"],
    ],
)
def test_the_environment_names_the_catalog(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`PLANQL_CATALOG` is the catalog of every command that reads one, unless a command says."""
    write_catalog(tmp_path / "elsewhere")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    open_database("sqlite:///customers.sqlite3").close()
    assert main(command) == 2
    monkeypatch.setenv("PLANQL_CATALOG", str(tmp_path / "elsewhere" / "catalog"))
    assert main(command) == int(command[0] == "fmt")  # its files are not laid out


def test_a_command_says_more_than_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands on the command line holds."""
    write_catalog(tmp_path)
    monkeypatch.setenv("PLANQL_CATALOG", str(tmp_path / "missing"))
    catalog = str(tmp_path / "catalog")
    assert main(["validate", catalog]) == 0
    assert main(["show", "basic", "--catalog", catalog]) == 0
