"""The generated JSON Schemas, judged by `jsonschema` as an independent second opinion."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError
from tests.catalog.catalog_cases import BASE, CASES

from planql.catalog.document_kinds import DOCUMENT_KINDS, DocumentKind, kind_named, read_name
from planql.catalog.schemas import SCHEMAS, json_schema, schema_text
from planql.entity import parse_json
from planql.errors import InvalidInput

ROOT = Path(__file__).parents[2]
FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    """Whether text is a date, a time and an offset."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


VALIDATORS = {
    kind.name: Draft202012Validator(json_schema(kind), format_checker=FORMATS)
    for kind in DOCUMENT_KINDS
}

Document = tuple[DocumentKind, str]


def documents_of_cases() -> Iterator[tuple[str, DocumentKind, str]]:
    """Every document of every case that is JSON, with its kind."""
    for path in sorted(CASES.rglob("*.json")):
        inside = path.as_posix().rpartition("/files/")[2].removeprefix(f"{BASE.as_posix()}/")
        name = read_name(inside)
        if name is not None and _is_json(path):
            yield "/".join(path.parts[-5:]), kind_named(name.kind), path.read_text(encoding="utf-8")


def _is_json(path: Path) -> bool:
    try:
        parse_json(path.read_bytes())
    except InvalidInput:
        return False
    return True


def is_entity(kind: DocumentKind, text: str) -> bool:
    """Whether planql reads the text as a document of the kind."""
    try:
        kind.shape.validate_python(parse_json(text))
    except ValidationError:
        return False
    return True


def members(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a JSON Schema
    """Every object schema inside a schema; a member may itself be called "properties"."""
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for name, inner in node.items():
            yield from members(list(inner.values()) if name == "properties" else inner)
    if isinstance(node, list):
        for inner in node:
            yield from members(inner)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    """A schema is valid draft 2020-12, and its `$id` is its file name."""
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.schema.json"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_object_is_closed_and_every_member_described(name: str) -> None:
    """Unknown members are refused at every level, and an editor has a word on each member."""
    for node in members(json.loads(schema_text(name))):
        assert node["additionalProperties"] is False
        for member, inner in node["properties"].items():
            assert inner.get("description"), member


@pytest.mark.parametrize("name", SCHEMAS)
def test_committed_schemas_are_fresh(name: str) -> None:
    """schema/ holds what the entities generate today."""
    path = ROOT / "schema" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize(
    ("kind", "text"),
    [pytest.param(kind, text, id=name) for name, kind, text in documents_of_cases()],
)
def test_both_judge_every_case_alike(kind: DocumentKind, text: str) -> None:
    """Planql and `jsonschema` accept and refuse the same documents; zones are planql's alone."""
    document = json.loads(text)
    if document.get("time_zone") != "Mars/Olympus" and document.get("time_zone") != "Berlin":
        assert VALIDATORS[kind.name].is_valid(document) == is_entity(kind, text)


VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 14, "", " ", "x", "0", "12", "12.50", "-1", "1e5", "0.0"),
        *("0.0000000000001", "USD", "usd", "2026-01-01", "2026-02-30", "2026-01-01T00:00:00Z"),
        *(
            "monthly",
            "graduated",
            "flat",
            "draft",
            "charges",
            [],
            {},
            [{}],
            ["x"],
            {"type": "flat"},
        ),
        *([["x"]], {"up_to": None}, {"and": []}, {"interval": "month"}),
    ]
)
ORIGINALS = [
    (kind_named(name.kind), path.read_text(encoding="utf-8"))
    for folder in (BASE, ROOT / "catalog")
    for path in sorted(folder.rglob("*.json"))
    if (name := read_name(path.relative_to(folder).as_posix())) is not None
]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[DocumentKind, Any]:
    """A valid document in which one value was replaced, removed or added."""
    kind, text = draw(st.sampled_from(ORIGINALS))
    document = json.loads(text)
    holder, part = draw(st.sampled_from(list(places(document))))
    change = draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "remove":
        del holder[part]
    elif change == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["colour", "cap", "tiers", "type", "value", "$schema"]))] = (
            draw(VALUES)
        )
    else:
        holder[part] = draw(VALUES)
    return kind, document


def places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any part of a document
    """Every value in a document, as the object or list around it and the name or index."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for part, value in inner:
        if part != "time_zone":
            yield node, part
        if isinstance(value, dict | list):
            yield from places(value)


@settings(max_examples=150)
@given(mutated())
def test_both_judge_mutated_documents_alike(mutation: tuple[DocumentKind, Any]) -> None:
    """One wrong value anywhere is refused by both, or by neither."""
    kind, document = mutation
    assert VALIDATORS[kind.name].is_valid(document) == is_entity(kind, json.dumps(document))
