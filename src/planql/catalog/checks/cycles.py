"""The rule about billing cycles of charges; pointers are relative to the plan.

Source: RULES 2.4 (docs/rules/time.md).
"""

from collections.abc import Iterator
from typing import Final

from planql.catalog.fields import BillingCycle
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake, escape_pointer

_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}


def check_charge_cycles(plan: RatePlan) -> Iterator[Mistake]:
    """A charge's own billing cycle divides the plan's."""
    for index, charge in enumerate(plan.charges):
        cycle = charge.billing_cycle
        if cycle is not None and not divides(cycle, plan.billing_cycle):
            yield Mistake(
                "charge-cycle",
                f"a cycle of {_words(cycle)} does not divide the plan's cycle of "
                f"{_words(plan.billing_cycle)}",
                escape_pointer("charges", index, "billing_cycle"),
                "days divide everything, weeks divide weeks, months divide months and years",
                related=("/billing_cycle",),
            )


def divides(part: BillingCycle, whole: BillingCycle) -> bool:
    """Whether `whole` is a whole number of `part`, whatever the length of its months.

    Weeks are 7 days and years 12 months; of the cycles counted in days only a single day fits
    months, which have 28 to 31 of them.
    """
    for lengths in (_DAYS, _MONTHS):
        if part.interval in lengths and whole.interval in lengths:
            return (_length(whole, lengths) % _length(part, lengths)) == 0
    return part.interval == "day" and part.interval_count == 1


def _length(cycle: BillingCycle, lengths: dict[str, int]) -> int:
    return lengths[cycle.interval] * cycle.interval_count


def _words(cycle: BillingCycle) -> str:
    plural = "" if cycle.interval_count == 1 else "s"
    return f"{cycle.interval_count} {cycle.interval}{plural}"
