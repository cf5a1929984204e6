"""Databases open only with the schema of this version."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from planql import stores
from planql.errors import DatabaseUnreachable, SourceError
from planql.stores import engines
from planql.stores.database import Database, open_database, open_existing, upgrade_database
from planql.stores.tables import METADATA

MIGRATIONS = Path(stores.__file__).parent / "migrations"


def test_migrations_make_the_tables(database: Database) -> None:
    """The migrations lead to exactly the tables that the statements use."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


@pytest.mark.usefixtures("database")
def test_opening_again_finds_the_schema(database_url: str) -> None:
    """A database that has its tables is opened as it is."""
    open_database(database_url).close()
    before, after = upgrade_database(database_url)
    assert before == after


def test_a_database_of_the_first_version_is_upgraded(database_url: str) -> None:
    """`planql db upgrade` leads to the tables of this version, and keeps what is stored."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO customers VALUES ('acme', '{}', 0)"))
    with pytest.raises(SourceError, match="planql needs"):
        open_database(database_url)
    before, after = upgrade_database(database_url)
    assert before == "0001" != after
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
        assert connection.scalar(text("SELECT key FROM customers")) == "acme"
    engine.dispose()


@pytest.mark.parametrize(
    ("revision", "code"), [("", "database-outdated"), ("9999", "database-too-new")]
)
def test_another_schema_is_refused(
    database: Database, database_url: str, revision: str, code: str
) -> None:
    """A schema of another version is named, with the command that mends it."""
    with database.writing() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": revision})
    with pytest.raises(SourceError) as refused:
        open_database(database_url)
    assert refused.value.code == code


@pytest.mark.parametrize("url", ["planql.sqlite3", "mysql://host/name", "nonsense://x"])
def test_other_addresses_are_refused(url: str) -> None:
    """Only SQLite and PostgreSQL are known."""
    with pytest.raises(SourceError, match="is not the address of a database") as refused:
        open_database(url)
    assert refused.value.code == "database-url"


def test_an_address_may_set_the_timeouts(postgresql_url: str) -> None:
    """What libpq is told in the address is not told otherwise."""
    database = open_database(f"{postgresql_url}&connect_timeout=2&keepalives_idle=60")
    with database.reading() as connection:
        told = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    database.close()
    assert (told["connect_timeout"], told["keepalives_idle"]) == ("2", "60")
    assert told["tcp_user_timeout"] == "30000"


def test_a_password_is_never_shown() -> None:
    """An error names the database without its password."""
    with pytest.raises(SourceError) as refused:
        open_database("postgresql://user:secret@127.0.0.1:1/name")
    assert refused.value.code == "database-unreachable"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("use", [open_database, upgrade_database])
def test_what_is_no_database_is_told(use: Callable[[str], object], tmp_path: Path) -> None:
    """Neither a file that is something else nor one that cannot be there is a defect."""
    file = tmp_path / "planql.sqlite3"
    file.write_text("the diary of a database that is none")
    for path in (file, tmp_path / "nowhere" / "planql.sqlite3"):
        with pytest.raises(SourceError) as refused:
            use(f"sqlite:///{path}")
        assert refused.value.code == "database-unreachable"


def test_what_only_reads_makes_nothing(database_url: str, tmp_path: Path) -> None:
    """No file and no tables; once they are there they are opened."""
    with pytest.raises(SourceError, match="there is no database of planql at") as refused:
        open_existing(database_url)
    assert refused.value.code == "no-database"
    assert list(tmp_path.iterdir()) == []
    upgrade_database(database_url)
    open_existing(database_url).close()


def test_a_file_without_tables_is_no_database(tmp_path: Path) -> None:
    """An empty file is what is left of a command that made one by mistake; so is memory."""
    (tmp_path / "empty.sqlite3").touch()
    for url in (f"sqlite:///{tmp_path / 'empty.sqlite3'}", "sqlite://"):
        with pytest.raises(SourceError) as refused:
            open_existing(url)
        assert refused.value.code == "no-database"


def test_tables_are_made_once_by_many(database_url: str) -> None:
    """Processes that find an empty database at the same moment all come to open it."""
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(open_database, [database_url] * 6))
    for each in opened:
        each.ping()
        each.close()


def test_a_failed_block_leaves_no_trace(database: Database) -> None:
    """What a writing transaction did is undone by an exception."""

    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.execute(text("INSERT INTO issuers VALUES ('x', 1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with database.reading() as connection:
        assert connection.execute(text("SELECT * FROM issuers")).all() == []


def test_a_wrong_statement_is_a_defect(database: Database) -> None:
    """Neither database is taken for away, and asked again, because planql asked wrongly."""
    with (
        pytest.raises(DatabaseError, match="nowhere"),
        database.reading() as connection,
    ):
        connection.execute(text("SELECT * FROM nowhere"))


def test_a_locked_file_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another process keeps is nothing that is wrong: it may be over in a moment."""
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.01)
    database = open_database(f"sqlite:///{tmp_path / 'planql.sqlite3'}")
    with (
        database.writing(),
        pytest.raises(DatabaseUnreachable, match="does not answer"),
        database.writing(),
    ):
        raise AssertionError("two write at once")
    database.close()


def test_memory_is_a_database(tmp_path: Path) -> None:
    """`sqlite://` keeps everything in memory, and forgets it when closed."""
    opened = open_database("sqlite://")
    with opened.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM customers")).scalar() == 0
    opened.close()
    assert list(tmp_path.iterdir()) == []
