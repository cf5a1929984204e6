"""`planql serve`: starts, answers, stops; refuses what nobody may reach."""

import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from planql.cli.main import main
from planql.cli.serve import require_loopback
from planql.errors import InvalidInput

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
MAIN = "import sys; from planql.cli.main import main; sys.exit(main())"
SERVE = [sys.executable, "-c", MAIN, "serve"]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_serve_answers_until_it_is_told_to_stop(host: str, stop: signal.Signals) -> None:
    """The address it prints is answered; a signal ends it in order, with nothing on stderr."""
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
    assert response.json() == {"data": {"catalog": {"name": name}}}
    assert (run.returncode, errors) == (0, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.com", "", "localhost."])  # noqa: S104 - refused
def test_only_loopback_is_listened_on(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Beyond this machine nothing is listened on while there is no authentication."""
    assert main(["serve", "--catalog", str(CATALOG), "--host", host]) == 2
    assert "no authentication" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_is_listened_on(host: str) -> None:
    """Every address of this machine's loopback will do."""
    require_loopback(host)


def test_a_name_that_is_no_address_is_refused() -> None:
    """A name might lead anywhere."""
    with pytest.raises(InvalidInput, match=r"gateway\.local"):
        require_loopback("gateway.local")


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
