"""The one way in which a document is laid out: `planql fmt`.

Owns: the order of members, indentation, what stands on one line.
Does not own: values. The text of every value stays as it was written: "99.00" stays "99.00".

Members follow the order of the entity, with what names a thing first and its price last. An
object or a list of plain values stands on one line where it fits.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planql.catalog.document_kinds import DocumentKind
from planql.catalog.schemas import json_schema
from planql.entity import parse_json

WIDTH: Final = 100
"""Longest line on which a list or an object may stand whole."""

LEADING: Final = (
    *("$schema", "format", "key", "version", "status", "product", "name", "description"),
    *("type", "up_to", "percentage", "amounts", "units", "timing", "event", "meter", "filter"),
    *("group_by", "quantity", "currency", "billing_cycle"),
)
"""The members that come first, in this order, where an object has them."""
TRAILING: Final = ("model", "metadata")
"""The members that come last."""

_MARK: Final = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+)')

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value as it was written.

    Attributes:
        text: The text of a plain value; "" for a list or an object.
        items: The items of a list, or the values of an object's members.
        names: The names of an object's members, with their quotes; None for anything else.
    """

    text: str = ""
    items: tuple["Node", ...] = ()
    names: tuple[str, ...] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is neither a list nor an object."""
        return bool(self.text)


def laid_out(text: str, kind: DocumentKind) -> str:
    """A document of `kind` in the one layout.

    Raises:
        InvalidInput: the text is not JSON, or repeats a member.
    """
    parse_json(text)
    marks = iter(_MARK.findall(text))
    node = _node(next(marks), marks)
    return _block(_sorted(node, json_schema(kind)), indent=0) + "\n"


def laid_out_with(text: str, kind: DocumentKind, values: Mapping[str, str | int]) -> str:
    """A document with some of its top members replaced, or added, in the one layout.

    Raises:
        InvalidInput: the text is not JSON, or repeats a member.
    """
    parse_json(text)
    marks = iter(_MARK.findall(text))
    node = _node(next(marks), marks)
    members = dict(zip(node.names or (), node.items, strict=True))
    members |= {json.dumps(name): Node(json.dumps(value)) for name, value in values.items()}
    changed = Node("", tuple(members.values()), tuple(members))
    return _block(_sorted(changed, json_schema(kind)), indent=0) + "\n"


def _node(mark: str, marks: Iterator[str]) -> Node:
    """The value that starts with `mark`; the text is known to be JSON."""
    if mark == "{":
        names, items = [], []
        for name in _until("}", marks):
            next(marks)  # the colon
            names.append(name)
            items.append(_node(next(marks), marks))
        return Node("", tuple(items), tuple(names))
    if mark == "[":
        return Node("", tuple(_node(first, marks) for first in _until("]", marks)))
    return Node(mark)


def _until(end: str, marks: Iterator[str]) -> Iterator[str]:
    """The first mark of every item up to the closing bracket; the caller takes the rest."""
    while (mark := next(marks)) != end:
        if mark != ",":
            yield mark


def _sorted(node: Node, root: Schema, schema: Schema | None = None) -> Node:
    """The node with the members of every object in order."""
    branch = _branch(node, root, root if schema is None else schema)
    if node.names is None:
        inner = branch.get("items", {})
        return Node(node.text, tuple(_sorted(item, root, inner) for item in node.items))
    known = branch.get("properties", {})
    order = {name: place for place, name in enumerate(_order(known))}
    members = [
        (name, _sorted(item, root, known.get(json.loads(name), {})))
        for name, item in zip(node.names, node.items, strict=True)
    ]
    members.sort(key=lambda member: order.get(json.loads(member[0]), len(order)))
    return Node("", tuple(item for _, item in members), tuple(name for name, _ in members))


def _order(known: Iterable[str]) -> list[str]:
    """The names of an object's members as they are to stand."""
    names = list(known)
    first = [name for name in LEADING if name in names]
    last = [name for name in TRAILING if name in names]
    return [*first, *(name for name in names if name not in {*first, *last}), *last]


def _branch(node: Node, root: Schema, schema: Schema) -> Schema:
    """The part of a schema that describes this node: references and choices followed."""
    if "$ref" in schema:
        return _branch(node, root, root["$defs"][schema["$ref"].rpartition("/")[2]])
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        branch = _branch(node, root, choice)
        if _fits(node, branch):
            return branch
    return schema


def _fits(node: Node, branch: Schema) -> bool:
    """Whether a choice describes the node: by its type member, else by what it requires."""
    if node.names is None:
        return not node.text and branch.get("type") == "array"
    members = dict(zip(map(json.loads, node.names), node.items, strict=True))
    constants = {
        name: f'"{inner["const"]}"'
        for name, inner in branch.get("properties", {}).items()
        if "const" in inner
    }
    return (
        branch.get("type") == "object"
        and set(branch.get("required", ())) - set(constants) <= members.keys()
        and all(name in members and members[name].text == tag for name, tag in constants.items())
    )


def _block(node: Node, indent: int, before: int = 0) -> str:
    """The node as text, from column `before` of its line; lines after the first are indented."""
    line = _line(node)
    is_flat = indent > 0 and all(item.is_plain for item in node.items)
    if node.is_plain or not node.items or (is_flat and before + len(line) < WIDTH):
        return line
    opening, closing = ("[", "]") if node.names is None else ("{", "}")
    inner, margin = indent + 2, " " * (indent + 2)
    parts = [
        margin + name + _block(item, inner, inner + len(name))
        for name, item in zip(_labels(node), node.items, strict=True)
    ]
    return opening + "\n" + ",\n".join(parts) + "\n" + " " * indent + closing


def _line(node: Node) -> str:
    """The node on one line."""
    if node.is_plain:
        return node.text
    parts = [name + _line(item) for name, item in zip(_labels(node), node.items, strict=True)]
    return f"[{', '.join(parts)}]" if node.names is None else f"{{{', '.join(parts)}}}"


def _labels(node: Node) -> list[str]:
    """What stands before each item: the name of a member, nothing in a list."""
    return (
        [f"{name}: " for name in node.names] if node.names is not None else [""] * len(node.items)
    )
