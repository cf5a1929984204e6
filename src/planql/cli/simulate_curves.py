"""`planql simulate --curve`: prices by quantity, where they cross, where they break even."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import assert_never

import click

from planql.catalog.fields import cycle_text
from planql.catalog.rate_plans import Charge, RatePlan, UsageCharge
from planql.cli.named_values import quantity
from planql.cli.outputs import drawing_library, put_image, put_table, put_text
from planql.cli.priced_curves import PricedCurves
from planql.cli.reporters.curve_csv import curves_csv
from planql.cli.reporters.curve_json import curves_document
from planql.cli.reporters.curve_text import print_curves
from planql.cli.simulate_costs import KnownCost, known_cost
from planql.cli.simulate_fees import with_fees
from planql.cli.simulate_options import SimulateOptions
from planql.cli.simulate_plans import PricedPlan, catalogs, chosen_plans
from planql.cli.simulate_ranges import chosen_range
from planql.cli.simulate_usage import quantities
from planql.errors import InvalidInput, UnknownReference
from planql.periods import zone
from planql.problems import did_you_mean
from planql.simulation.crossings import compare
from planql.simulation.curve_ranges import suggested_top
from planql.simulation.curves import PriceCurve, charge_curve, common_currency


@dataclass(frozen=True, slots=True)
class PricedCharge:
    """A charge whose curve is drawn, in its plan."""

    priced: PricedPlan
    charge: Charge

    @property
    def currency(self) -> str:
        """Of its amounts."""
        return self.priced.plan.currency


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
    charges = [PricedCharge(plan, each) for plan in plans for each in _charges(plan.plan, options)]
    curves = _curves(options, plans, charges)
    common_currency(curves)
    known = known_cost(
        options,
        [(each.priced.catalog, each.charge) for each in charges],
        curves[0].currency,
        days.start,
    )
    return _compared(charges, curves, known)


def _compared(
    charges: Sequence[PricedCharge], curves: tuple[PriceCurve, ...], known: KnownCost
) -> PricedCurves:
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


def _curves(
    options: SimulateOptions, plans: Sequence[PricedPlan], charges: Sequence[PricedCharge]
) -> tuple[PriceCurve, ...]:
    if options.to_quantity is None:
        top = suggested_top([(each.charge, each.currency) for each in charges])
    else:
        top = _top(options.to_quantity)
    declared = quantities(options, plans)
    keys = {each.charge.key for each in charges}
    found = []
    for each in charges:
        label = each.priced.label
        name = label if len(keys) == 1 else f"{label} {each.charge.key}"
        curve = charge_curve(each.charge, each.currency, top, name)
        found.append(
            with_fees(curve, each.priced.plan, each.charge, declared)
            if options.with_fees
            else curve
        )
    return tuple(found)


def _charges(plan: RatePlan, options: SimulateOptions) -> Iterator[Charge]:
    """The charges that are named; when none is, the one that bills usage."""
    for key in options.charge:
        charge = plan.charge(key)
        if charge is None:
            known = [each.key for each in plan.charges]
            hint = did_you_mean(key, known) or f"it has {', '.join(known)}"
            message = f'"{plan.key}" version {plan.version} has no charge "{key}"'
            raise UnknownReference("unknown-charge", message, hint=hint)
        yield charge
    if not options.charge:
        yield _only_usage(plan)


def _only_usage(plan: RatePlan) -> Charge:
    usage = [charge for charge in plan.charges if isinstance(charge, UsageCharge)]
    if len(usage) == 1:
        return usage[0]
    known = ", ".join(charge.key for charge in usage or plan.charges)
    raise click.UsageError(f'--charge is missing: "{plan.key}" has {known}')


def _top(text: str) -> Fraction:
    top = Fraction(quantity("--to-quantity", text))
    if top == 0:
        raise InvalidInput("zero-not-allowed", "--to-quantity: 0 leaves nothing to draw")
    return top


def _unit(charges: Sequence[PricedCharge]) -> str:
    """What is counted: "Resolved tickets, monthly"."""
    names = {each.charge.name for each in charges}
    cycles = {
        cycle_text(each.charge.billing_cycle or each.priced.plan.billing_cycle) for each in charges
    }
    name = names.pop() if len(names) == 1 else "Quantity"
    return f"{name}, {cycles.pop()}" if len(cycles) == 1 else f"{name} in a billing period"


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
