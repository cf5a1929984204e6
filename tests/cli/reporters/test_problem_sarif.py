"""Problems as SARIF, judged by the schema of the standard."""

import json

import pytest
from jsonschema.validators import Draft202012Validator
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from tests.catalog.catalog_cases import CASES

from planql.cli.reporters.problem_sarif import sarif_document
from planql.problems import Place, Problem, Severity
from planql.sources import load

STANDARD = Draft202012Validator(Sarif.model_json_schema())


WRONG = sorted(path.parent.name for path in (CASES / "invalid").glob("*/files"))


@pytest.mark.parametrize("case", WRONG)
def test_a_report_follows_the_standard(case: str) -> None:
    """Every kind of mistake makes a log that the standard's schema accepts."""
    document = json.loads(sarif_document(load(CASES / "invalid" / case / "files").problems))
    STANDARD.validate(document)


def test_without_problems_there_is_a_run_without_results() -> None:
    """A service then closes the alerts that it had."""
    (run,) = json.loads(sarif_document([]))["runs"]
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_a_result_says_where_and_why() -> None:
    """The rule, the place, the hint, and the places that matter besides."""
    place, other = Place("catalog/a b.json", 2, 5, "/key"), Place("catalog/c.json", 1, 1, "")
    problem = Problem("invalid-key", "is wrong", place, "mend it", Severity.WARNING, (other,))
    (run,) = json.loads(sarif_document([problem]))["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "invalid-key"
    assert result["level"] == "warning"
    assert result["message"] == {"text": "is wrong (mend it)"}
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "catalog/a%20b.json"}
    assert physical["region"] == {"startLine": 2, "startColumn": 5}
    assert len(result["relatedLocations"]) == 1


def test_a_fingerprint_survives_lines_that_move() -> None:
    """Lines added above a mistake do not make it a new one; another place does."""

    def fingerprint(line: int, pointer: str) -> str:
        problem = Problem("invalid-key", "is wrong", Place("a.json", line, 1, pointer))
        (run,) = json.loads(sarif_document([problem]))["runs"]
        return str(run["results"][0]["partialFingerprints"]["planql/v1"])

    assert fingerprint(2, "/key") == fingerprint(9, "/key") != fingerprint(2, "/name")


def test_the_schema_has_teeth() -> None:
    """A member that SARIF does not know is refused, so that the first test says something."""
    document = json.loads(sarif_document([]))
    document["runs"][0]["unknown"] = 1
    assert not STANDARD.is_valid(document)
