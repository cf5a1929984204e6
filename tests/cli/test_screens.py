"""Tables on terminals of any width."""

from io import StringIO

import pytest
from rich.table import Table

from planql.cli.screens import Screen, print_table


def table() -> Table:
    """A long name, a figure, and a bar."""
    found = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    found.add_column("charge")
    found.add_column("revenue", justify="right")
    found.add_column("")
    found.add_row("Resolved tickets of all the brands", "1,234,567,890.12", "#####")
    return found


@pytest.mark.parametrize("width", [1, 20, 40, 60, 200])
def test_figures_and_bars_are_whole(width: int) -> None:
    """Words fold where there is no room, and nothing is cut: no figure, no bar, no word."""
    text = StringIO()
    screen = Screen(text, width)
    print_table(screen, table())
    assert "1,234,567,890.12" in text.getvalue()
    assert "#####" in text.getvalue()
    assert "…" not in text.getvalue()
    words = "".join(line.split("  ")[0] for line in text.getvalue().splitlines()[1:])
    assert "".join(words.split()) == "Resolvedticketsofallthebrands"
    assert screen.width == width


def test_nothing_is_markup() -> None:
    """A name in brackets is a name."""
    text = StringIO()
    Screen(text, 80).print("[red]Pro[/] :smile:")
    assert text.getvalue() == "[red]Pro[/] :smile:\n"
