"""Run every test with coverage, and hold the coverage and the skips to their limits.

The floor is 95 % of lines and branches over all, 100 % in the core packages. With `CI=true` a
skipped test is a failure. With arguments (a path, an option of pytest) the limits do not
apply. The last line printed is pytest's own closing line.
"""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

from coverage import Coverage
from coverage.exceptions import CoverageException

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "artefacts" / "tests.xml"
FLOOR = 95
WHOLE = 100
CORE = [
    *("errors", "problems", "money", "periods", "entity", "charge_models", "aggregations"),
    *("discounts", "catalog", "metering", "rating", "billing"),
]


def main(arguments: list[str]) -> int:
    """Run the tests; the result is the exit code."""
    code, closing_line = run_pytest(arguments)
    complaints = [] if arguments else [*coverage_complaints(), *skip_complaints()]
    for complaint in complaints:
        print(f"run_tests: {complaint}")
    print(closing_line)
    return code or int(bool(complaints))


def run_pytest(arguments: list[str]) -> tuple[int, str]:
    """Run pytest, showing its output; its exit code and the last line it printed."""
    REPORT.parent.mkdir(exist_ok=True)
    # Neighbours stay with one worker, which makes what they share once, until the other is idle.
    workers = ["-n", "2", "--dist", "worksteal"]
    options = [*workers, "--cov", "--cov-branch", "--cov-report=", f"--junitxml={REPORT}"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    closing_line = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing_line = line.strip() or closing_line
    return process.returncode, closing_line


def coverage_complaints() -> list[str]:
    """What the coverage lacks: the whole under its floor, a core module not covered whole."""
    try:
        measured = Coverage(
            data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml")
        )
        measured.load()
        total = measured.report(file=sys.stdout)
        core, text = _core_coverage(measured)
    except CoverageException as error:
        return [f"no coverage: {error}"]
    complaints = [] if total >= FLOOR else [f"coverage is {total:.1f} %, under {FLOOR} %"]
    return complaints if core >= WHOLE else [*complaints, f"the core is not covered whole:\n{text}"]


def _core_coverage(measured: Coverage) -> tuple[float, str]:
    text = StringIO()
    include = [f"*/planql/{name}{tail}" for name in CORE for tail in (".py", "/*")]
    return measured.report(include=include, file=text), text.getvalue()


def skip_complaints() -> list[str]:
    """The skipped tests, where none may be: a machine that runs CI has what every test needs."""
    if os.environ.get("CI") != "true":
        return []
    cases = ET.parse(REPORT).iter("testcase")  # noqa: S314 - written by pytest just now
    return [
        f"skipped: {case.get('classname')}.{case.get('name')}: {skip.get('message')}"
        for case in cases
        for skip in case.iter("skipped")
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
