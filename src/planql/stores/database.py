"""A connection to SQLite or PostgreSQL, its transactions, and its schema's version.

SQLite: write-ahead log, a busy timeout, and `BEGIN IMMEDIATE` for what writes. With the default,
deferred BEGIN a transaction that reads first and writes later fails as soon as another writer
was quicker; taking the write lock at once makes writers wait their turn instead.

Source: DESIGN 5.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from planql.errors import SourceError

_BUSY_SECONDS: Final = 30
_READS_ONLY: Final = {"planql_reads_only": True}
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


class Database:
    """An open database whose schema is this version's.

    Transactions are explicit: `with database.reading() as connection` sees one consistent state,
    `with database.writing() as connection` commits at its end or leaves no trace.
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
        with self._engine.connect().execution_options(**_READS_ONLY) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end of the block, undone by an exception."""
        with self._engine.begin() as connection:
            yield connection

    def ping(self) -> None:
        """Have the database answer something.

        Raises:
            SourceError: `database-unreachable`.
        """
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM alembic_version").close()
        except DatabaseError as error:
            message = f"the database does not answer: {error.orig}"
            raise SourceError("database-unreachable", message) from None

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
    engine = _engine(url)
    with _connected(engine, url) as connection:
        current = _revision(connection)
        is_empty = current is None and not inspect(connection).get_table_names()
    if is_empty:
        _upgrade(engine)
    elif current != _head():
        engine.dispose()
        raise _wrong_version(current)
    return Database(engine)


def upgrade_database(url: str) -> tuple[str | None, str]:
    """Bring the schema of the database at `url` to this version.

    Returns:
        The schema's version before (None: the database was empty) and after.

    Raises:
        SourceError: as `open_database`.
    """
    engine = _engine(url)
    with _connected(engine, url) as connection:
        before = _revision(connection)
    _upgrade(engine)
    engine.dispose()
    return before, _head()


@contextmanager
def _connected(engine: Engine, url: str) -> Iterator[Connection]:
    """The first connection to the database at `url`.

    Raises:
        SourceError: `database-unreachable`, when there is no server or no database.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except DatabaseError as error:
        engine.dispose()
        raise SourceError(
            "database-unreachable",
            f'the database "{_shown(url)}" does not answer: {error.orig}',
            hint="check the address, and that the server runs",
        ) from None


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        if parsed.get_backend_name() == "postgresql":
            return create_engine(parsed.set(drivername="postgresql+psycopg"))
    except (ArgumentError, NoSuchModuleError):
        pass
    raise SourceError(
        "database-url",
        f'"{_shown(url)}" is not the address of a database',
        hint='write "sqlite:///planql.sqlite3" or "postgresql://user@host/name"',
    )


def _shown(url: str) -> str:
    """`url` without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        **({"poolclass": StaticPool} if in_memory else {}),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _entry: ConnectionPoolEntry) -> None:
    """Leave transactions to `_begin_sqlite`, and make writers and readers get along."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # a sqlite3.Connection
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("planql_reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


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
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _wrong_version(current: str | None) -> SourceError:
    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if current is None or current in known:
        return SourceError(
            "database-outdated",
            f'the database has schema "{current or "none"}", but this planql needs "{_head()}"',
            hint="run: planql db upgrade",
        )
    return SourceError(
        "database-too-new",
        f'the database has schema "{current}", which this planql does not know',
        hint="run the planql that made it, or a newer one",
    )
