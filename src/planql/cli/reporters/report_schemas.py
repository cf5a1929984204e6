"""The JSON reports that have a schema of their own, for the programs that read them."""

from typing import Any, Final

from pydantic import TypeAdapter

from planql.cli.reporters.comment_report import CommentReport
from planql.cli.reporters.curve_json import CurvesReport
from planql.cli.reporters.diff_json import DiffReport
from planql.cli.reporters.impact_json import ImpactReport
from planql.cli.reporters.problem_json import ProblemsReport
from planql.cli.reporters.simulation_json import SimulationReport

REPORTS: Final[dict[str, TypeAdapter[Any]]] = {
    "problems": TypeAdapter(ProblemsReport),
    "diff": TypeAdapter(DiffReport),
    "comment": TypeAdapter(CommentReport),
    "impact": TypeAdapter(ImpactReport),
    "simulation": TypeAdapter(SimulationReport),
    "curves": TypeAdapter(CurvesReport),
}
"""Name of a schema -> the report that it describes."""
