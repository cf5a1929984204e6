"""The option that says what "now" is; the clock is read here and nowhere below."""

from datetime import UTC, datetime

import click

from planql.entity import parse_instant
from planql.errors import InvalidInput


def _read(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime:
    instant = datetime.now(UTC) if text is None else parse_instant(text)
    if instant is None:
        raise InvalidInput(
            "not-an-instant",
            f'"{text}" is not an instant with a time zone',
            hint="write date, time and offset: 2026-03-01T00:00:00Z",
        )
    return instant


as_of_option = click.option(
    "--as-of",
    callback=_read,
    help="What happens later is not known: date, time and offset; now, when left out.",
)
"""An instant with its offset."""

starting_option = click.option(
    "--as-of",
    callback=_read,
    help="The instant whose month begins a range without --from; now, when left out.",
)
"""The same, where it only says which month it is."""
