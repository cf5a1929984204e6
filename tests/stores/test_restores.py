"""Backups and restores as docs/operating.md tells them: whole, and no number is given twice."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.servers.postgresql import PostgresqlServer, postgresql_for_tests
from tests.stores.billing_company import START, call, populate, read_catalog, write_catalog

from planql.catalog.snapshot import Catalog
from planql.stores.billing_run import bill
from planql.stores.customers import list_customers
from planql.stores.database import Database, open_database, open_existing
from planql.stores.invoices import Issuance, IssuedInvoice, list_invoices

MARCH = datetime(2026, 3, 20, tzinfo=UTC)
APRIL = datetime(2026, 4, 20, tzinfo=UTC)
Restore = Callable[[], str]
"""Puts a backup back; the value is the URL of the database that it is in."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresqlServer]:
    """A PostgreSQL with its tools."""
    with postgresql_for_tests() as found:
        yield found


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The company's catalog."""
    return read_catalog(write_catalog(tmp_path / "catalog"))


def run(
    database: Database, catalog: Catalog, as_of: datetime, issuer: str, *, dry_run: bool = False
) -> list[IssuedInvoice]:
    """The invoices of a billing run."""
    groups = bill(database, catalog, Issuance(issuer, as_of, None), as_of, dry_run=dry_run)
    return [invoice for group in groups for invoice in group.invoices]


@contextmanager
def in_use(database: Database) -> Iterator[None]:
    """Usage is recorded until the end of the block."""
    ends = threading.Event()

    def record() -> None:
        number = 0
        while not ends.is_set():
            number += 1
            call(database, START + timedelta(seconds=number), MARCH)

    writer = threading.Thread(target=record)
    writer.start()
    try:
        yield
    finally:
        ends.set()
        writer.join()


def lost_and_found(url: str, catalog: Catalog, back_up: Callable[[], Restore]) -> None:
    """Back up in the middle of work, go on, restore, and bill what the backup did not hold."""
    with closing(open_database(url)) as database:
        populate(database, 5)
        kept = run(database, catalog, MARCH, "INV")
        with in_use(database):
            restore = back_up()
        lost = run(database, catalog, APRIL, "INV")
    with closing(open_existing(restore())) as restored:
        assert list_invoices(restored, list_customers(restored)) == kept
        due = run(restored, catalog, APRIL, "INV", dry_run=True)
        assert [each.identity for each in due] == [each.identity for each in lost]
        again = run(restored, catalog, APRIL, "INV2")
    names = [(each.issuer, each.number) for each in (*kept, *lost, *again)]
    assert len(names) == len(set(names)) == len(kept) + 2 * len(lost)


def test_a_dump_is_restored(server: PostgresqlServer, catalog: Catalog) -> None:
    """`pg_dump` while planql works; `pg_restore` into a new database, which planql then opens."""
    url, dump = server.new_database("lost"), server.folder / "planql.dump"
    host = ("-h", server.folder / "socket", "-U", "postgres")

    def back_up() -> Restore:
        dump.touch()
        dump.chmod(0o666)
        server.run("pg_dump", *host, "-Fc", "-f", dump, "lost")
        return restore

    def restore() -> str:
        found = server.new_database("found")
        server.run("pg_restore", *host, "-d", "found", "--exit-on-error", dump)
        return found

    lost_and_found(url, catalog, back_up)


def test_a_copy_of_a_file_is_restored(catalog: Catalog, tmp_path: Path) -> None:
    """SQLite's own backup while planql works; put in place of the file and of its log."""
    file, copy = tmp_path / "planql.sqlite3", tmp_path / "copy.sqlite3"

    def back_up() -> Restore:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return restore

    def restore() -> str:
        for name in ("-wal", "-shm"):
            Path(f"{file}{name}").unlink(missing_ok=True)
        shutil.copy(copy, file)
        return f"sqlite:///{file}"

    lost_and_found(f"sqlite:///{file}", catalog, back_up)
