"""`planql simulate` over days: gather plans and usage, simulate, and print."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, assert_never

import click

from planql.catalog.snapshot import Catalog
from planql.cli.outputs import drawing_library, put_image, put_table, put_text
from planql.cli.reporters.simulation_csv import simulations_csv
from planql.cli.reporters.simulation_json import simulations_document
from planql.cli.reporters.simulation_text import print_simulations
from planql.cli.simulate_options import SimulateOptions
from planql.cli.simulate_plans import catalogs, chosen_plans
from planql.cli.simulate_ranges import chosen_range
from planql.cli.simulate_recorded import (
    RecordedUsage,
    recorded_days,
    recorded_usage,
    refuse_mixture,
)
from planql.cli.simulate_usage import chosen_scenarios, quantities
from planql.cli.simulated import SimulatedRange
from planql.errors import InvalidInput
from planql.periods import Period, zone
from planql.simulation.priced_plans import PricedPlan, require_charges
from planql.simulation.scenario_runs import simulate_recorded, simulate_scenarios
from planql.simulation.side_by_side import Simulated
from planql.simulation.side_by_side import simulated as simulated_run
from planql.simulation.subscribing import Subscribing


def show_runs(options: SimulateOptions) -> None:
    """Simulate what the options say, and print it.

    Raises:
        PlanqlError: something they name does not exist, or breaks a rule.
    """
    _refuse_curve_options(options)
    answer = simulated(options)
    match options.chosen_form:
        case "table":
            put_table(options, lambda console: print_simulations(answer, console))
        case "csv":
            put_text(options, simulations_csv(answer))
        case "json":
            put_text(options, simulations_document(answer))
        case "svg" | "png" as form:
            with drawing_library():
                from planql.cli.reporters.simulation_image import simulation_image  # noqa: PLC0415 - extra

                put_image(options, simulation_image(answer, form))
        case other:
            assert_never(other)


def simulated(options: SimulateOptions) -> SimulatedRange:
    """Every plan under every scenario, or under what one customer used.

    Raises:
        PlanqlError: something the options name does not exist, or breaks a rule.
    """
    at = catalogs(options.catalog, options.ref)
    recorded = recorded_usage(options, at(None))
    days = _days(options, at(None), recorded)
    plans = chosen_plans(options.plan, options.draft, at, days.start, options.currency)
    require_charges(options.charge, plans)
    how = Subscribing(discounts=options.discount, quantities=quantities(options, plans))
    with in_words_of_options():
        runs = _runs(options, plans, recorded, days, how)
    unread = recorded.unread if recorded else 0
    return SimulatedRange(days, options.recognition, options.by, tuple(runs), unread)


def _runs(
    options: SimulateOptions,
    plans: Sequence[PricedPlan],
    recorded: RecordedUsage | None,
    days: Period,
    how: Subscribing,
) -> list[Simulated]:
    if recorded is None:
        return [run for priced in plans for run in _scenario_runs(options, priced, days, how)]
    refuse_mixture(options)
    return [_recorded_run(options, priced, recorded, days, how) for priced in plans]


@contextmanager
def in_words_of_options() -> Iterator[None]:
    """Mend what a document would need by an option, and name no places in documents."""
    try:
        yield
    except InvalidInput as error:
        hint = _HINTS.get(error.code, error.hint)
        raise InvalidInput(error.code, error.message, hint=hint) from None


_HINTS: Final = {
    "missing-quantity": "--quantity NAME=QUANTITY says how many",
    "events-needed": "--event-value METER=QUANTITY says what one event adds",
    "weekday-weights": "write Monday to Sunday: --weekdays 1,1,1,1,1,0,0",
}
"""Code of a mistake -> the option that mends it."""


def _days(options: SimulateOptions, catalog: Catalog, recorded: RecordedUsage | None) -> Period:
    """The range that is named; of recorded usage the months in which it was."""
    is_named = options.from_ or options.to or options.month
    found = None if is_named or recorded is None else recorded_days(recorded, catalog)
    time_zone = zone(catalog.settings.time_zone)
    return found or chosen_range(options.from_, options.to, options.month, options.as_of, time_zone)


def _scenario_runs(
    options: SimulateOptions, priced: PricedPlan, days: Period, how: Subscribing
) -> Iterator[Simulated]:
    scenarios = chosen_scenarios(options, priced)
    runs = simulate_scenarios(
        priced.catalog,
        priced.document,
        scenarios,
        days,
        how=how,
        recognition=options.recognition,
    )
    for run in runs:
        yield simulated_run(priced, run, options.charge)


def _recorded_run(
    options: SimulateOptions,
    priced: PricedPlan,
    recorded: RecordedUsage,
    days: Period,
    how: Subscribing,
) -> Simulated:
    run = simulate_recorded(
        priced.catalog,
        priced.document,
        recorded.customer,
        recorded.events,
        days,
        how=replace(how, time_zone=recorded.time_zone),
        recognition=options.recognition,
    )
    found = replace(run, customers=options.customers or 1)
    return simulated_run(priced, found, options.charge)


def _refuse_curve_options(options: SimulateOptions) -> None:
    idle = {
        "--to-quantity": options.to_quantity,
        "--with-fees": options.with_fees,
        "--unit-cost": options.unit_cost,
        "--fixed-cost": options.fixed_cost,
    }
    for name, value in idle.items():
        if value:
            raise click.UsageError(f"{name} is only for --curve")
