"""Simulations as charts: the one place where `planql simulate` meets the drawing library."""

from planql.charts.sheets import ImageFormat
from planql.charts.simulations import Panel, simulation_chart
from planql.cli.simulated import SimulatedRange
from planql.simulation.side_by_side import Simulated


def simulation_image(answer: SimulatedRange, form: ImageFormat) -> bytes:
    """The answer as an image: a panel for each run; columns are days or months.

    Raises:
        InvalidInput: there is nothing to draw, or too much.
    """
    plans = {run.label: run.plan.name for run in answer.runs}
    title = ", ".join(f"{name} ({label})" for label, name in plans.items())
    panels = [Panel(_title(run, len(plans)), run.simulation) for run in answer.runs]
    return simulation_chart(title, panels, form, "month" if answer.by == "month" else "day")


def _title(run: Simulated, plans: int) -> str:
    return run.title if plans == 1 else f"{run.label}\n{run.title}"
