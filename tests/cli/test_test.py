"""`planql test`, as a user runs it."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from planql.cli.main import main

CATALOG = Path(__file__).parents[2] / "catalog"
CASE = "upgrade-half-way"
PASSING = f"""{{
  "cases": [
    {{
      "path": "{CATALOG}/cases/{CASE}.json",
      "passed": true,
      "differences": [],
      "mistake": ""
    }}
  ]
}}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A copy of the example catalog without its cases."""
    copy = copytree(CATALOG, tmp_path / "catalog")
    for case in (copy / "cases").iterdir():
        case.unlink()
    return copy


def case(catalog: Path, name: str, text: str) -> None:
    """Add a case to a catalog."""
    (catalog / "cases" / f"{name}.json").write_text(text, encoding="utf-8")


def example() -> str:
    """The text of an example case, which passes."""
    return (CATALOG / "cases" / f"{CASE}.json").read_text(encoding="utf-8")


def test_the_cases_of_the_example_catalog_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Every pricing test of the example catalog comes out."""
    count = len(list((CATALOG / "cases").iterdir()))
    assert main(["test", str(CATALOG)]) == 0
    assert capsys.readouterr().out == f"{count} of {count} cases passed\n"


def test_a_case_may_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the case of the key is run; passed cases are counted and not named."""
    assert main(["test", str(CATALOG), "--case", CASE]) == 0
    assert capsys.readouterr().out == "1 of 1 case passed\n"


def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every case is listed with what is wrong in it."""
    assert main(["test", str(CATALOG), "--case", CASE, "--format", "json"]) == 0
    assert capsys.readouterr().out == PASSING


def test_no_cases_are_no_failure(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog need not have cases."""
    assert main(["test", str(catalog)]) == 0
    assert capsys.readouterr().out == "0 of 0 cases passed\n"


def test_what_is_not_as_expected_is_shown(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The upgrade comes to -50 + 100 = 50, not 51: expected and actual stand below each other."""
    case(catalog, "fine", example())
    case(catalog, "wrong", example().replace('"50.00"', '"51.00"'))
    assert main(["test", str(catalog)]) == 1
    assert capsys.readouterr().out == (
        f"{catalog}/cases/wrong.json: failed\n"
        "  invoice 2, 2026-04-16: total\n"
        "    - 51\n"
        "    + 50.00\n"
        "1 of 2 cases passed\n"
    )


def test_an_invoice_too_many_or_too_few_is_shown(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not due has only an expected side, what nobody expected only an actual one."""
    story = json.loads(example())
    case(catalog, "fewer", json.dumps({**story, "invoices": story["invoices"][:1]}))
    case(catalog, "more", json.dumps({**story, "invoices": [*story["invoices"], {}]}))
    assert main(["test", str(catalog)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:3] == ["    + one of 2026-04-16"]
    assert lines[-2:] == ["    - one of any day", "0 of 2 cases passed"]


@pytest.mark.parametrize(
    ("members", "mistake"),
    [
        ({"customer": None}, "/customer: null is not an object"),
        ({"invoices": None}, '/invoices: a case says what it expects in "invoices"'),
        (
            {"customer": {"key": "a", "time_zone": "Mars"}},
            '/customer/time_zone: "Mars" is not an IANA time zone',
        ),
    ],
)
def test_a_case_that_cannot_be_run_fails(
    catalog: Path, capsys: pytest.CaptureFixture[str], members: dict[str, object], mistake: str
) -> None:
    """What is wrong with the case itself is said in its place, and the others are run."""
    case(catalog, "broken", json.dumps(json.loads(example()) | members))
    case(catalog, "fine", example())
    assert main(["test", str(catalog)]) == 1
    _, said, passed = capsys.readouterr().out.splitlines()
    assert (said.strip(), passed) == (mistake, "1 of 2 cases passed")


def test_an_unknown_case_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the key is corrected."""
    assert main(["test", str(CATALOG), "--case", "upgrade-half-wy"]) == 2
    assert f'did you mean "{CASE}"?' in capsys.readouterr().err


def test_a_catalog_with_mistakes_is_not_tested(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prices that are not valid have no invoices; `planql validate` says why."""
    (catalog / "catalog.json").write_text("{}", encoding="utf-8")
    assert main(["test", str(catalog)]) == 2
    assert "planql validate" in capsys.readouterr().err
