"""`planql rate`: what a quantity, or recorded usage, costs."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from planql.catalog.rate_plans import Charge, RatePlan, UsageCharge
from planql.catalog.snapshot import Catalog
from planql.cli.catalog_options import catalog_option, ref_option, require_catalog, today
from planql.cli.format_options import table_format_option
from planql.cli.line_commands import answer_lines
from planql.cli.plan_names import named_version
from planql.entity import parse_date
from planql.errors import InvalidInput, UnknownReference
from planql.money import currency_digits, fixed, parse_decimal
from planql.rating.documents import rated_document
from planql.rating.explanations import explain
from planql.rating.pipeline import rate_quantity
from planql.rating.quantities import declared_quantity
from planql.rating.requests import rate_request
from planql.rating.totals import RatedCharge, settle


@click.command("rate")
@click.argument("source", required=False)
@catalog_option
@ref_option
@click.option("--plan", help="Key of the rate plan, or KEY@VERSION.")
@click.option("--version", type=int, help="Its version; the one in force, when left out.")
@click.option("--as-of", help="Day on which the version is in force; today, when left out.")
@click.option("--charge", help="Key of the charge.")
@click.option("--quantity", help="What to rate; may be left out where the charge declares none.")
@click.option("--usage", help="File of usage events, one JSON document per line.")
@click.option("--period", help="With --usage: a month, 2026-10, or 2026-10-01/2026-11-01.")
@click.option("--customer", help="With --usage: only the events of this subject.")
@table_format_option
@click.option("--explain", "is_explained", is_flag=True, help="Show the sum step by step.")
def command(  # noqa: PLR0913 - click passes one argument per option
    *,
    source: str | None,
    catalog: Path,
    ref: str | None,
    plan: str | None,
    version: int | None,
    as_of: str | None,
    charge: str | None,
    quantity: str | None,
    usage: str | None,
    period: str | None,
    customer: str | None,
    form: str,
    is_explained: bool,
) -> None:
    """Rate a quantity, recorded usage, or - with a dash - a request per line of standard input.

    \b
    planql rate --plan support-pro --charge outcomes --quantity 600 --explain
    planql rate --usage events.jsonl --plan support-pro --period 2026-10
    planql rate - < requests.jsonl
    """  # noqa: D301 - click reads \b as: keep the lines
    if source is not None:
        _answer_requests(source)
        return
    _refuse_idle_options(
        {"--charge": charge, "--quantity": quantity, "--explain": is_explained}
        if usage is not None
        else {"--period": period, "--customer": customer},
        "is not for --usage" if usage is not None else "is only for --usage",
    )
    snapshot = require_catalog(catalog, ref)
    chosen = _rate_plan(snapshot, _required(plan, "--plan"), version, as_of)
    if usage is not None:
        # Only this needs progress bars and tables; a single rating starts faster without them.
        from planql.cli.rated_usage import show_rated_usage  # noqa: PLC0415

        asked = _required(period, "--period")
        show_rated_usage(chosen, snapshot, Path(usage), asked, customer=customer, form=form)
        return
    rated = _rated(chosen, _required(charge, "--charge"), quantity)
    if form == "json":
        click.echo(json.dumps(rated_document(rated, grouped=False), ensure_ascii=False, indent=2))
    else:
        click.echo(explain(rated, chosen.currency) if is_explained else _total(rated, chosen))


def _answer_requests(source: str) -> None:
    if source != "-":
        raise click.UsageError(f'"{source}" is not "-", which reads requests from standard input')
    answer_lines(_answer)


def _answer(document: object) -> Mapping[str, object]:
    request, rated = rate_request(document)
    return rated_document(rated, grouped=request.is_grouped)


def _refuse_idle_options(options: Mapping[str, object], reason: str) -> None:
    for option, value in options.items():
        if value:
            raise click.UsageError(f"{option} {reason}")


def _required(value: str | None, option: str) -> str:
    if value is None:
        raise click.UsageError(f"{option} is missing")
    return value


def _rate_plan(catalog: Catalog, plan: str, version: int | None, as_of: str | None) -> RatePlan:
    key, named = named_version(plan)
    wanted = version if named is None else named
    if wanted is not None:
        return catalog.rate_plan(key, wanted).entity
    return catalog.rate_plan_in_force(key, _day(as_of) if as_of else today(catalog)).entity


def _day(text: str) -> date:
    day = parse_date(text)
    if day is None:
        raise InvalidInput(
            "not-a-date", f'"{text}" is not a date', hint="write year-month-day: 2026-03-01"
        )
    return day


def _rated(plan: RatePlan, key: str, text: str | None) -> RatedCharge:
    charge = plan.charge(key)
    if charge is None:
        known = ", ".join(f'"{each.key}"' for each in plan.charges)
        message = f'"{plan.key}" version {plan.version} has no charge "{key}", only {known}'
        raise UnknownReference("unknown-charge", message)
    rating = rate_quantity(charge, plan.currency, _quantity(charge, text))
    return settle(charge, plan.currency, rating)


def _quantity(charge: Charge, text: str | None) -> Fraction:
    if isinstance(charge, UsageCharge):
        return Fraction(parse_decimal(_required(text, "--quantity")))
    if text is None and charge.quantity is not None:
        raise click.UsageError(f"--quantity is missing: the number of {charge.quantity.name}")
    return declared_quantity(charge.quantity, None if text is None else parse_decimal(text), "")


def _total(rated: RatedCharge, plan: RatePlan) -> str:
    return f"{plan.currency} {fixed(rated.total, currency_digits(plan.currency))}"
