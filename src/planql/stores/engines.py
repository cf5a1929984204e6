"""SQLAlchemy's engines for SQLite and PostgreSQL, set up so that writers wait and nothing hangs.

SQLite: write-ahead log, a busy timeout, and `BEGIN IMMEDIATE` for what writes. With the default,
deferred BEGIN a transaction that reads first and writes later fails as soon as another writer
was quicker; taking the write lock at once makes writers wait their turn instead.

PostgreSQL: connections that broke while they were idle are replaced before they are used, so that
nothing has to be restarted when the server was; and a machine that is gone is noticed. An address
may set the timeouts otherwise: `postgresql://host/name?connect_timeout=20`.

Source: DESIGN 5.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from planql.errors import SourceError

READS_ONLY: Final = {"planql_reads_only": True}
"""Execution options of a transaction that writes nothing."""

_BUSY_SECONDS: Final = 30
_POOL_SECONDS: Final = 10
"""How long to wait for a connection when all are in use."""
_TIMEOUTS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What libpq is told: seconds, and milliseconds for what was sent and not acknowledged."""


def engine_of(url: str) -> Engine:
    """The engine for the database at `url`; nothing is connected yet.

    Raises:
        SourceError: `database-url`, it is no address of SQLite or PostgreSQL.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql(parsed)
    except (ArgumentError, NoSuchModuleError):
        pass
    raise SourceError(
        "database-url",
        f'"{shown(url)}" is not the address of a database',
        hint='write "sqlite:///planql.sqlite3" or "postgresql://user@host/name"',
    )


def shown(url: str) -> str:
    """`url` without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def lacks_file(engine: Engine) -> bool:
    """Whether connecting would make a file of SQLite that is not there."""
    if engine.dialect.name != "sqlite" or _is_in_memory(engine.url):
        return False
    return not Path(str(engine.url.database)).exists()


def _postgresql(url: URL) -> Engine:
    unsaid = {name: value for name, value in _TIMEOUTS.items() if name not in url.query}
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args=unsaid,
        pool_pre_ping=True,
        pool_timeout=_POOL_SECONDS,
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        **({"poolclass": StaticPool} if _is_in_memory(url) else {}),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_in_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}


def _prepare_sqlite(connection: object, _entry: ConnectionPoolEntry) -> None:
    """Leave transactions to `_begin_sqlite`, and make writers and readers get along."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # a sqlite3.Connection
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("planql_reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
