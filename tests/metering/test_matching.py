"""Filters at work."""

import pytest
from tests.metering.building import Doc, load_cases, named

from planql.catalog.filters import Condition
from planql.entity import read_entity
from planql.metering.matching import all_of, compile_filter

ROWS = load_cases("filters")
MATCHING = [(row, value) for row in ROWS for value in row["matches"]]
DIFFERING = [(row, value) for row in ROWS for value in row["differs"]]


def condition(row: Doc) -> Condition:
    """The condition of a row, on property `p`."""
    value = {"value": row["value"]} if "value" in row else {}
    return read_entity(Condition, {"property": "p", "operator": row["operator"], **value})


def shown(value: object) -> str:
    """A parameter's name among the tests."""
    return named(value) if isinstance(value, dict) and "file" in value else repr(value)


@pytest.mark.parametrize(("row", "value"), MATCHING, ids=shown)
def test_a_value_that_matches(row: Doc, value: object) -> None:
    """The operator matches every value listed under `matches`."""
    assert compile_filter(condition(row))({"p": value})


@pytest.mark.parametrize(("row", "value"), DIFFERING, ids=shown)
def test_a_value_that_differs(row: Doc, value: object) -> None:
    """The operator matches no value listed under `differs`."""
    assert not compile_filter(condition(row))({"p": value})


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_missing_property_matches_nothing(row: Doc) -> None:
    """Missing or null, no operator matches, `ne` and `not_in` included."""
    matches = compile_filter(condition(row))
    assert not matches({})
    assert not matches({"p": None})
    assert not matches({"q": row.get("value")})


def test_every_operator_has_its_table() -> None:
    """No operator goes without cases."""
    operators = {row["operator"] for row in ROWS}
    assert operators == {row["file"] for row in ROWS}
    assert len(operators) == 10


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_all_of_any_number_of_parts(size: int) -> None:
    """Every part has to match; without parts everything does."""
    parts = [lambda data, name=str(number): name in data for number in range(size)]
    every = {str(number): 1 for number in range(size)}
    assert all_of(*parts)(every)
    for name in every:
        assert not all_of(*parts)({other: 1 for other in every if other != name})
