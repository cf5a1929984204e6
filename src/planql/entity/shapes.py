"""What an entity expects at a place of a document: members, types, and what is optional.

The location of a pydantic error follows pydantic's own schema, with the tags of unions between
the names of members. Walking that schema beside the location is what tells the two apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import CoreSchema

_KEY: Final = "[key]"
_SAME_VALUE: Final = frozenset(
    {"definitions", "default", "nullable", "model", "function-before", "function-after"}
)
"""Schemas that say something about a value and leave its structure to another one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is expected at one place; of an unknown place, nothing is."""

    node: Mapping[str, Any]
    definitions: Mapping[str, Mapping[str, Any]]

    @property
    def members(self) -> tuple[str, ...]:
        """Names of the members an object may have here; empty where it is no object."""
        return tuple(_alias(name, field) for name, field in self._fields())

    @property
    def optional_members(self) -> frozenset[str]:
        """The members that may be left out."""
        fields = self._fields()
        return frozenset(_alias(name, f) for name, f in fields if f["schema"]["type"] == "default")

    @property
    def tags(self) -> tuple[str, ...]:
        """The types that tell the members of a union apart; empty where there is no union."""
        return tuple(self.node.get("choices", ())) if self.node["type"] == "tagged-union" else ()

    @property
    def choices(self) -> tuple[object, ...]:
        """The values a member with a fixed choice may have; empty where there is none."""
        return tuple(self.node["expected"]) if self.node["type"] == "literal" else ()

    def at(self, part: str | int) -> "Shape":
        """What is expected inside, at a member, an item or the tag of a union."""
        match self.node["type"]:
            case "model-fields":
                inner = (f["schema"] for name, f in self._fields() if _alias(name, f) == part)
                return self._inner(next(inner, None))
            case "tuple":
                return self._inner(self.node["items_schema"][0])
            case "dict":
                return self._inner(self.node["values_schema"])
            case "tagged-union":
                return self._inner(self.node["choices"].get(part))
            case _:
                return self._inner(None)

    def _inner(self, node: Mapping[str, Any] | None) -> "Shape":
        return _unwrapped(node or {"type": "any"}, self.definitions)

    def _fields(self) -> Sequence[tuple[str, Mapping[str, Any]]]:
        return tuple(self.node["fields"].items()) if self.node["type"] == "model-fields" else ()


def shape_of(schema: CoreSchema) -> Shape:
    """What is expected of a whole document."""
    node: Mapping[str, Any] = schema
    return _unwrapped(node, {inner["ref"]: inner for inner in node.get("definitions", ())})


def walk(shape: Shape, location: Sequence[str | int]) -> Iterator[tuple[Shape, str | int]]:
    """The steps of a location that stand in the document, each with the shape it starts from.

    Tags of unions are left out, and so is the mark of a mistake in a member's name.
    """
    for part in location:
        if not shape.tags and part != _KEY:
            yield shape, part
        if part != _KEY:
            shape = shape.at(part)


def is_name(location: Sequence[str | int]) -> bool:
    """Whether a location is the name of a member, not its value."""
    return bool(location) and location[-1] == _KEY


def _alias(name: str, field: Mapping[str, Any]) -> str:
    return str(field.get("validation_alias", name))


def _unwrapped(node: Mapping[str, Any], definitions: Mapping[str, Mapping[str, Any]]) -> Shape:
    while node["type"] in _SAME_VALUE or node["type"] == "definition-ref":
        is_reference = node["type"] == "definition-ref"
        node = definitions[node["schema_ref"]] if is_reference else node["schema"]
    return Shape(node, definitions)
