"""The prices that `planql simulate` is asked about: plans of the catalog, of git refs, drafts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import click

from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.snapshot import Catalog
from planql.cli.catalog_options import require_catalog
from planql.cli.plan_names import named_version
from planql.entity import Entity, parse_json, read_entity
from planql.errors import InvalidInput
from planql.money import currency_digits
from planql.simulation.priced_plans import (
    PricedPlan,
    drafted,
    of_charges,
    version_on,
    with_charges,
)

Catalogs = Callable[[str | None], Catalog]
"""From a git ref, or None for what the command line says, to the catalog there."""


class DraftCharge(Entity):
    """A charge that stands in no plan."""

    charge: Charge
    """As in a rate plan."""


def catalogs(directory: Path, ref: str | None) -> Catalogs:
    """The catalog at each ref, read once."""

    @cache
    def at(other: str | None) -> Catalog:
        return require_catalog(directory, other or ref)

    return at


def chosen_plans(
    names: Sequence[str], drafts: Sequence[Path], at: Catalogs, on: date, currency: str | None
) -> tuple[PricedPlan, ...]:
    """Every plan that is named, then every draft.

    Args:
        names: `[REF:]KEY[@VERSION]`; without a version the one in force on `on`, else the newest.
        drafts: Files of a rate plan, or of a charge, which takes its place in each named plan.
        at: The catalogs.
        on: A local day.
        currency: Of a draft charge, where no plan is named.

    Raises:
        UnknownReference: there is no such plan or version.
        InvalidInput: a draft is neither a rate plan nor a charge, or breaks a rule.
    """
    named = [_named(name, at, on) for name in names]
    drafted = [plan for draft in drafts for plan in _of_draft(draft, named, at(None), currency)]
    if not named and not drafted:
        raise click.UsageError("--plan is missing: a rate plan's key, such as support-pro@2")
    return (*named, *drafted)


def _named(name: str, at: Catalogs, on: date) -> PricedPlan:
    ref, _, plan = name.rpartition(":")
    key, version = named_version(plan)
    catalog = at(ref or None)
    found = version_on(catalog, key, on) if version is None else catalog.rate_plan(key, version)
    label = f"{key}@{found.entity.version}"
    return PricedPlan(f"{ref}:{label}" if ref else label, catalog, found)


def _of_draft(
    file: Path, named: Sequence[PricedPlan], catalog: Catalog, currency: str | None
) -> list[PricedPlan]:
    with _naming(file):
        document = parse_json(file.read_bytes())
        if not isinstance(document, Mapping) or not {"charges", "model"} & set(document):
            raise InvalidInput("wrong-type", "it is neither a rate plan nor a charge")
        if "charges" in document:
            plan = read_entity(RatePlan, document)
            return [drafted(f"{plan.key}@{plan.version} ({file.name})", catalog, plan)]
        charge = _charge(document)
        return [_with_charge(each, charge, file) for each in named] or [
            _alone(charge, catalog, currency, file)
        ]


def _charge(document: Mapping[str, object]) -> Charge:
    members = {name: value for name, value in document.items() if name != "$schema"}
    try:
        return read_entity(DraftCharge, {"charge": members}).charge
    except InvalidInput as error:
        pointer = error.pointer.removeprefix("/charge")
        raise InvalidInput(error.code, error.message, pointer=pointer, hint=error.hint) from None


def _with_charge(priced: PricedPlan, charge: Charge, file: Path) -> PricedPlan:
    """A plan with the charge in the place of its namesake, or behind the others."""
    return with_charges(f"{priced.label} ({file.name})", priced, [charge])


def _alone(charge: Charge, catalog: Catalog, currency: str | None, file: Path) -> PricedPlan:
    """A monthly plan of nothing but the charge."""
    if currency is None:
        raise click.UsageError("--currency is missing: the draft is a charge that is in no plan")
    currency_digits(currency)
    return of_charges(file.name, catalog, [charge], currency)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """A mistake in the file names it."""
    try:
        yield
    except InvalidInput as error:
        message = f'"{file}" is not a draft: {error.message}'
        raise InvalidInput(error.code, message, pointer=error.pointer, hint=error.hint) from None
