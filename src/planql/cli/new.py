"""`planql new`: the smallest valid document of a kind, to be filled in."""

from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import click

from planql.catalog.document_kinds import SETTINGS_FILE, DocumentKind, kind_named
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.cli import scaffolds
from planql.cli.catalog_options import DIRECTORY, catalog_option, require_catalog
from planql.entity import Entity, Key, read_entity
from planql.errors import InvalidInput, UnknownReference
from planql.money import currency_digits
from planql.problems import did_you_mean


class NewKey(Entity):
    """A key that someone typed."""

    key: Key


@click.group()
def command() -> None:
    """Write a new document: the smallest valid one, to be filled in."""


@command.command()
@click.argument("directory", type=DIRECTORY)
def catalog(directory: Path) -> None:
    """Start a catalog in DIRECTORY."""
    name = scaffolds.title(directory.resolve().name) or "Catalog"
    _write(directory / SETTINGS_FILE, scaffolds.catalog_text(name))


@command.command("agent-type")
@click.argument("key")
@catalog_option
def agent_type(key: str, catalog: Path) -> None:
    """Add the agent type KEY."""
    _add("agent-type", key, catalog, {})


@command.command()
@click.argument("key")
@catalog_option
def product(key: str, catalog: Path) -> None:
    """Add the product KEY."""
    _add("product", key, catalog, {})


@command.command()
@click.argument("key")
@catalog_option
def meter(key: str, catalog: Path) -> None:
    """Add the meter KEY, which counts events of that name."""
    _add("meter", key, catalog, scaffolds.meter_members(key))


@command.command()
@click.argument("key")
@catalog_option
def discount(key: str, catalog: Path) -> None:
    """Add the discount KEY, redeemed with a code."""
    _add("discount", key, catalog, scaffolds.discount_members(key))


@command.command(short_help="Add the cost KEY of usage, or of every day.")
@click.argument("key")
@click.option("--meter", help="The meter whose usage it is; left out, it is per subscription day.")
@click.option("--currency", default="USD", show_default=True, help="Currency of its unit cost.")
@catalog_option
def cost(key: str, meter: str | None, currency: str, catalog: Path) -> None:
    """Add the cost KEY: of a meter's usage, or of every day of a subscription."""
    known = sorted(require_catalog(catalog, None).meters)
    if meter is not None and meter not in known:
        hint = did_you_mean(meter, known)
        raise UnknownReference("unknown-meter", f'there is no meter "{meter}"', hint=hint)
    currency_digits(currency)
    starts = _today().replace(day=1)
    _add("cost", key, catalog, scaffolds.cost_members(meter, currency, starts))


@command.command(short_help="Add the scenario KEY: what a customer uses.")
@click.argument("key")
@click.option("--plan", help="The rate plan it is for; left out, it is for all of them.")
@catalog_option
def scenario(key: str, plan: str | None, catalog: Path) -> None:
    """Add the scenario KEY: a customer that uses 100 units of everything the plan bills."""
    loaded = require_catalog(catalog, None)
    newest = _newest(loaded, plan) if plan is not None else None
    _add("scenario", key, catalog, scaffolds.scenario_members(newest))


@command.command("rate-plan")
@click.argument("key")
@click.option("--product", help="The product it sells; may be left out when there is only one.")
@click.option("--currency", default="USD", show_default=True, help="Currency of its amounts.")
@catalog_option
def rate_plan(key: str, product: str | None, currency: str, catalog: Path) -> None:
    """Add version 1 of the rate plan KEY, as a draft."""
    sold = _product(require_catalog(catalog, None), product)
    currency_digits(currency)
    starts = scaffolds.first_of_next_month(_today())
    _add("rate-plan", key, catalog, scaffolds.rate_plan_members(sold, currency, starts), version=1)


@command.command()
@click.argument("plan")
@catalog_option
def version(plan: str, catalog: Path) -> None:
    """Copy the newest version of PLAN to a draft of the next one."""
    newest = _newest(require_catalog(catalog, None), plan)
    kind = kind_named("rate-plan")
    text = (catalog / kind.path_of(plan, newest.version)).read_text(encoding="utf-8")
    _write(
        catalog / kind.path_of(plan, newest.version + 1),
        scaffolds.next_version_text(text, newest, _today()),
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _newest(catalog: Catalog, plan: str) -> RatePlan:
    """The newest version of a plan, whatever its status.

    Raises:
        UnknownReference: there is no such plan.
    """
    if plan not in catalog.rate_plans:
        hint = did_you_mean(plan, catalog.rate_plans)
        raise UnknownReference("unknown-rate-plan", f'there is no rate plan "{plan}"', hint=hint)
    versions = catalog.rate_plans[plan]
    return versions[max(versions)].entity


def _product(catalog: Catalog, product: str | None) -> str:
    """The product that a new plan sells.

    Raises:
        UnknownReference: there is no such product, or it has to be named.
    """
    known = sorted(catalog.products)
    if product is None and len(known) == 1:
        return known[0]
    if product is None:
        hint = "name it with --product" if known else "add one first: `planql new product KEY`"
        raise UnknownReference("unknown-product", f"there are {len(known)} products", hint=hint)
    if product not in known:
        hint = did_you_mean(product, known)
        raise UnknownReference("unknown-product", f'there is no product "{product}"', hint=hint)
    return product


def _add(
    kind_name: str, key: str, catalog: Path, members: scaffolds.Members, version: int = 0
) -> None:
    """Write a new document where its kind belongs; it has to be valid."""
    _check_key(key)
    kind = kind_named(kind_name)
    path = kind.path_of(key, version)
    loaded = require_catalog(catalog, None)
    text = scaffolds.document_text(kind, key, _schema_path(loaded, kind, path), members)
    _write(catalog / path, text)


def _check_key(key: str) -> None:
    """Refuse what is not a key.

    Raises:
        InvalidInput: `invalid-key`.
    """
    try:
        read_entity(NewKey, {"key": key})
    except InvalidInput as error:
        raise InvalidInput(error.code, error.message, hint=error.hint) from None


def _schema_path(catalog: Catalog, kind: DocumentKind, path: str) -> str | None:
    """The path from a new document to its schema, when `catalog.json` names its own."""
    own = catalog.settings.schema_reference
    if own is None or "://" in own:
        return None
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"{up}{PurePosixPath(own).parent}/{kind.schema_file}"


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet, and say so.

    Raises:
        InvalidInput: `file-exists`.
    """
    if path.exists():
        hint = "choose another name, or edit what is there"
        raise InvalidInput("file-exists", f'"{path}" is there already', hint=hint)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(path)
