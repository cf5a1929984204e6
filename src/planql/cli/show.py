"""`planql show PLAN`: a rate plan as a person reads it."""

from pathlib import Path

import click

from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.catalog.versions import version_in_force
from planql.cli.catalog_options import catalog_option, ref_option, require_catalog, today
from planql.cli.format_options import format_option
from planql.cli.plan_names import named_version
from planql.cli.reporters.plan_text import plan_panel
from planql.cli.screens import Screen
from planql.errors import UnknownReference
from planql.problems import did_you_mean


@click.command()
@click.argument("plan")
@click.argument("version", type=int, required=False)
@catalog_option
@ref_option
@format_option
def command(plan: str, version: int | None, catalog: Path, ref: str | None, format_: str) -> None:
    """Show a rate plan; without VERSION the one in force today, else the newest.

    PLAN is a key, or a key with its version: support-pro@2.
    """
    key, named = named_version(plan)
    loaded = require_catalog(catalog, ref)
    shown, reason = _chosen(loaded, key, version if named is None else named)
    if format_ == "json":
        click.echo(shown.model_dump_json(by_alias=True, exclude_unset=True, indent=2))
    else:
        Screen().print(plan_panel(shown, loaded, reason))


def _chosen(catalog: Catalog, key: str, version: int | None) -> tuple[RatePlan, str]:
    """The version to show, and why it is this one.

    Raises:
        UnknownReference: there is no such plan or version.
    """
    if key not in catalog.rate_plans:
        hint = did_you_mean(key, catalog.rate_plans)
        raise UnknownReference("unknown-rate-plan", f'there is no rate plan "{key}"', hint=hint)
    if version is not None:
        return catalog.rate_plan(key, version).entity, ""
    versions = [document.entity for document in catalog.rate_plans[key].values()]
    try:
        choice = version_in_force(key, versions, today(catalog))
    except UnknownReference as error:
        newest = max(versions, key=lambda plan: plan.version)
        return newest, f"The newest version, since {error.message}"
    return choice.plan, choice.reason[:1].upper() + choice.reason[1:]
