"""What a unit costs the company, for break-even: as the options say, or by the catalog's costs."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import click

from planql.catalog.rate_plans import Charge
from planql.catalog.snapshot import Catalog
from planql.cli.named_values import quantity
from planql.cli.simulate_options import SimulateOptions
from planql.simulation.curve_costs import KnownCost, catalog_cost


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
    known = catalog_cost(charges, currency, on, fixed)
    if known.unit is None and fixed:
        raise click.UsageError(f"--unit-cost is missing: {known.remarks[0]}")
    return known
