"""Where tables are printed: words of a catalog as they are, and figures always whole."""

from typing import IO, Final

from rich.console import Console
from rich.measure import Measurement
from rich.table import Column, Table

_LEAST: Final = 12
"""Characters that words have at least, if they are as long, before they are folded."""
_BETWEEN: Final = 3
"""Most characters between two columns, or at an end."""


class Screen(Console):
    """A terminal, or a file; nothing that a catalog says is taken for markup."""

    def __init__(self, file: IO[str] | None = None, width: int | None = None) -> None:
        super().__init__(file=file, width=width, highlight=False, markup=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """Leave it to the command group that nobody reads on."""
        raise BrokenPipeError


def print_table(console: Console, table: Table) -> None:
    """Print a table of which no figure and no bar is cut, however narrow the terminal is.

    Words fold first. Where that is not enough, lines are longer than the terminal is wide.
    """
    room = console.width
    least = sum(_keep(console, column) + _BETWEEN for column in table.columns) + _BETWEEN
    console.width = max(room, least)
    try:
        console.print(table)
    finally:
        console.width = room


def _keep(console: Console, column: Column) -> int:
    """Let a column be as wide as it must be; the result is how wide that is."""
    parts = (column.header, *column.cells)
    most = console.options.update_width(10_000)
    longest = max(Measurement.get(console, most, part).maximum for part in parts)
    if column.justify == "right" or not column.header:  # figures, and bars
        column.no_wrap = True
        column.min_width = longest
    else:
        column.overflow = "fold"
        column.min_width = min(longest, _LEAST)
    return column.min_width
