"""`planql serve`: starts, answers, stops; refuses what nobody may reach."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from planql.cli.listening import require_reachable_by_known
from planql.cli.main import main
from planql.errors import InvalidInput
from planql.gateway.access import DEVELOPMENT
from planql.gateway.api_keys import new_api_key
from planql.gateway.principals import Role
from planql.stores.database import open_database
from planql.stores.usage import read_events

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
MAIN = "import sys; from planql.cli.main import main; sys.exit(main())"
LOG = (
    r"[^ ]+ info process \d+ answers requests\n"
    r"[^ ]+ info POST /(graphql|usage) 200 [0-9.]+ ms [0-9a-f]{16}\n"
    r"[^ ]+ info process \d+ stops\n"
)
"""What is logged of a server that was asked once."""
SERVE = [sys.executable, "-c", MAIN, "serve"]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_serve_answers_until_it_is_told_to_stop(host: str, stop: signal.Signals) -> None:
    """The address it prints is answered; a signal ends it in order; stderr has the request."""
    command: list[str | Path] = [*SERVE, "--catalog", CATALOG, "--host", host, "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        name, _, rest = run.stdout.readline().partition(": ")
        address = rest.split()[0]
        response = httpx.post(address, json={"query": "{ catalog { name } }"})
        run.send_signal(stop)
        errors = run.stderr.read()
        run.wait(20)
    assert response.json()["data"] == {"catalog": {"name": name}}
    assert run.returncode == 0
    assert re.fullmatch(LOG, errors)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.com", "", "localhost."])  # noqa: S104 - refused
def test_only_loopback_is_listened_on(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Beyond this machine nothing is listened on while every caller is an administrator."""
    assert main(["serve", "--catalog", str(CATALOG), "--host", host]) == 2
    assert "every caller is an administrator" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_is_listened_on(host: str) -> None:
    """Every address of this machine's loopback will do."""
    require_reachable_by_known(host, DEVELOPMENT)


def test_a_name_that_is_no_address_is_refused() -> None:
    """A name might lead anywhere."""
    with pytest.raises(InvalidInput, match=r"gateway\.local"):
        require_reachable_by_known("gateway.local", DEVELOPMENT)


def told(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that ends with 2 says on standard error."""
    assert main(["serve", *arguments]) == 2
    return capsys.readouterr().err


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """When another program listens there, the message says so and names a way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        message = told(["--catalog", str(CATALOG), "--port", port], capsys)
    assert port in message
    assert "--port" in message


def test_an_impossible_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A port is at most 65535."""
    assert "70000" in told(["--catalog", str(CATALOG), "--port", "70000"], capsys)


def test_a_missing_catalog_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A directory that is not there is an error of use."""
    assert "nowhere" in told(["--catalog", str(tmp_path / "nowhere")], capsys)


def test_a_catalog_with_mistakes_is_not_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the command that shows the mistakes."""
    (tmp_path / "catalog.json").write_text("{}", encoding="utf-8")
    assert "planql validate" in told(["--catalog", str(tmp_path)], capsys)


def test_what_is_sent_is_kept_in_the_database(tmp_path: Path) -> None:
    """With `--store` usage is recorded, and still there when the server has stopped."""
    store = f"sqlite:///{tmp_path / 'planql.sqlite3'}"
    command: list[str | Path] = [*SERVE, "--catalog", CATALOG, "--store", store, "--port", "0"]
    event = '{"id":"1","type":"call","subject":"acme","time":"2026-04-02T10:00:00Z"}'
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        address = run.stdout.readline().partition(": ")[2].split()[0]
        usage = address.replace("/graphql", "/usage")
        headers = {"content-type": "application/x-ndjson"}
        response = httpx.post(usage, content=event, headers=headers)
        run.send_signal(signal.SIGTERM)
        errors = run.stderr.read()
        run.wait(20)
    assert response.json() == {"stored": 1, "duplicates": [], "rejected": []}
    assert run.returncode == 0
    assert re.fullmatch(LOG, errors)
    database = open_database(store)
    found = read_events(database, ["acme"], ["call"], datetime(2027, 1, 1, tzinfo=UTC))
    database.close()
    assert [each.id for each in found["acme"]] == ["1"]


@pytest.mark.parametrize("store", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It has one connection, which several requests at once would share."""
    assert "memory" in told(["--catalog", str(CATALOG), "--store", store], capsys)


def test_with_a_key_other_machines_are_listened_to(tmp_path: Path) -> None:
    """Any address will do then; no part of a key is printed, whatever is asked."""
    made = new_api_key(Role.ADMIN, "ops")
    command: list[str | Path] = [*SERVE, "--catalog", CATALOG, "--host", "0.0.0.0", "--port", "0"]  # noqa: S104 - what it is about
    environment = {**os.environ, "PLANQL_API_KEYS": made.line}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=tmp_path
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        address = run.stdout.readline().partition(": ")[2].split()[0]
        address = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - from where it is asked
        who = run.stdout.readline()
        query = {"query": "{ discounts { code } }"}
        found = [
            httpx.post(address, json=query, headers=headers).status_code
            for headers in ({"authorization": f"Bearer {made.secret}"}, {"authorization": "x"})
        ]
        anonymous = httpx.post(address, json=query).json()
        run.send_signal(signal.SIGTERM)
        printed = run.stdout.read() + run.stderr.read()
        run.wait(20)
    assert who == "API keys: ops; tokens of customers: none\n"
    assert found == [200, 401]
    assert "errors" in anonymous
    assert run.returncode == 0
    assert made.secret not in printed
    assert made.line.rpartition(":")[2] not in printed + who


def test_development_mode_is_said(tmp_path: Path) -> None:
    """The second line says that every caller is an administrator."""
    command: list[str | Path] = [*SERVE, "--catalog", CATALOG, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as run:
        assert run.stdout is not None
        lines = [run.stdout.readline(), run.stdout.readline()]
        run.send_signal(signal.SIGTERM)
        run.wait(20)
    assert "every caller is an administrator" in lines[1]


def test_tokens_are_named_by_their_algorithm(tmp_path: Path) -> None:
    """Whoever starts the server sees how tokens must be signed."""
    secret = tmp_path / "secret"
    secret.write_text("x" * 40, encoding="utf-8")
    command: list[str | Path] = [*SERVE, "--catalog", CATALOG, "--port", "0"]
    command += ["--jwt-secret-file", secret]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        lines = [run.stdout.readline(), run.stdout.readline()]
        run.send_signal(signal.SIGTERM)
        run.wait(20)
    assert lines[1] == "API keys: none; tokens of customers: HS256\n"
