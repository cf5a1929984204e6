"""Options of the form NAME=VALUE."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import click

from planql.errors import InvalidInput
from planql.money import parse_decimal


def named_values(option: str, texts: Sequence[str]) -> dict[str, str]:
    """What each name is set to.

    Args:
        option: What the option is called, for messages.
        texts: As they were written.

    Raises:
        click.UsageError: one has no name, or two have the same.
    """
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise click.UsageError(f'{option} "{text}" is not of the form NAME=VALUE')
        if name in values:
            raise click.UsageError(f'{option} sets "{name}" twice')
        values[name] = value
    return values


def decimals(option: str, texts: Iterable[str]) -> tuple[Decimal, ...]:
    """The numbers that texts stand for; a mistake names the option.

    Raises:
        InvalidInput: one is not a plain decimal number, or is below 0.
    """
    return tuple(quantity(option, text) for text in texts)


def quantity(option: str, text: str) -> Decimal:
    """The number that a text stands for, 0 or above; a mistake names the option.

    Raises:
        InvalidInput: it is not a plain decimal number, or is below 0.
    """
    number = decimal(option, text)
    if number < 0:
        raise InvalidInput("negative-number", f'{option}: "{text}" is below 0')
    return number


def decimal(option: str, text: str) -> Decimal:
    """The number that a text stands for, of either sign; a mistake names the option.

    Raises:
        InvalidInput: it is not a plain decimal number.
    """
    try:
        return parse_decimal(text.strip())
    except InvalidInput as error:
        raise InvalidInput(error.code, f"{option}: {error.message}", hint=error.hint) from None
