"""The JSON Schema of every kind of document, generated from its entity.

Owns: the form of the schemas (draft 2020-12) that editors read from schema/.
Does not own: what documents may hold; that is the entities' alone, and the schemas follow.
"""

import json
from typing import Any, Final

from pydantic import TypeAdapter

from planql.catalog.document_kinds import DOCUMENT_KINDS, DocumentKind

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

SCHEMAS: Final = {kind.name: kind for kind in DOCUMENT_KINDS}
"""Name of a schema -> the kind of document it describes."""

_Node = dict[str, Any]


def json_schema(kind: DocumentKind) -> _Node:
    """The schema of a kind of document; `$id` is its file name, relative to where it lies."""
    return schema_of(kind.name, kind.shape)


def schema_of(name: str, shape: TypeAdapter[Any]) -> _Node:
    """The schema of anything that is read or written as JSON under the name `name`."""
    generated = shape.json_schema(by_alias=True, mode="validation")
    head = {"$schema": DRAFT, "$id": f"{name}.schema.json", "title": name.replace("-", " ")}
    body = _tidied(generated)
    definitions = {"$defs": body.pop("$defs")} if "$defs" in body else {}
    return head | body | definitions


def schema_text(name: str) -> str:
    """The schema `name` ("rate-plan") as the text of its file."""
    return as_text(json_schema(SCHEMAS[name]))


def as_text(schema: _Node) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _tidied(node: _Node) -> _Node:
    """A schema without generated titles and null defaults, and with a word about every tag."""
    kept = {
        name: _tidied_value(name, value)
        for name, value in node.items()
        if name != "title" and not (name == "default" and value is None)
    }
    if "const" in kept:
        kept.setdefault("description", f'always "{kept["const"]}"; says what this object is')
    return kept


def _tidied_value(name: str, value: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    if name in {"properties", "$defs"}:
        return {member: _tidied(inner) for member, inner in value.items()}
    if isinstance(value, dict):
        return _tidied(value) if name in {"items", "additionalProperties"} else value
    if isinstance(value, list) and name in {"anyOf", "oneOf"}:
        return [_tidied(inner) for inner in value]
    return value
