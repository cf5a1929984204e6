"""From an input to the document that it stands for, and from a pointer in it back to the input."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from planql.entity import JsonNumber
from planql.money import plain


class DocumentInput:
    """An input whose members, in snake_case, make a document; what is null is left out."""

    def as_document(self) -> dict[str, object]:
        """The document, as `planql.entity.parse_json` would read it."""
        return given(self)

    def as_value(self) -> object:
        """The document."""
        return self.as_document()


class OneOfInput:
    """An input of which exactly one member is given; it stands for that member's value."""

    @property
    def chosen(self) -> tuple[str, object]:
        """Name and value of the member that is given."""
        return next(iter(_members(self).items()))

    def as_value(self) -> object:
        """The value of the member that is given, as a document would hold it."""
        return document_of(self.chosen[1])


def given(value: object) -> dict[str, object]:
    """The documents of the members of `value` that are given, by name."""
    return {name: document_of(member) for name, member in _members(value).items()}


def _members(value: object) -> dict[str, object]:
    names = [each.name for each in fields(value)] if is_dataclass(value) else []
    found = {name: getattr(value, name) for name in names}
    return {name: member for name, member in found.items() if is_given(member)}


def is_given(value: object) -> bool:
    """Whether an argument or a member has a value; null is none."""
    return value is not None and value is not UNSET


def document_of(value: object) -> object:
    """The document that a value of an input stands for."""
    match value:
        case DocumentInput() | OneOfInput():
            return value.as_value()
        case list():
            return [document_of(item) for item in value]
        case Enum():
            return value.value
        case Decimal() if not isinstance(value, JsonNumber):
            return plain(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def path_in(arguments: Mapping[str, object], pointer: str) -> list[str]:
    """Where `pointer`, into the document of `arguments`, leads in the arguments themselves.

    Members are named as the schema names them, and the members of a one-of input on the way are
    put in. What the arguments do not hold ends the path.
    """
    path: list[str] = []
    node: object = arguments
    for part in pointer.replace("~1", "/").split("/")[1:]:
        while isinstance(node, OneOfInput) and not hasattr(node, part):
            name, node = node.chosen
            path.append(to_camel_case(name.rstrip("_")))
        node = _step(node, part)
        path.append(to_camel_case(part))
    return path


def _step(node: object, part: str) -> object:
    match node:
        case Mapping():
            return node.get(part)
        case Sequence() if part.isdigit() and int(part) < len(node):
            return node[int(part)]
        case _:
            return getattr(node, part, None)
