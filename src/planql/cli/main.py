"""`planql`: the group of all commands, and what a user sees when something goes wrong.

A command is a module of `planql.cli` that exports a click command called `command`; it is
imported when it is used, so that start-up stays fast.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from typing import Final

import click

from planql.errors import PlanqlError

COMMANDS: Final = {
    "validate": "every mistake in a catalog, by file, line and column",
    "explain": "what a kind of mistake means, and how to mend it",
    "fmt": "lay all documents out the same way",
    "new": "a new document that validates, or the next version of a plan",
    "show": "a plan as a person reads it",
    "rate": "what a quantity or recorded usage costs, with the sum",
    "periods": "the billing periods of a cycle, anchor and time zone",
    "invoice": "the invoices of a story, a customer's history",
    "simulate": "what prices would earn and cost, day by day, drafts too",
    "test": "the pricing tests of a catalog",
    "diff": "what changed between two catalogs, in terms of prices",
    "impact": "what that does to revenue, cost and margin",
    "comment": "the answer to a pull request that changes prices",
    "schema": "JSON Schemas for editors, and the GraphQL schema",
    "serve": "the GraphQL API, with GraphiQL for browsers",
    "documents": "the documents that requests may name, by identifier",
    "key": "API keys of programs and administrators",
    "bill": "issue every invoice that is due, each exactly once",
    "ingest": "record usage events, each exactly once",
    "db": "care of the database",
    "demo": "a year of made-up customers, usage and invoices",
}
"""Name of a command -> what `planql --help` says of it, in that order.

The command is `command` of the module of `planql.cli` with the command's name.
"""

WRONG_USE: Final = 2
"""Exit code of wrong use and of a broken environment."""
INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as a shell gives it."""
PIPE_CLOSED: Final = 141
"""Exit code when the reader of the output went away, as a shell gives it."""


class CommandGroup(click.Group):
    """The commands of `COMMANDS`, each imported on first use; listing them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command `cmd_name`, or None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"planql.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Every command with what it is for, in the order of the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that went away ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
            ctx.exit(PIPE_CLOSED)
        return result


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("planql"), prog_name="planql")
def commands() -> None:
    """Prices as reviewed files in git, answered through one GraphQL API."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code. No traceback reaches the user."""
    _open_streams()
    _print_anything()
    try:
        result = commands.main(arguments, prog_name="planql", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the edge of the process
        with suppress(OSError):  # nobody may be there to read it
            _failed(error)
        return INTERRUPTED if isinstance(error, click.Abort) else WRONG_USE
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> None:
    """Say what went wrong on standard error."""
    match error:
        case click.ClickException():
            error.show()
        case click.Abort():
            pass
        case PlanqlError():
            click.echo(error_text(error), err=True)
        case OSError():
            where = f": {error.filename}" if error.filename else ""
            click.echo(f"planql: {error.strerror or error}{where}", err=True)
        case _:
            kind = type(error).__name__
            click.echo(f"planql: this is a defect of planql ({kind}: {error})", err=True)


def error_text(error: PlanqlError) -> str:
    """What a user reads about `error`: the message, where, and how to mend it."""
    where = f"{error.pointer}: " if error.pointer else ""
    hint = f"\n    hint: {error.hint}" if error.hint else ""
    return f"planql: {where}{error.message}{hint}"


def _open_streams() -> None:
    """Let a stream that is closed be an empty one, as a service may be started without any."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for good


def _print_anything() -> None:
    """Escape what the terminal's encoding cannot show, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter's last flush is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
