"""Rules about one version of a rate plan; pointers are relative to it."""

from collections.abc import Iterator

from planql.catalog.checks.pointers import check_repeated_items, repetitions
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake, escape_pointer


def check_some_charges(plan: RatePlan) -> Iterator[Mistake]:
    """A rate plan has at least one charge."""
    if not plan.charges:
        message = '"charges" is empty; a plan needs at least one charge'
        yield Mistake("no-charges", message, "/charges", 'a free plan has a charge of "0"')


def check_charge_keys(plan: RatePlan) -> Iterator[Mistake]:
    """The keys of a plan's charges differ."""
    for index, first in repetitions([charge.key for charge in plan.charges]):
        yield Mistake(
            "repeated-charge",
            f'charge {index + 1} has the key "{plan.charges[index].key}" of charge {first + 1}',
            escape_pointer("charges", index, "key"),
            "give one of them another key",
            related=(escape_pointer("charges", first, "key"),),
        )


def check_plan_lists(plan: RatePlan) -> Iterator[Mistake]:
    """A plan lists a discount once."""
    yield from check_repeated_items("discounts", plan.discounts)
