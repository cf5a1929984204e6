"""`planql` as a whole: its commands, and what a user sees when something goes wrong."""

import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.tiny_prices import write_catalog

from planql.cli import main as main_module
from planql.cli.main import COMMANDS, CommandGroup, commands, main
from planql.errors import InvalidInput

PLANQL = [sys.executable, "-c", "import sys; from planql.cli.main import main; sys.exit(main())"]


def failing(error: BaseException) -> click.Group:
    """A group whose only command fails."""
    group = click.Group()

    @click.command()
    def boom() -> None:
        raise error

    group.add_command(boom)
    return group


def run_failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command that fails."""
    monkeypatch.setattr(main_module, "commands", failing(error))
    return main(["boom"])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command can be imported, and says what it does."""
    assert main([name, "--help"]) == 0
    assert "Usage: planql" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`planql --help` says of all commands, in the order of the table, what they are for."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    lines = out.partition("Commands:\n")[2].splitlines()
    assert [tuple(line.split(maxsplit=1)) for line in lines] == list(COMMANDS.items())


def test_start_up_imports_no_command() -> None:
    """Listing the commands imports none of them, so start-up is fast."""
    code = """
import sys
from planql.cli.main import main
main(["--help"])
print([name for name in sys.modules if name in ("pydantic", "strawberry", "planql.sources")])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


@pytest.mark.parametrize("arguments", [["nope"], ["validate", "--nope"], ["explain", "a", "b"]])
def test_wrong_use_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command, option or argument is wrong use."""
    assert main(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


def test_a_planql_error_is_told_with_place_and_hint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a user can mend is told on standard error: where, what, and how."""
    error = InvalidInput("a-code", '"x" is wrong', pointer="/a", hint="write y")
    assert run_failing(error, monkeypatch) == 2
    assert capsys.readouterr().err == 'planql: /a: "x" is wrong\n    hint: write y\n'


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "/x"), "Permission denied: /x"),
        (OSError("odd"), "odd"),
        (TypeError("oops"), "a defect of planql (TypeError: oops)"),
    ],
)
def test_nobody_sees_a_traceback(
    error: Exception,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A broken environment or a defect is one line, and exit code 2."""
    assert run_failing(error, monkeypatch) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_interrupting_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command as a shell expects it."""
    assert run_failing(KeyboardInterrupt(), monkeypatch) == 130


def test_a_reader_that_went_away_is_no_error() -> None:
    """`planql explain | head -1` ends quietly, however much was left to print."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PLANQL, "explain"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_reader_of_a_table_that_went_away_is_no_error(tmp_path: Path) -> None:
    """So do tables: exit code 1 would say that problems were found."""
    write_catalog(tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    command = [*PLANQL, "show", "basic"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, cwd=tmp_path)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("command", ["explain", "periods --start 2026-01-31", "rate -"])
def test_closed_streams_are_empty_ones(command: str) -> None:
    """A service may start a command without any stream: nothing is read, nothing is shown."""
    line = f"exec {shlex.join(PLANQL)} {command} <&- >&-"
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_nobody_can_be_told() -> None:
    """The exit code is the same where the message cannot be written; a full disk is said."""
    line = f"exec {shlex.join(PLANQL)} explain nothing 2>/dev/full"
    assert subprocess.run(["sh", "-c", line], check=False).returncode == 2  # noqa: S607
    line = f"exec {shlex.join(PLANQL)} explain >/dev/full"
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, check=False)  # noqa: S607
    assert (done.returncode, done.stderr) == (2, b"planql: No space left on device\n")


def test_what_the_terminal_cannot_show_is_escaped() -> None:
    """A terminal of another encoding gets escapes, not a failure."""
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [*PLANQL, "explain", "tier-order"], capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0
    assert b"\\u2026" in done.stdout


def test_any_stream_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that catches the output need not do it with a terminal's stream."""
    caught = io.StringIO()
    monkeypatch.setattr(sys, "stdout", caught)
    assert main(["explain", "tier-order"]) == 0
    assert caught.getvalue().startswith("tier-order: ")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` names the program and its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("planql, version ")


def test_commands_live_in_one_module_each() -> None:
    """The modules of planql.cli that export a `command` are the commands that are listed."""
    folder = Path(main_module.__file__).parent
    exporting = {file.stem for file in folder.glob("*.py") if "\ndef command(" in file.read_text()}
    assert isinstance(commands, CommandGroup)
    assert exporting == set(COMMANDS)


def test_a_shell_completes_commands() -> None:
    """A shell that asks what could follow is told the commands that begin so."""
    with click.Context(commands) as context:
        found = commands.shell_complete(context, "va")
    assert [item.value for item in found] == ["validate"]
