"""The options that say which branch of a git repository is served, and what is read from them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from planql.cli.option_groups import OptionGroup
from planql.errors import InvalidInput
from planql.gateway.webhooks import webhook_secret
from planql.sources.served_branches import ServedBranch

SECRET_VARIABLE: Final = "PLANQL_WEBHOOK_SECRET"  # noqa: S105 - where the secret is, not the secret
"""The environment variable with the secret of webhooks: an option would show it to everyone."""

_DAY: Final = 86_400
_OF_REPOSITORY: Final = ("branch", "folder", "remote", "poll_seconds", "allowed_refs")

repository_options: Final = OptionGroup(
    click.option(
        "--repository",
        type=click.Path(path_type=Path),
        envvar="PLANQL_REPOSITORY",
        show_envvar=True,
        help="Serve a branch of this git repository, and follow it, instead of a directory.",
    ),
    click.option(
        "--branch",
        default="main",
        show_default=True,
        envvar="PLANQL_BRANCH",
        show_envvar=True,
        help="The branch to serve.",
    ),
    click.option(
        "--folder",
        default="catalog",
        show_default=True,
        envvar="PLANQL_FOLDER",
        show_envvar=True,
        help="Where the catalog lies in it.",
    ),
    click.option(
        "--fetch",
        "remote",
        envvar="PLANQL_FETCH",
        show_envvar=True,
        help="Fetch from this remote before each look at the branch, and serve its branch.",
    ),
    click.option(
        "--poll-seconds",
        type=click.FloatRange(1, _DAY),
        default=10,
        show_default=True,
        envvar="PLANQL_POLL_SECONDS",
        show_envvar=True,
        help="How often to look at the branch.",
    ),
    click.option(
        "--allow-ref",
        "allowed_refs",
        multiple=True,
        envvar="PLANQL_ALLOW_REFS",
        show_envvar=True,
        help="Other refs that servers and administrators may look at, such as refs/pull/* or "
        "prices/* for branches; may be repeated.",
    ),
)
"""The options of a branch that is served, in this order in the help."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A branch that is served, and how often it is looked at."""

    branch: ServedBranch
    poll_seconds: float


def read_followed(ctx: click.Context, options: dict[str, Any]) -> Followed | None:
    """What the options say; None when a directory is served.

    Args:
        ctx: Of the command.
        options: Those of all options; those of `repository_options` are taken out.

    Raises:
        InvalidInput: `catalog-source`, they say several things at once.
    """
    repository = options.pop("repository")
    values = [options.pop(name) for name in ("branch", "folder", "remote", "allowed_refs")]
    poll_seconds = options.pop("poll_seconds")
    _require_one_source(ctx, repository)
    return Followed(ServedBranch(repository, *values), poll_seconds) if repository else None


def _require_one_source(ctx: click.Context, repository: Path | None) -> None:
    """Refuse a directory and a repository at once, and options of what is not there."""
    unfit = ("directory",) if repository else _OF_REPOSITORY
    given = [each for each in ctx.command.params if each.name in unfit and _is_given(ctx, each)]
    if given:
        option = given[0].opts[0]
        raise InvalidInput(
            "catalog-source",
            f"{option} and --repository name two catalogs"
            if repository
            else f"{option} is about a branch of a repository, and there is no --repository",
            hint="serve a directory with --catalog, or a branch with --repository",
        )


def _is_given(ctx: click.Context, option: click.Parameter) -> bool:
    return ctx.get_parameter_source(option.name or "") is not click.core.ParameterSource.DEFAULT


def secret_of_webhooks() -> bytes | None:
    """The secret that the environment holds; None without one.

    Raises:
        InvalidInput: it is too short.
    """
    text = os.environ.get(SECRET_VARIABLE)
    return webhook_secret(text) if text else None
