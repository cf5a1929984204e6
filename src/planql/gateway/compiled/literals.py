"""Literals: the value of an argument, or the expression that makes it of a request's variables.

A literal without variables is worked out once. A variable that stands alone, and an object that
holds some, become source; anything else with a variable in it is left to graphql-core's own
coercion, request by request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    Visitor,
    get_nullable_type,
    is_non_null_type,
    visit,
)
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal

from planql.gateway.compiled.conversions import Conversions, Kind
from planql.gateway.compiled.source import Source, attribute
from planql.gateway.compiled.surprises import NotCompilable, surprise
from planql.gateway.compiled.variables import Values

_ABSENT: Final = object()
"""What an expression comes to where a variable is left out, and no default is in its place."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same for every request."""

    value: Any


@dataclass(frozen=True, slots=True)
class Made:
    """A value that is made for each request.

    Attributes:
        expression: What makes it, of the values of the variables `s`.
        is_certain: Whether there always is one, which is not null.
    """

    expression: str
    is_certain: bool = False


Literal = Constant | Made


@dataclass(frozen=True, slots=True)
class Literals:
    """Turns what is written into values, and into source.

    Attributes:
        conversions: Of the schema.
        source: Where expressions will stand.
        certain: The variables that always have a value, and never null.
    """

    conversions: Conversions
    source: Source
    certain: frozenset[str]

    def member(
        self,
        definition: GraphQLArgument | GraphQLInputField,
        kind: Kind,
        node: ValueNode | None,
    ) -> Literal | None:
        """The value of an argument or a member; None when it is left out and has no default.

        Args:
            definition: What graphql-core knows of it.
            kind: What strawberry converts it to.
            node: What is written; None when it is left out.

        Raises:
            NotCompilable: what is written is wrong.
        """
        if node is None:
            return self._left_out(definition, kind)
        if isinstance(node, VariableNode):
            return self._variable(definition, kind, node.name.value)
        if not has_variables(node):
            return self._constant(definition, kind, node)
        named = get_nullable_type(definition.type)
        if isinstance(named, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            return self._object(named, kind, node)
        return self._called(self._other(definition.type, kind, node))

    def together(self, make: Callable[..., Any], members: Mapping[str, Literal | None]) -> Literal:
        """What `make` makes of members by name, without those that are left out."""
        given = {name: each for name, each in members.items() if each is not None}
        fixed = {name: each.value for name, each in given.items() if isinstance(each, Constant)}
        if len(fixed) == len(given):
            return Constant(make(**fixed))
        passed = ", ".join(self._passed(attribute(name), each) for name, each in given.items())
        return Made(f"{self.source.constant(make)}({passed})", is_certain=True)

    def _passed(self, name: str, member: Literal) -> str:
        """What passes a member on by its name."""
        if isinstance(member, Constant):
            return f"{name}={self.source.constant(member.value)}"
        if member.is_certain:
            return f"{name}={member.expression}"
        found = f"(w := {member.expression}) is not {self.source.constant(_ABSENT)}"
        return f'**({{"{name}": w}} if {found} else {{}})'

    def _called(self, make: Callable[[Values], Any]) -> Made:
        return Made(f"{self.source.constant(make)}(s)")

    def _left_out(
        self, definition: GraphQLArgument | GraphQLInputField, kind: Kind
    ) -> Constant | None:
        default = coerce_default_value(definition)
        return None if default is Undefined else self._converted(default, definition, kind)

    def _converted(
        self, value: object, definition: GraphQLArgument | GraphQLInputField, kind: Kind
    ) -> Constant:
        convert = self.conversions.function(definition.type, kind)
        return Constant(convert(value) if convert else value)

    def _constant(
        self, definition: GraphQLArgument | GraphQLInputField, kind: Kind, node: ValueNode
    ) -> Constant:
        value = coerce_input_literal(node, definition.type)
        if value is Undefined:
            raise NotCompilable
        return self._converted(value, definition, kind)

    def _variable(
        self, definition: GraphQLArgument | GraphQLInputField, kind: Kind, name: str
    ) -> Made:
        convert = self.conversions.function(definition.type, kind)
        if convert is None and name in self.certain:
            return Made(f's["{attribute(name)}"]', is_certain=True)
        left_out, is_required = self._left_out(definition, kind), is_non_null_type(definition.type)
        absent = _ABSENT if left_out is None else left_out.value

        def make(values: Values) -> object:
            value = values.get(name, _ABSENT)
            if value is _ABSENT:
                return absent
            if value is None and is_required:
                surprise()
            return convert(value) if convert else value

        return self._called(make)

    def _object(
        self, definition: GraphQLInputObjectType, kind: Kind, node: ObjectValueNode
    ) -> Literal:
        written = {each.name.value: each.value for each in node.fields}
        members = {
            each.python_name: self.member(each.definition, each.kind, written.get(each.name))
            for each in self.conversions.members(definition, kind)
        }
        made: Callable[..., Any] = self.conversions.class_of(kind)
        if self.conversions.is_one_of(kind) and not _is_one(members):
            made = _one_of(made)
        return self.together(made, members)

    def _other(
        self, definition: GraphQLInputType, kind: Kind, node: ValueNode
    ) -> Callable[[Values], Any]:
        convert = self.conversions.function(definition, kind)

        def make(values: Values) -> object:
            value = coerce_input_literal(node, definition, values.with_sources())
            if value is Undefined:
                surprise()
            return convert(value) if convert else value

        return make


def _is_one(members: Mapping[str, Literal | None]) -> bool:
    """Whether exactly one member is given, and is not null, whatever the variables are."""
    given = [each for each in members.values() if each is not None]
    return len(given) == 1 and isinstance(given[0], Made) and given[0].is_certain


def _one_of(make: Callable[..., Any]) -> Callable[..., Any]:
    """`make`, if exactly one member is given, and is not null."""

    def made(**given: object) -> object:
        if len(given) != 1 or None in given.values():
            surprise()
        return make(**given)

    return made


def has_variables(node: ValueNode) -> bool:
    """Whether a variable stands in a literal."""
    found = _Variables()
    visit(node, found)
    return found.any


class _Variables(Visitor):
    """Looks for variables."""

    def __init__(self) -> None:
        super().__init__()
        self.any = False

    def enter_variable(self, _node: VariableNode, *_: object) -> None:
        self.any = True
