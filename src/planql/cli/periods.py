"""`planql periods`: the billing periods of a cycle."""

import json

import click
from rich.table import Table

from planql.billing.period_requests import (
    PeriodsRequest,
    answer_periods,
    period_document,
    periods_asked,
)
from planql.cli.format_options import table_format_option
from planql.cli.line_commands import answer_lines
from planql.cli.screens import Screen, print_table
from planql.entity import read_entity
from planql.periods import Period


@click.command("periods")
@click.argument("source", required=False)
@click.option("--start", help="Where the first begins: a day, 2026-01-31, or an instant.")
@click.option(
    "--interval",
    type=click.Choice(["day", "week", "month", "year"]),
    default="month",
    show_default=True,
    help="What a cycle counts.",
)
@click.option("--interval-count", type=int, default=1, show_default=True, help="How many of it.")
@click.option(
    "--anchor",
    default="subscription",
    show_default=True,
    help="Where cycles are counted from: subscription, calendar, or a date.",
)
@click.option(
    "--time-zone", default="UTC", show_default=True, help="Whose local day an instant falls on."
)
@click.option("--count", type=int, help="How many periods; 12, when left out.")
@click.option("--until", help="The periods that begin before this day.")
@table_format_option
def command(source: str | None, form: str, **members: str | int | None) -> None:
    """List the billing periods of a cycle, or answer a request per line of standard input.

    \b
    planql periods --start 2026-01-31 --interval month --count 4
    planql periods - < requests.jsonl
    """  # noqa: D301 - click reads \b as: keep the lines
    if source is not None:
        _answer_requests(source)
        return
    periods = periods_asked(_request(members))
    if form == "json":
        click.echo(json.dumps({"periods": [period_document(each) for each in periods]}, indent=2))
    else:
        print_table(Screen(), _table(periods))


def _answer_requests(source: str) -> None:
    if source != "-":
        raise click.UsageError(f'"{source}" is not "-", which reads requests from standard input')
    answer_lines(answer_periods)


def _request(members: dict[str, str | int | None]) -> PeriodsRequest:
    if members["start"] is None:
        raise click.UsageError("--start is missing")
    given = {name: value for name, value in members.items() if value is not None}
    if "count" not in given and "until" not in given:
        given["count"] = 12
    return read_entity(PeriodsRequest, given)


def _table(periods: tuple[Period, ...]) -> Table:
    table = Table("start", "end (excluded)", "days", box=None)
    for each in periods:
        table.add_row(str(each.start), str(each.end), str(each.days))
    return table
