"""What a unit costs the company, for break-even: as said, or by the catalog's costs.

Source: RULES 9.4 (docs/simulate.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planql.catalog.costs import UsageCost, row_in_force
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.catalog.snapshot import Catalog
from planql.simulation.curves import PriceCurve, cost_curve


@dataclass(frozen=True, slots=True)
class KnownCost:
    """What is known of the cost of a quantity.

    Attributes:
        unit: Of one unit, in major units; None when it is not known.
        fixed: Of a billing period besides.
        remarks: Why it is not known.
    """

    unit: Fraction | None
    fixed: Fraction = Fraction(0)
    remarks: tuple[str, ...] = ()

    def curve(self, currency: str, top: Fraction) -> PriceCurve | None:
        """The cost by quantity; None when it is not known."""
        if self.unit is None:
            return None
        return cost_curve(currency, top, unit_cost=self.unit, fixed=self.fixed)


def catalog_cost(
    charges: Sequence[tuple[Catalog, Charge]], currency: str, on: date, fixed: Fraction
) -> KnownCost:
    """What a unit of the charges' one meter costs on a day, by the catalog of the first of them.

    Args:
        charges: Each with the catalog that its meter is in; at least one.
        currency: Of the cost.
        on: A local day.
        fixed: Cost of a billing period besides, in major units.
    """
    unit, remark = _of_meters(charges, currency, on)
    return KnownCost(unit, fixed, (remark,) if remark else ())


def _of_meters(
    charges: Sequence[tuple[Catalog, Charge]], currency: str, on: date
) -> tuple[Fraction | None, str]:
    """What a unit of the charges' meter costs, or why that is not known."""
    meters = {charge.meter if isinstance(charge, UsageCharge) else "" for _, charge in charges}
    if len(meters) > 1 or "" in meters:
        return None, "costs are known of a single meter's usage"
    (meter,) = meters
    costs = [
        document.entity
        for document in charges[0][0].costs.values()
        if isinstance(document.entity, UsageCost) and document.entity.meter == meter
    ]
    return _sum(meter, costs, currency, on)


def _sum(
    meter: str, costs: Sequence[UsageCost], currency: str, on: date
) -> tuple[Fraction | None, str]:
    if not costs:
        return None, f'no cost is known of meter "{meter}"'
    whole = Fraction(0)
    for cost in costs:
        row = row_in_force(cost, on)
        if cost.filter is not None:
            return None, f'cost "{cost.key}" is of a part of the usage only'
        if row is None or currency not in row.unit_costs:
            return None, f'cost "{cost.key}" has no unit cost in "{currency}" on "{on}"'
        whole += Fraction(row.unit_costs[currency])
    return whole, ""
