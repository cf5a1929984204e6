"""How a command line names a version of a rate plan: `support-pro`, or `support-pro@2`."""

from typing import Final

import click

_MOST_DIGITS: Final = 9
"""Of a version."""


def named_version(name: str) -> tuple[str, int | None]:
    """The key of a plan and its version; None where no version is named.

    Raises:
        UsageError: what stands after "@" is no version.
    """
    key, sign, number = name.partition("@")
    if not sign:
        return key, None
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        raise click.UsageError(f'"{name}" has no version after "@": write KEY@2')
    return key, int(number)
