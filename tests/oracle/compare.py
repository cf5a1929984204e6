"""Compare planql with the oracle on many random documents and print minimised differences.

Run from the project's root: `.venv/bin/python -m tests.oracle.compare invoice --examples 20000`.
"""

import argparse
import json
import re
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.laws.strategies.rating import period_documents, rate_documents
from tests.laws.strategies.stories import ALL, stories
from tests.oracle.invoice import invoices
from tests.oracle.matching import agrees, summaries
from tests.oracle.numerals import Doc, load
from tests.oracle.periods import periods
from tests.oracle.rate import rate

ORACLES: dict[str, Callable[[Doc], Doc]] = {
    "rate": rate,
    "periods": periods,
    "invoice": invoices,
}
DOCUMENTS: dict[str, st.SearchStrategy[Doc]] = {
    "rate": rate_documents,
    "periods": period_documents(),
    "invoice": stories(),
}


def _encodable(value: object) -> object:
    if isinstance(value, Decimal):
        return f"<{value}>"
    if isinstance(value, dict):
        return {name: _encodable(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_encodable(member) for member in value]
    return value


def dump(document: Doc) -> str:
    """Return a document as one line of JSON, numbers as exact as they are."""
    return re.sub(r'"<([^>"]*)>"', r"\1", json.dumps(_encodable(document)))


def answer(command: str, document: Doc) -> Doc:
    """Return what planql's line command answers to one document."""
    module = import_module(f"planql.cli.{command}")
    result = CliRunner().invoke(module.command, ["-"], input=dump(document) + "\n")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return load(result.stdout)


def _tier_steps(steps: list[Doc]) -> list[Doc]:
    kept = [step for step in steps if "tier" in step and step["quantity"] != "0"]
    return [{name: step[name] for name in ("tier", "quantity", "amount")} for step in kept]


def _shaped(command: str, reply: Doc) -> Doc:
    if "error" in reply:
        return {"error": True}
    if command == "invoice":
        return {"invoices": summaries(reply)}
    if command == "periods":
        return reply
    rejected = [e if isinstance(e, str) else e["id"] for e in reply.get("rejected_events") or []]
    lines = [
        {**line, "steps": _tier_steps(line.get("steps", []))}
        for line in reply.get("lines", [])
        if line.get("group")
    ]
    names = ("quantity", "amount", "unrounded_amount", "discount", "top_up", "total")
    shaped = {name: reply[name] for name in names}
    steps = [] if lines else _tier_steps(reply["steps"])
    return shaped | {"rejected": sorted(rejected), "lines": lines, "steps": steps}


def difference(command: str, document: Doc) -> tuple[Doc, Doc] | None:
    """Return what the oracle and planql say where they disagree, else nothing."""
    expected = ORACLES[command](document)
    actual = answer(command, document)
    left, right = _shaped(command, expected), _shaped(command, actual)
    if agrees(left, right):
        return None
    return (expected if "error" in expected else left), (actual if "error" in actual else right)


def hunt(command: str, examples: int, number: int) -> str | None:
    """Return the smallest difference found, as text."""
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(DOCUMENTS[command])
    def same(document: Doc) -> None:
        result = difference(command, document)
        if result is not None:
            found.append(f"{dump(document)}\n  oracle {result[0]}\n  planql {result[1]}")
            raise AssertionError

    try:
        same()
    except AssertionError:
        return found[-1]
    return None


def run() -> None:
    """Read the arguments, hunt and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=sorted(ORACLES))
    parser.add_argument("--examples", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(ALL))
    arguments = parser.parse_args()
    DOCUMENTS["invoice"] = stories(ALL - set(arguments.without))
    result = hunt(arguments.command, arguments.examples, arguments.seed)
    print(result or f"{arguments.examples} documents agree")  # noqa: T201, a script's answer


if __name__ == "__main__":
    run()
