"""What the arguments of a field ask for, read without making values of them.

A variable stands for the JSON value that came with the request, or for its default.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from math import prod
from typing import Final

from graphql import (
    ArgumentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)

from planql.gateway.cost_table import INPUT_OBJECT, ITEM, Path, Range

Arguments = Mapping[str, ArgumentNode]
"""Of a field, by name."""

_DATE_LENGTH: Final = len("2026-01-01")
_HOLDERS: Final = (dict, list, ListValueNode, ObjectValueNode, VariableNode)
"""What may hold items and objects."""


@dataclass(slots=True)
class Values:
    """The variables of a request, and whether they were asked for.

    Attributes:
        given: JSON values, and literals for defaults.
        leaves: Names of those that hold no lists, by their types.
        was_asked: Whether what was read is another thing with other variables.
    """

    given: Mapping[str, object] = field(default_factory=dict)
    leaves: Collection[str] = ()
    was_asked: bool = False
    _weights: dict[str, int] = field(default_factory=dict)
    _found: dict[tuple[str, Path], list[object]] = field(default_factory=dict)

    def of(self, value: object) -> object:
        """`value`; when it is a variable, what that stands for."""
        if isinstance(value, VariableNode):
            self.was_asked = True
            return self.given.get(value.name.value)
        return value

    def weight(self, name: str) -> int:
        """What it weighs to read a variable, worked out once, in however many places it stands."""
        if name in self.leaves:
            return 0
        self.was_asked = True
        if name not in self._weights:
            self._weights[name] = weigh(self.given.get(name), self)
        return self._weights[name]

    def found(self, name: str, path: Path) -> list[object]:
        """What a path leads to in a variable, looked for once."""
        self.was_asked = True
        if (name, path) not in self._found:
            self._found[name, path] = list(_inside(self.given.get(name), path, self))
        return self._found[name, path]


def values_of(
    operation: OperationDefinitionNode, variables: Mapping[str, object], leaves: Collection[str]
) -> Values:
    """The values of the variables that an operation declares."""
    defaults = {
        each.variable.name.value: each.default_value
        for each in operation.variable_definitions or ()
    }
    return Values({**defaults, **variables}, leaves)


def weigh(value: object, values: Values) -> int:
    """What it weighs to read a value: the items of its lists, and the objects in it."""
    match value:
        case VariableNode():
            return values.weight(value.name.value)
        case ListValueNode(values=items) | list(items):
            inside = [each for each in items if isinstance(each, _HOLDERS)]
            return ITEM * len(items) + sum(weigh(each, values) for each in inside)
        case ObjectValueNode(fields=members):
            return INPUT_OBJECT + sum(weigh(each.value, values) for each in members)
        case dict(found):
            return INPUT_OBJECT + sum(weigh(each, values) for each in found.values())
        case _:
            return 0


def whole_number(value: ValueNode, values: Values) -> int | None:
    """The number that an argument is; None when it is none that GraphQL's `Int` can hold."""
    found = values.of(value)
    if isinstance(found, IntValueNode) and len(found.value) < len(str(2**32)):
        return int(found.value)
    return found if isinstance(found, int) else None


def days_between(arguments: Arguments, span: Range, values: Values) -> int:
    """How many days lie between the earliest start and the latest end.

    0 without either, and when the end lies before the start.
    """
    starts = list(_dates(arguments, span.starts, values))
    ends = list(_dates(arguments, span.ends, values))
    return max((max(ends) - min(starts)).days, 0) if starts and ends else 0


def times(arguments: Arguments, span: Range, values: Values) -> int:
    """For how many things the days of a range are computed, at least 1."""
    lengths = [max(sum(1 for _ in _found(arguments, path, values)), 1) for path in span.times]
    return prod(lengths)


def count_given(arguments: Arguments, path: Path, values: Values) -> int:
    """How many values that are not null a path leads to."""
    found = _found(arguments, path, values)
    return sum(1 for each in found if not (each is None or isinstance(each, NullValueNode)))


def _dates(arguments: Arguments, path: Path, values: Values) -> Iterator[date]:
    for found in _found(arguments, path, values):
        text = found.value if isinstance(found, StringValueNode) else found
        if isinstance(text, str):
            with suppress(ValueError):
                yield date.fromisoformat(text[:_DATE_LENGTH])


def _found(arguments: Arguments, path: Path, values: Values) -> Iterator[object]:
    """What a path leads to; a list is gone through."""
    name, *rest = path
    if name in arguments:
        yield from _inside(arguments[name].value, tuple(rest), values)


def _inside(value: object, path: Path, values: Values) -> Iterator[object]:
    match value:
        case VariableNode():
            yield from values.found(value.name.value, path)
        case ListValueNode(values=items) | list(items):
            for each in items:
                yield from _inside(each, path, values)
        case found if not path:
            yield found
        case ObjectValueNode(fields=members):
            for each in members:
                if each.name.value == path[0]:
                    yield from _inside(each.value, path[1:], values)
        case dict(found) if path[0] in found:
            yield from _inside(found[path[0]], path[1:], values)
        case _:
            pass
