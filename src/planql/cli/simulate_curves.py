"""`planql simulate --curve`: prices by quantity, where they cross, where they break even."""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import click

from planql.cli.named_values import quantity
from planql.cli.outputs import drawing_library, put_image, put_table, put_text
from planql.cli.reporters.curve_csv import curves_csv
from planql.cli.reporters.curve_json import curves_document
from planql.cli.reporters.curve_text import print_curves
from planql.cli.simulate_costs import known_cost
from planql.cli.simulate_options import SimulateOptions
from planql.cli.simulate_plans import catalogs, chosen_plans
from planql.cli.simulate_ranges import chosen_range
from planql.cli.simulate_usage import quantities
from planql.errors import InvalidInput
from planql.periods import zone
from planql.simulation.priced_charges import (
    PricedCharge,
    compared,
    curves_of,
    priced_charge,
    usage_charges,
)
from planql.simulation.priced_curves import PricedCurves
from planql.simulation.priced_plans import PricedPlan


def show_curves(options: SimulateOptions) -> None:
    """Compute the curves that the options name, and print them.

    Raises:
        PlanqlError: something they name does not exist, or has no curve.
    """
    _refuse_usage(options)
    answer = priced_curves(options)
    match options.chosen_form:
        case "table":
            put_table(options, lambda console: print_curves(answer, console))
        case "csv":
            put_text(options, curves_csv(answer))
        case "json":
            put_text(options, curves_document(answer))
        case "svg" | "png" as form:
            with drawing_library():
                from planql.cli.reporters.curve_image import curve_image  # noqa: PLC0415 - extra

                put_image(options, curve_image(answer, form))
        case other:
            assert_never(other)


def priced_curves(options: SimulateOptions) -> PricedCurves:
    """The curve of every charge that is named, in every plan that is named.

    Raises:
        PlanqlError: something the options name does not exist, or has no curve.
    """
    at = catalogs(options.catalog, options.ref)
    time_zone = zone(at(None).settings.time_zone)
    days = chosen_range(options.from_, options.to, options.month, options.as_of, time_zone)
    plans = chosen_plans(options.plan, options.draft, at, days.start, options.currency)
    charges = [charge for plan in plans for charge in _charges(plan, options)]
    declared = quantities(options, plans)
    curves = curves_of(charges, _top(options.to_quantity), declared if options.with_fees else None)
    known = known_cost(
        options,
        [(each.priced.catalog, each.charge) for each in charges],
        curves[0].currency,
        days.start,
    )
    return compared(charges, curves, known)


def _charges(priced: PricedPlan, options: SimulateOptions) -> Iterator[PricedCharge]:
    """The charges that are named; when none is, the one that bills usage."""
    for key in options.charge:
        yield priced_charge(priced, key)
    if not options.charge:
        yield _only_usage(priced)


def _only_usage(priced: PricedPlan) -> PricedCharge:
    usage = usage_charges(priced)
    if len(usage) == 1:
        return usage[0]
    charges = [each.charge for each in usage] or priced.plan.charges
    known = ", ".join(charge.key for charge in charges)
    raise click.UsageError(f'--charge is missing: "{priced.plan.key}" has {known}')


def _top(text: str | None) -> Fraction | None:
    top = None if text is None else Fraction(quantity("--to-quantity", text))
    if top == 0:
        raise InvalidInput("zero-not-allowed", "--to-quantity: 0 leaves nothing to draw")
    return top


def _refuse_usage(options: SimulateOptions) -> None:
    idle = {
        "--scenario": options.scenario,
        "--usage-per-month": options.usage_per_month,
        "--daily": options.daily,
        "--level": options.level,
        "--usage": options.usage,
        "--customer": options.customer,
        "--customers": options.customers,
        "--by": options.by,
    }
    for name, value in idle.items():
        if value:
            raise click.UsageError(f"{name} is not for --curve")
