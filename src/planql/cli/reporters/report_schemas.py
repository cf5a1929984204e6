"""The JSON reports that have a schema of their own, for the programs that read them."""

from typing import Any, Final

from pydantic import TypeAdapter

from planql.cli.reporters.diff_json import DiffReport
from planql.cli.reporters.problem_json import ProblemsReport

REPORTS: Final[dict[str, TypeAdapter[Any]]] = {
    "problems": TypeAdapter(ProblemsReport),
    "diff": TypeAdapter(DiffReport),
}
"""Name of a schema -> the report that it describes."""
