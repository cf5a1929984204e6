"""`planql simulate`: what prices would earn and cost, before anyone saves them."""

from typing import Any

import click

from planql.cli.simulate_options import SimulateOptions, simulate_options


@click.command("simulate")
@simulate_options
def command(**options: Any) -> None:  # noqa: ANN401 - click hands over what each option says
    """Simulate revenue and cost day by day, or with --curve draw prices by quantity.

    Plans may be in the catalog, at another git ref (main:support-pro@2) or in a file that is in no
    catalog. Several plans and scenarios are shown side by side. What is under a guardrail is
    reported, and the exit code is 0 all the same.

    \b
    planql simulate --plan support-pro@2 --scenario support-typical --month 2026-10
    planql simulate --plan support-pro --draft dearer.json --usage-per-month resolved-tickets=900
    planql simulate --plan sales-outcome --by month --output outcomes.svg
    planql simulate --curve --plan support-pro@1 --plan support-pro@2 --charge outcomes
    """  # noqa: D301 - click reads \b as: keep the lines
    chosen = SimulateOptions(**options)
    # Each imports what the other does not need.
    if chosen.curve:
        from planql.cli.simulate_curves import show_curves  # noqa: PLC0415 - only what is asked for

        show_curves(chosen)
    else:
        from planql.cli.simulate_runs import show_runs  # noqa: PLC0415 - only what is asked for

        show_runs(chosen)
