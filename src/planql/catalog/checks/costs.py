"""Rules about one cost; pointers are relative to it.

Source: RULES 9.4 (docs/rules/costs-and-scenarios.md).
"""

from collections.abc import Iterator
from itertools import pairwise

from planql.catalog.checks.filters import check_filter
from planql.catalog.checks.pointers import check_repeated_items
from planql.catalog.costs import CostBase, SubscriptionDayCost, UsageCost
from planql.problems import Mistake, escape_pointer


def check_cost_filter(cost: UsageCost) -> Iterator[Mistake]:
    """The values of a cost's filter are of the kind their operators compare with."""
    if cost.filter is not None:
        yield from check_filter(cost.filter, "/filter")


def check_cost_is_written(cost: CostBase) -> Iterator[Mistake]:
    """A cost has a row, and each of its rows a unit cost."""
    hint = 'what costs nothing is written down, too: {"USD": "0"}'
    if not cost.rows:
        yield Mistake("empty-cost", '"rows" is empty; a cost needs at least one', "/rows", hint)
    for index, row in enumerate(cost.rows):
        if not row.unit_costs:
            message = '"unit_costs" is empty; a row needs at least one'
            pointer = escape_pointer("rows", index, "unit_costs")
            yield Mistake("empty-cost", message, pointer, hint)


def check_row_order(cost: CostBase) -> Iterator[Mistake]:
    """Each row of a cost begins on a later day than the row before it."""
    for index, (before, row) in enumerate(pairwise(cost.rows)):
        if row.effective_from <= before.effective_from:
            yield Mistake(
                "cost-row-order",
                f'row {index + 2} begins on "{row.effective_from}", not after row {index + 1}, '
                f'which begins on "{before.effective_from}"',
                escape_pointer("rows", index + 1, "effective_from"),
                "write the rows in ascending order, no day twice",
                related=(escape_pointer("rows", index, "effective_from"),),
            )


def check_cost_products(cost: SubscriptionDayCost) -> Iterator[Mistake]:
    """A cost lists a product once."""
    yield from check_repeated_items("products", cost.products)
