"""The case files of rating: reading them, and comparing answers by value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from planql.entity import parse_json
from planql.errors import PlanqlError
from planql.rating.documents import rated_document
from planql.rating.requests import rate_request

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cases" / "rating"

Doc = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One case: what is asked, and the members of the answer that are expected."""

    file: Path
    name: str
    because: str
    request: Doc
    expected: Doc

    @property
    def id(self) -> str:
        """What a report calls it."""
        return f"{self.file.relative_to(FOLDER).with_suffix('')}: {self.name}"


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for file in sorted(FOLDER.rglob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
            request = _with_defaults(case["input"])
            yield Case(file, case["name"], case["because"], request, case["expected"])


def _with_defaults(request: Doc) -> Doc:
    """The request with what every charge needs: a key, and for usage a meter."""
    charge = request["charge"]
    if not isinstance(charge, dict):
        return request
    needed = {"key": "charge", "type": "usage"}
    if charge.get("type", "usage") == "usage":
        needed["meter"] = "meter"
    return {**request, "charge": {**needed, **charge}}


def answer(request: Doc) -> Doc:
    """What `rate -` answers to a request."""
    try:
        asked, rated = rate_request(parse_json(json.dumps(request)))
    except PlanqlError as error:
        return {"error": {"code": error.code, "pointer": error.pointer}}
    return rated_document(rated, grouped=asked.is_grouped)


def differences(expected: object, actual: object, where: str = "") -> Iterator[str]:
    """Where `actual` lacks or contradicts what is expected; numbers compare by value."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name, value in expected.items():
            if name not in actual:
                yield f"{where}/{name} is missing"
            else:
                yield from differences(value, actual[name], f"{where}/{name}")
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            yield f"{where} has {len(actual)} items, not {len(expected)}"
        for index, (want, got) in enumerate(zip(expected, actual, strict=False)):
            yield from differences(want, got, f"{where}/{index}")
    elif not _equal(expected, actual):
        yield f"{where} is {actual!r}, not {expected!r}"


def _equal(expected: object, actual: object) -> bool:
    if isinstance(expected, str) and isinstance(actual, str):
        try:
            return Fraction(expected) == Fraction(actual)
        except ValueError:
            return expected == actual
    return expected == actual
