"""Problems as SARIF 2.1.0, which code scanning services read.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final
from urllib.parse import quote

from planql.catalog.problem_codes import PROBLEM_CODES, ProblemCode
from planql.problems import Place, Problem

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif_document(problems: Sequence[Problem]) -> str:
    """The problems as one SARIF log with one run, and the rules that they break."""
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {
                "name": "planql",
                "version": version("planql"),
                "rules": [_rule(PROBLEM_CODES[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: ProblemCode) -> dict[str, object]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": code.mend},
    }


def _result(problem: Problem, rule: int) -> dict[str, object]:
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": message},
        "locations": [_location(problem.place)],
        "relatedLocations": [_location(place) for place in problem.related],
        "partialFingerprints": {"planql/v1": _fingerprint(problem)},
    }


def _location(place: Place) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path)},
            "region": {"startLine": place.line, "startColumn": place.column},
        },
        "logicalLocations": [{"fullyQualifiedName": f"{place.path}#{place.pointer}"}],
    }


def _fingerprint(problem: Problem) -> str:
    """The same for the same mistake, whatever lines were added above it."""
    told = f"{problem.code}\n{problem.place.path}\n{problem.place.pointer}"
    return hashlib.sha256(told.encode()).hexdigest()
