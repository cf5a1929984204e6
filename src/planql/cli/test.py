"""`planql test`: the catalog's pricing tests."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from planql.billing.comparison import Difference, differences
from planql.billing.documents import invoice_document
from planql.billing.due import zone_of
from planql.billing.preview import invoices_due
from planql.billing.stories import Story, catalog_for
from planql.catalog.snapshot import Catalog
from planql.cli.catalog_options import catalog_argument, require_catalog
from planql.cli.format_options import format_option
from planql.cli.reporters.nouns import counted
from planql.entity import parse_entity
from planql.errors import PlanqlError, UnknownReference
from planql.problems import did_you_mean

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
@format_option
@click.pass_context
def command(context: click.Context, catalog: Path, key: str | None, format_: str) -> None:
    """Run the pricing tests in CATALOG/cases: are the invoices the ones expected?"""
    served = require_catalog(catalog, None)
    outcomes = [run_case(path, served) for path in _cases(catalog / "cases", key)]
    if format_ == "json":
        click.echo(json.dumps(_document(outcomes), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report(outcomes)))
    context.exit(0 if all(outcome.is_fine for outcome in outcomes) else PROBLEMS_FOUND)


def _cases(folder: Path, key: str | None) -> list[Path]:
    """The files of all cases, or of the one that `key` names.

    Raises:
        UnknownReference: `unknown-case`.
    """
    files = {path.stem: path for path in sorted(folder.glob("*.json"))}
    if key is None:
        return list(files.values())
    if key not in files:
        hint = did_you_mean(key, files)
        raise UnknownReference("unknown-case", f'there is no case "{key}"', hint=hint)
    return [files[key]]


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


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What is wrong, case by case, then how many passed."""
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
    yield f"{passed} of {counted(len(outcomes), 'case')} passed"


def _document(outcomes: Sequence[Outcome]) -> dict[str, object]:
    return {
        "cases": [
            {
                "path": str(outcome.path),
                "passed": outcome.is_fine,
                "differences": [asdict(each) for each in outcome.differences],
                "mistake": outcome.mistake,
            }
            for outcome in outcomes
        ]
    }
