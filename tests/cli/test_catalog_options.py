"""What commands about a catalog share."""

import json
from datetime import date
from pathlib import Path

from planql.cli.catalog_options import require_catalog, today


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
