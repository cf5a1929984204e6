"""The impact that a command line asks for: catalogs, scenarios and real customers gathered."""

import click

from planql.catalog.diff import CatalogDiff
from planql.catalog.snapshot import Catalog
from planql.cli.impact_customers import exported_usage, stored_customers
from planql.cli.impact_options import ImpactOptions
from planql.cli.progress_bars import bars
from planql.errors import UnknownReference
from planql.impact.comparisons import PlanPair
from planql.impact.customer_results import CustomersImpact
from planql.impact.customers import Question
from planql.impact.measuring import impact_of
from planql.impact.results import Impact
from planql.impact.scenarios import ScenarioComparing
from planql.impact.touched import touched_plans
from planql.problems import did_you_mean


def measured_impact(
    base: Catalog, head: Catalog, diff: CatalogDiff, options: ImpactOptions
) -> Impact:
    """What the change from `base` to `head` does to money.

    Args:
        base: The catalog before.
        head: The catalog now.
        diff: What differs between the two.
        options: What is asked.

    Raises:
        PlanqlError: something the options name does not exist, or cannot be read.
    """
    _require(head, base, options)
    time_zone = head.settings.time_zone
    on = options.day(time_zone)
    touched = touched_plans(base, head, on, diff)
    pairs = tuple(pair for pair in touched if not options.plan or pair.key in options.plan)
    months = options.coming(time_zone)
    comparing = ScenarioComparing(base, head, months, options.scenario)
    with bars() as progress:
        followed = progress.track(pairs, description="Comparing scenarios")
        scenarios = tuple(impact for pair in followed for impact in comparing.impacts(pair))
    return impact_of(
        diff,
        head,
        on,
        months=months,
        plans=pairs,
        scenarios=scenarios,
        customers=_customers(base, head, pairs, options),
        asked_for=options.plan,
    )


def _customers(
    base: Catalog, head: Catalog, pairs: tuple[PlanPair, ...], options: ImpactOptions
) -> CustomersImpact | None:
    if options.store is not None and options.usage is not None:
        raise click.UsageError("--store and --usage are both about real customers: name one")
    question = Question(
        base,
        head,
        {pair.key: pair for pair in pairs},
        options.as_of,
        options.recorded(head.settings.time_zone),
        options.quantities,
    )
    if options.store is not None:
        return stored_customers(options.store, question, options.workers)
    if options.usage is not None:
        return exported_usage(options.usage, question, options.workers)
    return None


def _require(head: Catalog, base: Catalog, options: ImpactOptions) -> None:
    """Every scenario and plan that is named exists."""
    for key in options.scenario:
        head.scenario(key)
    known = {*base.rate_plans, *head.rate_plans}
    for key in options.plan:
        if key not in known:
            hint = did_you_mean(key, known)
            message = f'there is no rate plan "{key}" in either catalog'
            raise UnknownReference("unknown-reference", message, hint=hint)
