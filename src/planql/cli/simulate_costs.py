"""What a unit costs the company, for break-even: as said, or by the catalog's costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import click

from planql.catalog.costs import UsageCost, row_in_force
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.catalog.snapshot import Catalog
from planql.cli.named_values import quantity
from planql.cli.simulate_options import SimulateOptions
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
    fixed: Fraction
    remarks: tuple[str, ...] = ()

    def curve(self, currency: str, top: Fraction) -> PriceCurve | None:
        """The cost by quantity; None when it is not known."""
        if self.unit is None:
            return None
        return cost_curve(currency, top, unit_cost=self.unit, fixed=self.fixed)


def known_cost(
    options: SimulateOptions, charges: Sequence[tuple[Catalog, Charge]], currency: str, on: date
) -> KnownCost:
    """The cost that the options name, else that of the charges' one meter on a day.

    Raises:
        InvalidInput: what the options say is no amount.
        click.UsageError: there is a fixed cost without a cost of units.
    """
    fixed = Fraction(quantity("--fixed-cost", options.fixed_cost or "0"))
    if options.unit_cost is not None:
        return KnownCost(Fraction(quantity("--unit-cost", options.unit_cost)), fixed)
    unit, remark = _of_meters(charges, currency, on)
    if unit is None and fixed:
        raise click.UsageError(f"--unit-cost is missing: {remark}")
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
