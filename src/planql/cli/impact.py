"""`planql impact BASE [HEAD]`: what a change of the catalog does to revenue, cost and margin."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, assert_never

import click

from planql.catalog.diff import diff_catalogs
from planql.cli.as_of_option import as_of_option
from planql.cli.catalog_options import catalog_option
from planql.cli.compared_catalogs import (
    Compared,
    base_argument,
    compared_catalogs,
    head_argument,
)
from planql.cli.customer_workers import MOST_WORKERS
from planql.cli.impact_options import FORMS, MONTHS, Form, ImpactOptions
from planql.cli.measured_impact import measured_impact
from planql.cli.outputs import drawing_library, put_image, put_table, put_text
from planql.cli.reporters.impact_json import impact_document
from planql.cli.reporters.impact_markdown import impact_markdown
from planql.cli.reporters.impact_text import print_impact
from planql.impact.results import Impact

_MOST_MONTHS: Final = 60
"""Most months compared: five years."""

_ENDINGS: Final[dict[str, Form]] = {
    ".json": "json",
    ".md": "markdown",
    ".svg": "svg",
    ".png": "png",
}


@dataclass(frozen=True, slots=True)
class ImpactDestination:
    """Where the answer goes, and as what.

    Attributes:
        form: As said; None is as the file's name ends, or else text.
        output: The file; None is standard output.
    """

    form: Form | None
    output: Path | None

    @property
    def chosen_form(self) -> Form:
        """How the answer is printed."""
        ending = self.output.suffix.lower() if self.output else ""
        return self.form or _ENDINGS.get(ending, "text")


@click.command("impact")
@base_argument
@head_argument
@catalog_option
@as_of_option
@click.option(
    "--from", "from_", metavar="MONTH", help="First month of scenarios, 2026-10; the next one."
)
@click.option(
    "--months",
    type=click.IntRange(1, _MOST_MONTHS),
    default=MONTHS,
    show_default=True,
    help="Months that scenarios are compared over, and last full months of recorded usage.",
)
@click.option(
    "--scenario", multiple=True, metavar="KEY", help="Only this scenario. May be given again."
)
@click.option(
    "--plan", multiple=True, metavar="KEY", help="Only this rate plan. May be given again."
)
@click.option(
    "--store",
    metavar="URL",
    help="Compare the customers of this database: sqlite:///FILE or postgresql://HOST/NAME.",
)
@click.option(
    "--usage",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare the customers of this file of usage events, one JSON document per line.",
)
@click.option(
    "--quantity",
    multiple=True,
    metavar="NAME=QUANTITY",
    help="What a customer declares who does not say, such as seats. May be given again.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Processes that compare customers; one for each processor, when there are many customers.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="As the output file's name ends, or else text.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)
def command(
    base: str,
    head: str | None,
    *,
    catalog: Path,
    form: Form | None,
    output: Path | None,
    **asked: Any,  # noqa: ANN401 - what each option says
) -> None:
    """Show what the change from BASE to HEAD does to revenue, cost and margin.

    BASE and HEAD are git refs, or directories that hold a catalog. Without HEAD the files on disk
    are compared. BASE...HEAD is what HEAD changed since it left BASE.

    Every touched rate plan is computed before and after, under each scenario for it; with --store
    or --usage for real customers, too, over the usage recorded in the last full months. What is
    not known is named with its reason.

    \b
    planql impact main
    planql impact main --plan support-pro --scenario support-typical --output impact.png
    planql impact main --store sqlite:///planql.sqlite3 --months 6
    planql impact main --usage events.jsonl --quantity seats=5
    """  # noqa: D301 - click reads \b as: keep the lines
    compared = compared_catalogs(base, head, catalog)
    options = ImpactOptions(**asked)
    before, after = compared.base, compared.head
    diff = diff_catalogs(before, after, options.day(after.settings.time_zone))
    impact = measured_impact(before, after, diff, options)
    _put(impact, compared, ImpactDestination(form, output))


def _put(impact: Impact, compared: Compared, destination: ImpactDestination) -> None:
    match destination.chosen_form:
        case "text":
            put_table(destination, lambda console: print_impact(impact, console))
        case "json":
            put_text(destination, impact_document(impact, compared.base, compared.head))
        case "markdown":
            put_text(destination, impact_markdown(impact))
        case "svg" | "png" as form:
            with drawing_library():
                from planql.charts.impacts import impact_chart  # noqa: PLC0415 - extra

                put_image(destination, impact_chart(impact, form))
        case other:
            assert_never(other)
