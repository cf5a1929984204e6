"""A connection to SQLite or PostgreSQL, its transactions, and its schema's version.

Source: DESIGN 5.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, func, inspect, select
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from planql.errors import DatabaseUnreachable, SourceError
from planql.stores.engines import READS_ONLY, engine_of, lacks_file, shown

LOG: Final = logging.getLogger("planql.stores")

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_UPGRADES: Final = 0x706C616E716C
"""The lock that whoever makes or changes tables in PostgreSQL holds: "planql"."""


class Database:
    """An open database whose schema is this version's.

    Transactions are explicit: `with database.reading() as connection` sees one consistent state,
    `with database.writing() as connection` commits at its end or leaves no trace. Both raise
    `DatabaseUnreachable` when the database does not answer, or not any more; the next one connects
    anew.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def is_postgresql(self) -> bool:
        """Whether this is PostgreSQL; else it is SQLite."""
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with _answered(), self._engine.connect().execution_options(**READS_ONLY) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end of the block, undone by an exception."""
        with _answered(), self._engine.begin() as connection:
            yield connection

    def ping(self) -> None:
        """Have the database answer something.

        Raises:
            DatabaseUnreachable: it does not.
        """
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM alembic_version").close()
        except DatabaseError as error:
            raise DatabaseUnreachable(f"the database does not answer: {error.orig}") from None

    def time_statements(self, seen: Callable[[float], None]) -> None:
        """Have `seen` told how many seconds each statement takes from now on."""

        def begin(connection: Connection, *_: object) -> None:
            connection.info["planql_began"] = time.perf_counter()

        def end(connection: Connection, *_: object) -> None:
            seen(time.perf_counter() - connection.info["planql_began"])

        event.listen(self._engine, "before_cursor_execute", begin)
        event.listen(self._engine, "after_cursor_execute", end)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """The database at `url`; an empty one gets its tables.

    Args:
        url: `sqlite:///planql.sqlite3`, `sqlite://` (in memory) or `postgresql://user@host/name`.

    Raises:
        SourceError: the URL is not one, the server does not answer, or the schema is not this
            version's (`database-outdated`, `database-too-new`).
    """
    engine = engine_of(url)
    if _is_empty(engine, url):
        _upgrade(engine)
    return Database(engine)


def open_existing(url: str) -> Database:
    """The database at `url`, which somebody made before; nothing is made.

    Raises:
        SourceError: as `open_database`, and `no-database`, when there is none or it is empty.
    """
    engine = engine_of(url)
    if lacks_file(engine) or _is_empty(engine, url):
        engine.dispose()
        raise SourceError(
            "no-database",
            f'there is no database of planql at "{shown(url)}"',
            hint="check the address; planql db upgrade makes a new one",
        )
    return Database(engine)


def upgrade_database(url: str) -> tuple[str | None, str]:
    """Bring the schema of the database at `url` to this version.

    Returns:
        The schema's version before (None: the database was empty) and after.

    Raises:
        SourceError: as `open_database`.
    """
    engine = engine_of(url)
    with _connected(engine, url) as connection:
        before = _revision(connection)
    _upgrade(engine)
    engine.dispose()
    return before, _head()


@contextmanager
def _answered() -> Iterator[None]:
    """Tell a database that does not answer from a defect; the log says what became of it.

    Raises:
        DatabaseUnreachable: no connection, a lost one, or a lock that was not let go of.
    """
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        if _is_mistaken(error):
            raise
        LOG.warning("the database does not answer: %s", getattr(error, "orig", error))
        raise DatabaseUnreachable(
            "the database does not answer", hint="ask again in a moment"
        ) from error


def _is_mistaken(error: Exception) -> bool:
    """Whether a statement is wrong, which SQLite says in the same words as that it is locked."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_ERROR


def _is_empty(engine: Engine, url: str) -> bool:
    """Whether there are no tables at all; else they are this version's.

    Raises:
        SourceError: they are another version's.
    """
    with _connected(engine, url) as connection:
        if not inspect(connection).get_table_names():
            return True
        current = _revision(connection)
    if current != _head():
        engine.dispose()
        raise _wrong_version(current)
    return False


@contextmanager
def _connected(engine: Engine, url: str) -> Iterator[Connection]:
    """The first connection to the database at `url`.

    Raises:
        DatabaseUnreachable: there is no server, or no database.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except DatabaseError as error:
        engine.dispose()
        raise DatabaseUnreachable(
            f'the database "{shown(url)}" does not answer: {error.orig}',
            hint="check the address, and that the server runs",
        ) from None


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _head() -> str:
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    if head is None:
        raise AssertionError("the package holds no migrations")
    return head


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(engine: Engine) -> None:
    config = _alembic()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADES)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _wrong_version(current: str | None) -> SourceError:
    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if current is None or current in known:
        return SourceError(
            "database-outdated",
            f'the database has schema "{current or "none"}", but this planql needs "{_head()}"',
            hint="run: planql db upgrade, with the same --store",
        )
    return SourceError(
        "database-too-new",
        f'the database has schema "{current}", which this planql does not know',
        hint="run the planql that made it, or a newer one",
    )
