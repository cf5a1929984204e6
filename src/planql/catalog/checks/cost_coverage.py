"""Warnings about costs that are not known: of meters without any, in currencies without an amount.

Source: RULES 9.4 and 10.3 (docs/rules/costs-and-scenarios.md).
"""

from collections.abc import Iterator, Sequence

from planql.catalog.checks.references import incomplete_keys, known_keys, usage_charges
from planql.catalog.costs import Cost, CostRow, UsageCost, row_in_force
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake, Severity, escape_pointer

Plans = Sequence[Document[RatePlan]]


def check_meters_have_costs(documents: Documents) -> Iterator[PlacedMistake]:
    """A meter that a published plan bills should have a cost, once the catalog has costs at all.

    As long as a cost cannot be read, or names no meter there is, that one may be meant for it.
    """
    costs = [document.entity for document in documents.costs]
    costed = {cost.meter for cost in costs if isinstance(cost, UsageCost)}
    unread = incomplete_keys(documents, "cost")
    if not costs or unread or not costed <= known_keys(documents, "meter"):
        return
    billed = {meter for plan in _published(documents) for meter in _meters(plan.entity)}
    for document in documents.meters:
        if document.entity.key in billed - costed:
            mistake = Mistake(
                "meter-without-cost",
                f'meter "{document.entity.key}" is billed, but no cost names it',
                "/key",
                'add a cost; of what costs nothing, too: {"USD": "0"}',
                Severity.WARNING,
            )
            yield PlacedMistake(document.path, mistake)


def check_cost_currencies(documents: Documents) -> Iterator[PlacedMistake]:
    """A cost should have a unit cost in the currency of every published plan that it falls on.

    Rows that a later one replaced before the plan began need none.
    """
    published = _published(documents)
    for document in documents.costs:
        plans = [plan for plan in published if _falls_on(document.entity, plan.entity)]
        first = {plan.entity.currency: plan for plan in sorted(plans, key=_start, reverse=True)}
        for currency in sorted(first):
            yield from _check_currency(document, first[currency])


def _check_currency(document: Document[Cost], plan: Document[RatePlan]) -> Iterator[PlacedMistake]:
    """One mistake per cost and currency: at the first row in a plan's time that lacks it."""
    currency = plan.entity.currency
    for index, row in enumerate(document.entity.rows):
        if row.unit_costs and currency not in row.unit_costs and _is_used(document, row, plan):
            mistake = Mistake(
                "cost-currency",
                f"there is no unit cost in {currency}, the currency of rate plan "
                f'"{plan.entity.key}" version {plan.entity.version}',
                escape_pointer("rows", index, "unit_costs"),
                f'add "{currency}"; amounts are never converted, so the cost is not known',
                Severity.WARNING,
            )
            yield PlacedMistake(document.path, mistake, ((plan.path, "/currency"),))
            return


def _is_used(document: Document[Cost], row: CostRow, plan: Document[RatePlan]) -> bool:
    """Whether a row is in force on some day of a plan."""
    start = plan.entity.effective_from
    return row.effective_from > start or row is row_in_force(document.entity, start)


def _falls_on(cost: Cost, plan: RatePlan) -> bool:
    """Whether subscriptions to a plan have the cost."""
    if isinstance(cost, UsageCost):
        return cost.meter in _meters(plan)
    return not cost.products or plan.product in cost.products


def _published(documents: Documents) -> Plans:
    return [plan for plan in documents.rate_plans if plan.entity.status == "published"]


def _meters(plan: RatePlan) -> set[str]:
    """The meters that a plan bills."""
    return {charge.meter for _, charge in usage_charges(plan)}


def _start(plan: Document[RatePlan]) -> tuple[str, str]:
    return plan.entity.effective_from.isoformat(), plan.path
