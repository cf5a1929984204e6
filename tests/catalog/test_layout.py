"""One layout for every document, to the letter of its values."""

import json
from pathlib import Path

import pytest
from tests.catalog.catalog_cases import CASES

from planql.catalog.document_kinds import kind_named, read_name
from planql.catalog.layout import laid_out, laid_out_with
from planql.errors import InvalidInput

VALID = sorted(
    path
    for folder in ("base", "valid", "invalid/discount-currency", "invalid/filter-operator")
    for path in (CASES / folder).rglob("*.json")
    if path.name != "expected.json"
)


def inside(path: str) -> str:
    """The path of a case's file inside its catalog."""
    return path.rpartition("/files/")[2].removeprefix(f"{CASES.as_posix()}/base/")


@pytest.mark.parametrize("path", VALID, ids=lambda path: "/".join(path.parts[-4:]))
def test_layout_changes_no_value_and_is_stable(path: Path) -> None:
    """A document laid out says the same, and laying it out again changes nothing."""
    text = path.read_text(encoding="utf-8")
    name = read_name(inside(path.as_posix()))
    assert name is not None
    kind = kind_named(name.kind)
    once = laid_out(text, kind)
    assert json.loads(once) == json.loads(text)
    assert laid_out(once, kind) == once


def test_values_keep_their_text() -> None:
    """Neither a decimal, nor a number, nor an escape is written differently."""
    text = '{"key":"m","name":"\\u00dc","metadata":{"a":"99.00"},"event":"e","unit":"u",'
    text += '"filter":{"value":1.50e1,"operator":"gt","property":"p"},'
    text += '"aggregation":{"type":"count"}}'
    assert laid_out(text, kind_named("meter")) == (
        "{\n"
        '  "key": "m",\n'
        '  "name": "\\u00dc",\n'
        '  "event": "e",\n'
        '  "filter": {"property": "p", "operator": "gt", "value": 1.50e1},\n'
        '  "aggregation": {"type": "count"},\n'
        '  "unit": "u",\n'
        '  "metadata": {"a": "99.00"}\n'
        "}\n"
    )


def test_what_is_wrong_is_laid_out_too() -> None:
    """Unknown members come after the known ones; what has the wrong type stays as it is."""
    text = '{"colour": [], "model": {}, "name": {"a": [1, {"b": 2}]}, "key": "k"}'
    assert laid_out(text, kind_named("product")) == (
        "{\n"
        '  "key": "k",\n'
        '  "name": {\n'
        '    "a": [\n'
        "      1,\n"
        '      {"b": 2}\n'
        "    ]\n"
        "  },\n"
        '  "colour": [],\n'
        '  "model": {}\n'
        "}\n"
    )


def test_costs_and_scenarios_have_their_order() -> None:
    """What a cost is for stands before its rows; how much is used before what is said of it."""
    row = '{"unit_costs": {"USD": "1"}, "effective_from": "2026-01-01"}'
    cost = f'{{"rows": [{row}], "meter": "m", "type": "usage", "metadata": {{}}, "key": "k"}}'
    assert laid_out(cost, kind_named("cost")) == (
        "{\n"
        '  "key": "k",\n'
        '  "type": "usage",\n'
        '  "meter": "m",\n'
        '  "rows": [\n'
        "    {\n"
        '      "effective_from": "2026-01-01",\n'
        '      "unit_costs": {"USD": "1"}\n'
        "    }\n"
        "  ],\n"
        '  "metadata": {}\n'
        "}\n"
    )
    usage = '{"event_value": "2", "quantity": {"quantity": "5", "type": "level"}, "meter": "m"}'
    assert laid_out(f'{{"usage": [{usage}], "name": "n"}}', kind_named("scenario")) == (
        "{\n"
        '  "name": "n",\n'
        '  "usage": [\n'
        "    {\n"
        '      "meter": "m",\n'
        '      "quantity": {"type": "level", "quantity": "5"},\n'
        '      "event_value": "2"\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_a_long_list_is_broken() -> None:
    """What does not fit on a line of 100 characters gets a line for each item."""
    features = [f"feature number {number}" for number in range(6)]
    text = json.dumps({"key": "k", "name": "n", "features": features})
    assert '  "features": [\n    "feature number 0",\n' in laid_out(text, kind_named("product"))


def test_members_can_be_replaced() -> None:
    """Replacing top members leaves the text of the others alone."""
    text = '{"version": 1, "key": "pro", "minimum_commitment": "99.00"}'
    changed = laid_out_with(text, kind_named("rate-plan"), {"version": 2, "status": "draft"})
    assert changed == (
        '{\n  "key": "pro",\n  "version": 2,\n  "status": "draft",\n'
        '  "minimum_commitment": "99.00"\n}\n'
    )


def test_what_is_not_json_is_refused() -> None:
    """Only JSON can be laid out."""
    with pytest.raises(InvalidInput):
        laid_out('{"key": }', kind_named("product"))
