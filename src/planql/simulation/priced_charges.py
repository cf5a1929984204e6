"""Charges of plans whose curves are drawn side by side, with fees and costs.

Source: RULES 9 (docs/simulate.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from planql.catalog.fields import cycle_text
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.errors import UnknownReference
from planql.problems import did_you_mean
from planql.simulation.crossings import compare
from planql.simulation.curve_costs import KnownCost
from planql.simulation.curve_ranges import suggested_top
from planql.simulation.curves import PriceCurve, charge_curve, common_currency
from planql.simulation.plan_fees import with_fees
from planql.simulation.priced_curves import PricedCurves
from planql.simulation.priced_plans import PricedPlan


@dataclass(frozen=True, slots=True)
class PricedCharge:
    """A charge whose curve is drawn, in its plan."""

    priced: PricedPlan
    charge: Charge

    @property
    def currency(self) -> str:
        """Of its amounts."""
        return self.priced.plan.currency


def priced_charge(priced: PricedPlan, key: str) -> PricedCharge:
    """The charge `key` of a plan.

    Raises:
        UnknownReference: `unknown-charge`.
    """
    plan = priced.plan
    charge = plan.charge(key)
    if charge is None:
        known = [each.key for each in plan.charges]
        hint = did_you_mean(key, known) or f"it has {', '.join(known)}"
        message = f'"{plan.key}" version {plan.version} has no charge "{key}"'
        raise UnknownReference("unknown-charge", message, hint=hint)
    return PricedCharge(priced, charge)


def usage_charges(priced: PricedPlan) -> list[PricedCharge]:
    """The charges of a plan that bill usage."""
    charges = priced.plan.charges
    return [PricedCharge(priced, each) for each in charges if isinstance(each, UsageCharge)]


def curves_of(
    charges: Sequence[PricedCharge],
    top: Fraction | None,
    quantities: Mapping[str, Decimal] | None = None,
) -> tuple[PriceCurve, ...]:
    """The curve of each charge, named after its plan, and its own key where keys differ.

    Args:
        charges: At least one.
        top: The greatest quantity, above 0; None suggests one.
        quantities: Of the names that fees declare: curves then hold the recurring fees of their
            plans, too. None leaves fees out.

    Raises:
        InvalidInput: a charge that has no curve, or a fee that cannot be added.
        CurrencyMismatch: they are not of one currency.
    """
    reach = top or suggested_top([(each.charge, each.currency) for each in charges])
    is_same = len({each.charge.key for each in charges}) == 1
    curves = tuple(_curve(each, reach, quantities, is_same=is_same) for each in charges)
    common_currency(curves)
    return curves


def compared(
    charges: Sequence[PricedCharge], curves: tuple[PriceCurve, ...], known: KnownCost
) -> PricedCurves:
    """The curves of `charges`, each held against the others and against the cost."""
    cost = known.curve(curves[0].currency, curves[0].top)
    names = list(dict.fromkeys(each.charge.name for each in charges))
    return PricedCurves(
        title=", ".join(names),
        unit=_unit(charges),
        curves=curves,
        cost=cost,
        between=tuple(compare(one, other) for one, other in combinations(curves, 2)),
        break_even=() if cost is None else tuple(compare(each, cost) for each in curves),
        remarks=known.remarks,
    )


def _curve(
    chosen: PricedCharge, top: Fraction, quantities: Mapping[str, Decimal] | None, *, is_same: bool
) -> PriceCurve:
    label = chosen.priced.label
    name = label if is_same else f"{label} {chosen.charge.key}"
    curve = charge_curve(chosen.charge, chosen.currency, top, name)
    if quantities is None:
        return curve
    return with_fees(curve, chosen.priced.plan, chosen.charge, quantities)


def _unit(charges: Sequence[PricedCharge]) -> str:
    """What is counted: "Resolved tickets, monthly"."""
    names = {each.charge.name for each in charges}
    cycles = {
        cycle_text(each.charge.billing_cycle or each.priced.plan.billing_cycle) for each in charges
    }
    name = names.pop() if len(names) == 1 else "Quantity"
    return f"{name}, {cycles.pop()}" if len(cycles) == 1 else f"{name} in a billing period"
