"""Empty databases to measure on: a SQLite file, and a PostgreSQL server of this machine."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.servers.postgresql import NoPostgresqlError, postgresql_server


def database_urls() -> Iterator[tuple[str, str]]:
    """Name and address of each database, which is there until the next one is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/planql.sqlite3"
    try:
        with postgresql_server() as server:
            yield "PostgreSQL", server.url
    except NoPostgresqlError as error:
        print(f"PostgreSQL: not measured: {error}")
