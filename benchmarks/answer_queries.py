"""How much processor time does an answer cost, beside mercurius with its JIT and stock strawberry?

Every server is a process of its own over the same 50 products and is asked over kept-alive
connections on this machine; what counts is the processor time of the whole process, system calls
included, per request. Rounds go from server to server, so that whatever else the machine does
meets all of them. Mercurius needs Node and npm; without them it is left out.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.gateway.load import Caller
from benchmarks.gateway.questions import DATA, QUESTIONS, Question
from benchmarks.gateway.servers import HERE, PYTHON_SERVERS, mercurius_server, python_server

ROUNDS = 5
FLOOR, PLANQL, UNCACHED, STOCK, MERCURIUS = *PYTHON_SERVERS, "mercurius"
STOCK_SHARE = 20
"""Stock strawberry is slow: it is asked this many times less often."""
WARM_UP_SHARE = 10

TARGETS = (
    ("catalog", UNCACHED, MERCURIUS, 1.0),
    ("catalog, never the same", PLANQL, MERCURIUS, 0.1),
    ("product", PLANQL, MERCURIUS, 1.5),
    ("rate", PLANQL, MERCURIUS, 1.8),
    ("catalog", UNCACHED, STOCK, 1 / 20),
    ("product", PLANQL, STOCK, 1 / 8),
    ("rate", PLANQL, STOCK, 1 / 4),
)
"""A question, who is compared with whom, and the greatest ratio that is aimed at."""

Figures = dict[str, dict[str, float]]
"""Milliseconds by question and server."""


def main() -> int:
    """Measure every server and print two tables; 1 when a target is missed."""
    with callers() as found:
        require_equal_answers(found)
        figures = {each.name: measured(found, each) for each in QUESTIONS}
    names = list(figures["rate"])
    print(f"| processor ms per request | {' | '.join(names)} |")
    print(f"|---|{'---|' * len(names)}")
    for question, by_server in figures.items():
        print(f"| {question} | {' | '.join(f'{by_server[name]:.3f}' for name in names)} |")
    return int(not all([is_reached(figures, *target) for target in TARGETS]))  # noqa: C419 - print all


@contextmanager
def callers() -> Iterator[dict[str, Caller]]:
    """A connection to each server."""
    with ExitStack() as stack:
        found = {each: Caller(stack.enter_context(python_server(each))) for each in PYTHON_SERVERS}
        if has_node():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            data = folder / "data.json"
            answer = json.loads(found[PLANQL].ask(json.dumps({"query": DATA}).encode()))
            data.write_text(json.dumps(answer["data"]), encoding="utf-8")
            found[MERCURIUS] = Caller(stack.enter_context(mercurius_server(data)))
        yield found


def has_node() -> bool:
    """Whether mercurius can run; its packages are installed on first use."""
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        print("Node and npm are not on this machine, so mercurius is not measured.")
        return False
    folder = HERE / "mercurius"
    if not (folder / "node_modules").exists():
        subprocess.run([npm, "ci", "--silent"], cwd=folder, check=True)  # noqa: S603
    return True


def require_equal_answers(found: dict[str, Caller]) -> None:
    """All servers answer every question alike, whatever they say beside the data."""
    for question in QUESTIONS:
        body = next(question.bodies())
        asked = {name: caller for name, caller in found.items() if name != FLOOR}
        answers = {name: json.loads(caller.ask(body))["data"] for name, caller in asked.items()}
        for name, data in answers.items():
            if data != answers[PLANQL]:
                sys.exit(f"{name} answers {question.name} differently")


def measured(found: dict[str, Caller], question: Question) -> dict[str, float]:
    """The median of rounds for each server."""
    bodies = {name: question.bodies() for name in found}
    many = {name: question.requests // (STOCK_SHARE if name == STOCK else 1) for name in found}
    for name, caller in found.items():
        caller.milliseconds(bodies[name], max(many[name] // WARM_UP_SHARE, 3))
    rounds = [
        {name: caller.milliseconds(bodies[name], many[name]) for name, caller in found.items()}
        for _ in range(ROUNDS)
    ]
    return {name: median(each[name] for each in rounds) for name in found}


def is_reached(figures: Figures, question: str, ours: str, theirs: str, most: float) -> bool:
    """Print how a server compares with another one; whether the ratio is at most `most`."""
    if theirs not in figures[question]:
        return True
    ratio = figures[question][ours] / figures[question][theirs]
    verdict = "reached" if ratio <= most else "missed"
    print(f"{question}: {ours} / {theirs} = {ratio:.2f}, at most {most:.2f}: {verdict}")
    return ratio <= most


if __name__ == "__main__":
    sys.exit(main())
