"""`planql schema`, as a user runs it."""

import json
from pathlib import Path

import pytest

from planql.catalog.schemas import SCHEMAS, schema_text
from planql.cli.main import main
from planql.cli.reporters.report_schemas import REPORTS


def test_without_a_kind_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind of document and report, and the schema of the API."""
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.split() == [*SCHEMAS, *REPORTS, "graphql"]


def test_a_schema_is_printed_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is the file under schema/, to the letter."""
    assert main(["schema", "meter"]) == 0
    assert capsys.readouterr().out == schema_text("meter")


def test_the_schema_of_the_api_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`planql schema graphql` prints SDL."""
    assert main(["schema", "graphql"]) == 0
    assert "type Query" in capsys.readouterr().out


def test_schemas_can_be_exported(tmp_path: Path) -> None:
    """`--output` writes every schema under its own name."""
    assert main(["schema", "--output", str(tmp_path / "out")]) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    schemas = {f"{kind}.schema.json" for kind in (*SCHEMAS, *REPORTS)}
    assert names == {*schemas, "schema.graphql"}
    assert json.loads((tmp_path / "out" / "product.schema.json").read_text())["type"] == "object"


@pytest.mark.parametrize(
    ("kind", "hint"), [("metre", 'did you mean "meter"?'), ("xyz", "write one of catalog, ")]
)
def test_an_unknown_kind_gets_a_hint(
    kind: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip is corrected; what is like no kind gets the list."""
    assert main(["schema", kind]) == 2
    assert hint in capsys.readouterr().err
