"""Every rule about a catalog, in one list."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from planql.catalog.checks import (
    cost_coverage,
    discount_currencies,
    event_values,
    files,
    listed_discounts,
    migrations,
    references,
    scenario_quantities,
    unused,
    versions,
)
from planql.catalog.checks.amounts import check_discount_amounts
from planql.catalog.checks.costs import (
    check_cost_filter,
    check_cost_is_written,
    check_cost_products,
    check_row_order,
)
from planql.catalog.checks.discounts import (
    check_discount_lists,
    check_discount_scopes,
    check_redemption_window,
    check_some_amounts,
)
from planql.catalog.checks.falling_totals import check_falling_totals
from planql.catalog.checks.filters import check_charge_filters, check_meter_filter
from planql.catalog.checks.inline import check_rate_plan
from planql.catalog.checks.meters import check_activities, check_measures
from planql.catalog.checks.pointers import placed
from planql.catalog.checks.scenarios import check_scenario
from planql.catalog.costs import CostBase, SubscriptionDayCost, UsageCost
from planql.catalog.documents import D, Documents, PlacedMistake
from planql.catalog.meters import Meter
from planql.catalog.products import AgentType
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.discounts import Discount
from planql.problems import Mistake

Rule = Callable[[Documents], Iterable[PlacedMistake]]


def each(kind: type[D], check: Callable[[D], Iterable[Mistake]]) -> Rule:
    """A rule about one document as a rule about all documents of its kind."""

    def check_each(documents: Documents) -> Iterator[PlacedMistake]:
        for document in documents.of(kind):
            yield from placed(document, check(document.entity))

    return check_each


def each_discount(check: Callable[[Discount], Iterable[Mistake]]) -> Rule:
    """A rule about one discount as a rule about all discounts."""

    def check_each(documents: Documents) -> Iterator[PlacedMistake]:
        for document in documents.discounts:
            yield from placed(document, check(document.entity))

    return check_each


RULES: Final[tuple[Rule, ...]] = (
    files.check_duplicate_keys,
    files.check_file_names,
    files.check_schema_references,
    references.check_agent_types,
    references.check_activities,
    references.check_products,
    references.check_meters,
    references.check_discounts,
    references.check_listed_plans,
    references.check_discount_charges,
    references.check_measured_agent_type,
    each(AgentType, check_activities),
    each(Meter, check_measures),
    each(Meter, check_meter_filter),
    each(RatePlan, check_rate_plan),
    each(RatePlan, check_charge_filters),
    each(RatePlan, check_falling_totals),
    check_discount_scopes,
    each_discount(check_some_amounts),
    each_discount(check_redemption_window),
    each_discount(check_discount_lists),
    each_discount(check_discount_amounts),
    discount_currencies.check_discount_currencies,
    listed_discounts.check_listed_discounts,
    each(UsageCost, check_cost_filter),
    each(CostBase, check_cost_is_written),
    each(CostBase, check_row_order),
    each(SubscriptionDayCost, check_cost_products),
    each(Scenario, check_scenario),
    scenario_quantities.check_declared_quantities,
    scenario_quantities.check_quantity_bounds,
    scenario_quantities.check_quantities_are_stated,
    event_values.check_event_values,
    event_values.check_missing_event_values,
    migrations.check_migrated_plans,
    migrations.check_migrations_move,
    migrations.check_migration_days,
    versions.check_effective_from,
    versions.check_unchanged_versions,
    unused.check_unused_agent_types,
    unused.check_unused_products,
    unused.check_unused_meters,
    unused.check_unused_discounts,
    unused.check_unused_scenarios,
    cost_coverage.check_meters_have_costs,
    cost_coverage.check_cost_currencies,
)
"""Every rule; the order does not matter, since reports are sorted by place."""


def check_catalog(documents: Documents) -> Iterator[PlacedMistake]:
    """Every mistake in the documents of a catalog, taken together and one by one."""
    for rule in RULES:
        yield from rule(documents)
