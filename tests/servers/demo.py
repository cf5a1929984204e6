"""The demo's year of customers, made once for all tests of a run that look at it."""

import fcntl
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.gateway.credentials import NOW

from planql.catalog.snapshot import Catalog
from planql.demo.seeding import seed
from planql.stores.database import Database, open_database


def demo_copy(catalog: Catalog, factory: pytest.TempPathFactory, as_of: datetime = NOW) -> Database:
    """A database of one's own with the demo's year in it.

    The first who asks makes it; other workers wait for it, and everybody gets a copy.
    """
    worker = factory.getbasetemp()
    everybody = worker.parent if worker.name.startswith("popen-") else worker
    made = everybody / f"demo-{as_of:%Y-%m-%d}.sqlite3"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made, catalog, as_of)
    copy = factory.mktemp("demo") / "planql.sqlite3"
    shutil.copy(made, copy)
    return open_database(f"sqlite:///{copy}")


def _make(target: Path, catalog: Catalog, as_of: datetime) -> None:
    """A file that is there whole or not at all; closing it takes SQLite's log in."""
    unfinished = target.with_suffix(".unfinished")
    database = open_database(f"sqlite:///{unfinished}")
    for _ in seed(database, catalog, as_of):
        pass
    database.close()
    unfinished.rename(target)
