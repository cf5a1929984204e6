"""The options of `planql simulate`, and what they say together."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import click

from planql.cli.as_of_option import starting_option
from planql.cli.catalog_options import catalog_option, ref_option
from planql.cli.option_groups import Option, OptionGroup
from planql.cli.simulated import By
from planql.cli.store_options import store_option
from planql.simulation.results import Recognition

Form = Literal["table", "csv", "json", "svg", "png"]

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_ENDINGS: Final[dict[str, Form]] = {".csv": "csv", ".json": "json", ".svg": "svg", ".png": "png"}


@dataclass(frozen=True, slots=True)
class SimulateOptions:
    """Everything that a command line of `planql simulate` says; see the help of each option."""

    catalog: Path
    ref: str | None
    plan: tuple[str, ...]
    draft: tuple[Path, ...]
    currency: str | None
    charge: tuple[str, ...]
    scenario: tuple[str, ...]
    usage_per_month: tuple[str, ...]
    growth: str | None
    weekdays: str | None
    daily: tuple[str, ...]
    level: tuple[str, ...]
    event_value: tuple[str, ...]
    property_: tuple[str, ...]
    usage: Path | None
    customer: str | None
    store: str
    quantity: tuple[str, ...]
    discount: tuple[str, ...]
    customers: int | None
    from_: str | None
    to: str | None
    month: str | None
    as_of: datetime
    recognition: Recognition
    form: Form | None
    by: By | None
    output: Path | None
    curve: bool
    to_quantity: str | None
    with_fees: bool
    unit_cost: str | None
    fixed_cost: str | None

    @property
    def chosen_form(self) -> Form:
        """How the answer is printed: as said, else as the output file's name ends."""
        if self.form is not None:
            return self.form
        ending = self.output.suffix.lower() if self.output else ""
        return _ENDINGS.get(ending, "table")


def _text(name: str, text: str, **settings: Any) -> Option:  # noqa: ANN401 - settings of click
    return click.option(name, help=text, **settings)


def _texts(name: str, text: str, metavar: str) -> Option:
    return click.option(name, multiple=True, metavar=metavar, help=text)


simulate_options: Final = OptionGroup(
    _texts(
        "--plan",
        "A rate plan; without a version the one in force on the first day. May be given again.",
        "[REF:]KEY[@VERSION]",
    ),
    click.option(
        "--draft",
        multiple=True,
        type=_FILE,
        help="A file with a rate plan, or a charge that takes its place in each --plan.",
    ),
    _text("--currency", "Of a charge in --draft, where no --plan is named."),
    _texts("--charge", "Show only this charge. May be given again.", "KEY"),
    catalog_option,
    ref_option,
    _texts(
        "--scenario",
        "How it is used; every scenario that is for the plan, when nothing is said. May be given "
        "again.",
        "KEY",
    ),
    _texts("--usage-per-month", "A total for each calendar month.", "METER=QUANTITY"),
    _text("--growth", "Percent by which --usage-per-month and --level grow each month."),
    _text(
        "--weekdays",
        "Weights of Monday to Sunday for --usage-per-month.",
        metavar="1,1,1,1,1,0,0",
    ),
    _texts("--daily", "A quantity for each day: a list, or a CSV or JSON file.", "METER=LIST"),
    _texts("--level", "The same quantity every day, such as storage.", "METER=QUANTITY"),
    _texts("--event-value", "What one event is worth, for prices per event.", "METER=QUANTITY"),
    click.option(
        "--property",
        "property_",
        multiple=True,
        metavar="METER.NAME=VALUE",
        help="What all events of a meter say, for filters and groups.",
    ),
    click.option("--usage", type=_FILE, help="Recorded usage: events, one JSON document per line."),
    _text("--customer", "Whose recorded usage: in --usage, or else in the database."),
    store_option,
    _texts("--quantity", "A quantity that the plan declares, such as seats.", "NAME=QUANTITY"),
    _texts("--discount", "A discount that is redeemed at the start. May be given again.", "KEY"),
    click.option(
        "--customers",
        type=click.IntRange(1, 10**9),
        help="How many such customers; figures are for all.",
    ),
    click.option(
        "--from", "from_", metavar="DAY", help="First day; that of this month, if left out."
    ),
    _text("--to", "The day after the last one; 12 months later, when left out.", metavar="DAY"),
    _text("--month", "One month instead: 2026-10."),
    starting_option,
    click.option(
        "--recognition",
        type=click.Choice(["accrual", "billed"]),
        default="accrual",
        show_default=True,
        help="Revenue on the days that it is for, or on the day of its invoice.",
    ),
    click.option(
        "--by",
        type=click.Choice(["period", "month", "day"]),
        help="Rows of a table (billing periods, when left out), columns of a chart (days).",
    ),
    click.option("--daily-rows", "by", flag_value="day", help="The same as --by day."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json", "svg", "png"]),
        help="As the output file's name ends, or else a table.",
    ),
    click.option(
        "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
    ),
    click.option("--curve", is_flag=True, help="The price by quantity, instead of days."),
    _text("--to-quantity", "With --curve: the greatest quantity."),
    click.option(
        "--with-fees", is_flag=True, help="With --curve: add the recurring fees of the plan."
    ),
    _text("--unit-cost", "With --curve: cost of a unit; the catalog's, when left out."),
    _text("--fixed-cost", "With --curve: cost of a billing period besides, for break-even."),
)
"""Every option, in the order of the help."""
