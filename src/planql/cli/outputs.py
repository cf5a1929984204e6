"""Where answers go that may be charts: standard output or a file, as text or as an image."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Final, Protocol

import click
from rich.console import Console

from planql.cli.screens import Screen
from planql.errors import SourceError

_WIDTH: Final = 100
"""Columns of a table in a file."""
_NOT_TEXT: Final = {".pdf", ".jpg", ".jpeg", ".gif", ".webp", ".eps", ".xlsx", ".docx"}
"""Endings of files that hold no text, and that planql does not write."""


class Destination(Protocol):
    """What a command line says of where its answer goes."""

    @property
    def output(self) -> Path | None:
        """The file; None is standard output."""

    @property
    def chosen_form(self) -> str:
        """How the answer is printed."""


def put_text(options: Destination, text: str) -> None:
    """Text to the output file, or else to standard output."""
    if options.output is None:
        click.echo(text, nl=False)
    else:
        options.output.write_text(text, encoding="utf-8", newline="")


def put_table(options: Destination, show: Callable[[Console], None]) -> None:
    """What `show` prints, to the output file or else to the terminal.

    Raises:
        UsageError: the file's name says that it is no text.
    """
    if options.output is None:
        show(Screen())
        return
    if options.output.suffix.lower() in _NOT_TEXT:
        raise click.UsageError(
            f'--output "{options.output}" is no file of text; charts are written as .svg and .png'
        )
    text = StringIO()
    show(Screen(text, _WIDTH))
    options.output.write_text(text.getvalue(), encoding="utf-8")


def put_image(options: Destination, image: bytes) -> None:
    """An image to the output file, or else to standard output; a PNG never to a terminal."""
    if options.output is not None:
        options.output.write_bytes(image)
    elif options.chosen_form == "png" and sys.stdout.isatty():
        raise click.UsageError("--output is missing: a terminal cannot show a PNG")
    else:
        click.echo(image, nl=False)


@contextmanager
def drawing_library() -> Iterator[None]:
    """Say how to install the drawing library where it is missing.

    Raises:
        SourceError: `charts-missing`.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise SourceError(
            "charts-missing",
            "charts are drawn by matplotlib, which is not installed",
            hint="pip install 'planql[charts]'",
        ) from None
