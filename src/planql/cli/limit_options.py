"""The options that say how large a request may be, and which documents are executed."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import click

from planql.cli.option_groups import OptionGroup
from planql.errors import InvalidInput
from planql.gateway.limits import Limits
from planql.gateway.operations import Operation, load_operations
from planql.gateway.persisted import persisted
from planql.gateway.settings import Rules
from planql.gateway.statuses import Statuses
from planql.problems import did_you_mean

_NUMBER: Final = re.compile("[1-9][0-9]{0,17}")
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)

NAMES: Final = tuple(each.name.replace("_", "-") for each in fields(Limits))
"""Every limit, as the option names it."""

limit_options: Final = OptionGroup(
    click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="NAME=NUMBER",
        envvar="PLANQL_LIMITS",
        show_envvar=True,
        help=f"A limit of requests, of {', '.join(NAMES)}; may be repeated. In the environment "
        "they are parted by blanks.",
    ),
    click.option(
        "--documents",
        "folders",
        multiple=True,
        type=_FOLDER,
        envvar="PLANQL_DOCUMENTS",
        show_envvar=True,
        help="Folder of *.graphql files that requests may name by `documentId`, besides the "
        "examples and those of the pages; may be repeated.",
    ),
    click.option(
        "--trusted-documents",
        "is_exclusive",
        is_flag=True,
        envvar="PLANQL_TRUSTED_DOCUMENTS",
        show_envvar=True,
        help="Execute only these documents.",
    ),
    click.option(
        "--status-codes",
        "statuses",
        type=click.Choice([each.value for each in Statuses]),
        default=Statuses.AUDITS.value,
        show_default=True,
        envvar="PLANQL_STATUS_CODES",
        show_envvar=True,
        help="The edition of GraphQL over HTTP that the statuses of answers follow.",
    ),
)
"""All of them."""


def read_rules(operations: tuple[Operation, ...], options: dict[str, Any]) -> Rules:
    """What the options say.

    Args:
        operations: Those that every server holds.
        options: Those of all options; those of `limit_options` are taken out.

    Raises:
        InvalidInput: `unknown-limit`, or `not-a-limit` for what is no whole number from 1 on.
    """
    limits = dict(map(_limit, options.pop("limits")))
    further = (each for folder in options.pop("folders") for each in load_operations(folder))
    return Rules(
        replace(Limits(), **limits),
        persisted((*operations, *further), is_exclusive=options.pop("is_exclusive")),
        Statuses(options.pop("statuses")),
    )


def _limit(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if name not in NAMES:
        raise InvalidInput(
            "unknown-limit",
            f'"{name[:50]}" is no limit',
            hint=did_you_mean(name, NAMES) or f"there are {', '.join(NAMES)}",
        )
    if not _NUMBER.fullmatch(number):
        raise InvalidInput(
            "not-a-limit",
            f'the limit {name} is "{number[:50]}"; it must be a whole number, 1 or more',
            hint=f"write for example: --limit {name}=1000",
        )
    return name.replace("-", "_"), int(number)
