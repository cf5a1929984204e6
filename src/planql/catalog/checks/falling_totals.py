"""The warning about totals that fall as the quantity rises; pointers are relative to the plan.

Source: RULES 10.3 (docs/rules/versions.md).
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from planql.catalog.checks.pointers import under
from planql.catalog.checks.tiers import check_tiers
from planql.catalog.rate_plans import RatePlan
from planql.charge_models import ChargeModel, Stairstep, Volume
from planql.charge_models.tiers import TierBase
from planql.money import plain
from planql.problems import Mistake, Severity, escape_pointer


def check_falling_totals(plan: RatePlan) -> Iterator[Mistake]:
    """No charge of a plan has a total that falls as the quantity rises."""
    for index, charge in enumerate(plan.charges):
        pointer = escape_pointer("charges", index, "model")
        yield from under(pointer, check_falling_total(charge.model))


def check_falling_total(model: ChargeModel) -> Iterator[Mistake]:
    """A volume or stairstep total should not fall as the quantity rises; the first fall counts.

    Compared are the total at the end of a tier and what the next tier asks right above it.
    Tiers that break a rule are left to that rule.
    """
    if not isinstance(model, Volume | Stairstep) or any(check_tiers(model)):
        return
    for index, (tier, following) in enumerate(pairwise(model.tiers), start=1):
        bound = tier.up_to or Decimal(0)
        below, above = _total(tier, bound), _total(following, bound)
        if above < below:
            yield _warning(index, bound, below, above)
            return


def _total(tier: TierBase, quantity: Decimal) -> Fraction:
    """What `quantity` costs in a tier that prices all of it."""
    unit_amount = getattr(tier, "unit_amount", None) or Decimal(0)
    return Fraction(quantity) * Fraction(unit_amount) + Fraction(tier.flat_amount or 0)


def _warning(index: int, bound: Decimal, below: Fraction, above: Fraction) -> Mistake:
    return Mistake(
        "falling-total",
        f"{bound:f} units cost {plain(below)}, but right above them the total falls to "
        f"{plain(above)} in tier {index + 1}",
        "/tiers" + escape_pointer(index),
        'use "graduated" if only the units above the bound should be cheaper',
        Severity.WARNING,
    )
