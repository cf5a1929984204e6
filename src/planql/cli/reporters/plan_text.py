"""A rate plan as a person reads it: what it is, what it costs and when."""

from collections.abc import Iterator
from typing import assert_never

from rich import box
from rich.console import Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from planql.catalog.fields import cycle_text
from planql.catalog.meters import Meter, Unit
from planql.catalog.rate_plans import Charge, OneTimeCharge, RatePlan, RecurringCharge, UsageCharge
from planql.catalog.snapshot import Catalog
from planql.cli.reporters.discount_text import discount_text
from planql.cli.reporters.money_text import money_text
from planql.cli.reporters.price_text import PriceTeller

_PRORATION = {
    "day": "part of a period is charged by the day",
    "second": "part of a period is charged by the second",
    "none": "a period begun is charged in full",
}


def plan_panel(plan: RatePlan, catalog: Catalog, reason: str) -> Panel:
    """The whole plan in a frame; `reason` says why this version is shown."""
    head = [line for line in (plan.description, _terms(plan)) if line]
    foot = [line for line in (*_foot(plan, catalog), reason) if line]
    title = f"[bold]{escape(plan.name)}[/] · {plan.key} version {plan.version} · {plan.status}"
    return Panel(
        Group(
            Text("\n".join(head)),
            _charges(plan, catalog),
            *(Text(line, style="dim") for line in foot),
        ),
        title=title,
        title_align="left",
        box=box.ROUNDED,
    )


def _terms(plan: RatePlan) -> str:
    """Currency, cycle, first day, trial and proration."""
    terms = [
        f"{plan.currency}, billed {cycle_text(plan.billing_cycle)}",
        f"from {plan.effective_from}",
    ]
    if plan.trial is not None:
        usage = "" if plan.trial.bill_usage else ", usage included"
        terms.append(f"{plan.trial.days} days of trial{usage}")
    return " · ".join([*terms, _PRORATION[plan.proration.basis]])


def _charges(plan: RatePlan, catalog: Catalog) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for heading in ("Charge", "Billed", "Price"):
        table.add_column(heading, overflow="fold")
    for charge in plan.charges:
        teller = PriceTeller(plan.currency, charge_unit(charge, catalog))
        price = "\n".join([*teller.lines(charge), *_notes(charge, catalog)])
        table.add_row(Text(charge.name), Text(_when(charge, plan)), Text(price))
    return table


def _when(charge: Charge, plan: RatePlan) -> str:
    cycle = cycle_text(charge.billing_cycle or plan.billing_cycle)
    match charge:
        case OneTimeCharge():
            return "once"
        case RecurringCharge():
            return f"{cycle},\n{charge.timing.replace('_', ' ')}"
        case UsageCharge():
            return f"{cycle},\nby usage"
        case other:
            assert_never(other)


def charge_unit(charge: Charge, catalog: Catalog) -> Unit:
    """What the charge counts."""
    if isinstance(charge, UsageCharge):
        return _meter(charge, catalog).unit
    return Unit(name=charge.quantity.name.removesuffix("s") if charge.quantity else "unit")


def _meter(charge: UsageCharge, catalog: Catalog) -> Meter:
    return catalog.meter(charge.meter)


def _notes(charge: Charge, catalog: Catalog) -> Iterator[str]:
    """What else decides the amount: the meter, groups, discounts."""
    if isinstance(charge, UsageCharge):
        meter = _meter(charge, catalog)
        if meter.name not in {None, charge.name}:
            yield f"measured by {meter.name}"
        if charge.group_by:
            yield f"for each {', '.join(charge.group_by)} by itself"
    for key in charge.discounts:
        yield f"less {discount_text(catalog.discounts[key].entity)}"


def _foot(plan: RatePlan, catalog: Catalog) -> Iterator[str]:
    """The plan's minimum and discounts."""
    if plan.minimum_commitment is not None:
        yield f"At least {money_text(plan.minimum_commitment, plan.currency)} per period in all."
    for key in plan.discounts:
        yield f"Automatically less {discount_text(catalog.discounts[key].entity)}."
