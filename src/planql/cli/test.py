"""`planql test`: the catalog's pricing tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from planql.billing.comparison import Difference, differences
from planql.billing.documents import invoice_document
from planql.billing.due import zone_of
from planql.billing.preview import invoices_due
from planql.billing.stories import Story, catalog_for
from planql.catalog.snapshot import Catalog
from planql.cli.catalog_options import catalog_argument, require_catalog
from planql.entity import parse_entity
from planql.errors import PlanqlError

PROBLEMS_FOUND = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went.

    Attributes:
        path: Its file.
        differences: What is not as expected.
        mistake: Why it could not be run; "" when it could.
    """

    path: Path
    differences: tuple[Difference, ...] = ()
    mistake: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether everything is as expected."""
        return not self.differences and not self.mistake


@click.command("test")
@catalog_argument
@click.option("--case", "key", help="Only the case of this key.")
@click.pass_context
def command(context: click.Context, catalog: Path, key: str | None) -> None:
    """Run the pricing tests in CATALOG/cases: are the invoices the ones expected?"""
    served = require_catalog(catalog, None)
    paths = [
        path for path in sorted((catalog / "cases").glob("*.json")) if key in (None, path.stem)
    ]
    outcomes = [run_case(path, served) for path in paths]
    for line in report(outcomes):
        click.echo(line)
    if not all(outcome.is_fine for outcome in outcomes) or (key and not outcomes):
        context.exit(PROBLEMS_FOUND)


def run_case(path: Path, served: Catalog) -> Outcome:
    """One case, against the catalog at hand unless it brings its own."""
    try:
        story = parse_entity(Story, path.read_bytes())
        catalog = catalog_for(story, served)
        time_zone = zone_of(story.customer, catalog)
        actual = [invoice_document(each, time_zone) for each in invoices_due(story, catalog)]
    except PlanqlError as error:
        where = f"{error.pointer}: " if error.pointer else ""
        return Outcome(path, mistake=f"{where}{error.message}")
    if story.invoices is None:
        return Outcome(path, mistake='/invoices: a case says what it expects in "invoices"')
    return Outcome(path, tuple(differences(story.invoices, actual)))


def report(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """What is wrong, case by case, then how many passed."""
    outcomes = list(outcomes)
    for outcome in outcomes:
        if not outcome.is_fine:
            yield f"{outcome.path}: failed"
        if outcome.mistake:
            yield f"  {outcome.mistake}"
        for each in outcome.differences:
            yield f"  {each.where}"
            yield from ([f"    - {each.expected}"] if each.expected else [])
            yield from ([f"    + {each.actual}"] if each.actual else [])
    passed = sum(outcome.is_fine for outcome in outcomes)
    yield f"{passed} of {len(outcomes)} cases passed"
