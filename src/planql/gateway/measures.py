"""How large an operation is, in one pass over its document that visits every node once.

What a fragment holds is worked out the first time it is spread and remembered, so fragments
nested in fragments cost no more than their text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
)

_INTROSPECTION: Final = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a document, all fragments spread.

    Attributes:
        depth: Fields inside fields.
        fields: How many there are.
        aliases: How many of them have another name.
        directives: How many there are.
        root_fields: Fields of the operations themselves.
        input_depth: Lists and objects inside each other in an argument.
    """

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    root_fields: int = 0
    input_depth: int = 0


class _Sizes(NamedTuple):
    """Of a selection; `own` are the fields that are not inside of other fields."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    own: int = 0
    input_depth: int = 0


_NOTHING: Final = _Sizes()


def measure(document: DocumentNode) -> Measure:
    """The sums and the greatest depths over all operations.

    Arguments are measured in fragments that nobody spreads, too: validation reads them.
    """
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    walk = _Walk(fragments)
    total = _NOTHING
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            total = _beside(total, walk.operation(node))
    for name in fragments:
        total = _beside(total, _Sizes(input_depth=walk.fragment(name).input_depth))
    return Measure(*total)


def _beside(one: _Sizes, other: _Sizes) -> _Sizes:
    """Two selections side by side."""
    return _Sizes(
        max(one.depth, other.depth),
        one.fields + other.fields,
        one.aliases + other.aliases,
        one.directives + other.directives,
        one.own + other.own,
        max(one.input_depth, other.input_depth),
    )


class _Walk:
    """The walk over one document, with the fragments measured so far."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, _Sizes] = {}

    def operation(self, node: OperationDefinitionNode) -> _Sizes:
        defaults = (each.default_value for each in node.variable_definitions or ())
        own = _Sizes(
            directives=len(node.directives or ()),
            input_depth=_deepest(each for each in defaults if each is not None),
        )
        return _beside(own, self._selections(node.selection_set))

    def fragment(self, name: str) -> _Sizes:
        """The size of a fragment; validation refuses one that is unknown or holds itself."""
        if name not in self._known:
            self._known[name] = _NOTHING
            if name in self._fragments:
                self._known[name] = self._selections(self._fragments[name].selection_set)
        return self._known[name]

    def _selections(self, selection_set: SelectionSetNode) -> _Sizes:
        total = _NOTHING
        for node in selection_set.selections:
            total = _beside(total, self._selection(node))
            if node.directives:
                total = _beside(total, _of_directives(node.directives))
        return total

    def _selection(self, node: SelectionNode) -> _Sizes:
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, FragmentSpreadNode):
            return self.fragment(node.name.value)
        return self._selections(cast("InlineFragmentNode", node).selection_set)

    def _field(self, node: FieldNode) -> _Sizes:
        inside = self._selections(node.selection_set) if node.selection_set else _NOTHING
        inputs = _deepest(each.value for each in node.arguments) if node.arguments else 0
        return _Sizes(
            1 if node.name.value in _INTROSPECTION else inside.depth + 1,
            inside.fields + 1,
            inside.aliases + (node.alias is not None),
            inside.directives,
            1,
            max(inside.input_depth, inputs),
        )


def _of_directives(directives: tuple[DirectiveNode, ...]) -> _Sizes:
    values = (argument.value for each in directives for argument in each.arguments or ())
    return _Sizes(directives=len(directives), input_depth=_deepest(values))


def _deepest(values: Iterable[ValueNode]) -> int:
    return max(map(_depth_of, values), default=0)


def _depth_of(value: ValueNode) -> int:
    if isinstance(value, ListValueNode):
        return 1 + _deepest(value.values)
    if isinstance(value, ObjectValueNode):
        return 1 + _deepest(each.value for each in value.fields)
    return 0
