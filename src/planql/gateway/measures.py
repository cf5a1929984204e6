"""How large an operation is, in one pass over its document that visits every node once.

What a fragment holds is worked out the first time it is spread and remembered, so fragments
nested in fragments cost no more than their text.
"""

from dataclasses import dataclass, field
from typing import Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

_INTROSPECTION: Final = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a selection, all fragments spread."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        """Two selections side by side."""
        return Measure(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


def measure(document: DocumentNode) -> Measure:
    """The greatest depth and the sums over all operations of `document`."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    walk = _Walk(fragments)
    total = Measure()
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            total += _directives(node) + walk.selections(node.selection_set)
    return total


def _directives(node: OperationDefinitionNode | SelectionNode) -> Measure:
    return Measure(directives=len(node.directives or ()))


@dataclass(slots=True)
class _Walk:
    """The walk over one document, with the fragments measured so far."""

    fragments: dict[str, FragmentDefinitionNode]
    known: dict[str, Measure] = field(default_factory=dict)

    def selections(self, selection_set: SelectionSetNode) -> Measure:
        total = Measure()
        for node in selection_set.selections:
            total += self._selection(node) + _directives(node)
        return total

    def _selection(self, node: SelectionNode) -> Measure:
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        return self.selections(cast("InlineFragmentNode", node).selection_set)

    def _field(self, node: FieldNode) -> Measure:
        inside = self.selections(node.selection_set) if node.selection_set else Measure()
        counted = node.name.value not in _INTROSPECTION
        return Measure(
            inside.depth + 1 if counted else 1,
            inside.fields + 1,
            inside.aliases + (node.alias is not None),
            inside.directives,
        )

    def _fragment(self, name: str) -> Measure:
        """The measure of a fragment; validation refuses one that is unknown or holds itself."""
        if name not in self.known:
            self.known[name] = Measure()
            if name in self.fragments:
                self.known[name] = self.selections(self.fragments[name].selection_set)
        return self.known[name]
