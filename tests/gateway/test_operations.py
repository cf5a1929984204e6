"""The example operations, through the real endpoint."""

import json
from pathlib import Path

import httpx
import pytest

from planql.gateway.operations import Operation, load_operations

OPERATIONS = load_operations(Path(__file__).resolve().parents[2] / "operations")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_example_is_answered_without_a_mistake(
    demo_client: httpx.Client, operation: Operation
) -> None:
    """Every example runs against the example catalog and its demo; no result is a mistake."""
    variables = json.loads(operation.variables) if operation.variables else None
    request = {"query": operation.document, "variables": variables}
    answer = demo_client.post("/graphql", json=request).json()
    assert "errors" not in answer
    for result in answer["data"].values():
        assert not (isinstance(result, dict) and "code" in result), result


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_example_teaches(operation: Operation) -> None:
    """Every example begins with a title and with what it teaches, in lines that fit an editor."""
    assert operation.title
    assert operation.description.endswith(".")
    comments = [line for line in operation.document.splitlines() if line.startswith("#")]
    assert max(map(len, comments)) <= 72


def test_the_examples_are_listed_for_graphiql(client: httpx.Client) -> None:
    """GraphiQL is told every example, in the order of their files."""
    listed = client.get("/operations").json()
    assert [each["name"] for each in listed] == [each.name for each in OPERATIONS]
    assert listed[0]["title"] == "The pricing page"


def test_a_document_without_a_comment_is_named_after_its_file(tmp_path: Path) -> None:
    """Without a comment the file's name is the title; without a variables file there are none."""
    (tmp_path / "plain.graphql").write_text("{ __typename }", encoding="utf-8")
    [operation] = load_operations(tmp_path)
    assert (operation.title, operation.description, operation.variables) == ("plain", "", "")


def test_a_missing_folder_holds_no_examples(tmp_path: Path) -> None:
    """A server installed without the examples lists none."""
    assert load_operations(tmp_path / "nowhere") == ()
