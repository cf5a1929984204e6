"""Literals: what makes the value of an argument, of the variables of a request.

A literal without variables is worked out once. A variable that stands alone, and an object that
holds some, become functions; anything else with a variable in it is left to graphql-core's own
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
from graphql.execution.values import VariableValues
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal

from planql.gateway.compiled.conversions import Conversions, Kind
from planql.gateway.compiled.surprises import NotCompilable, surprise

ABSENT: Final = object()
"""The value of an argument or a member that is left out and has no default."""

Maker = Callable[[VariableValues], Any]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same for every request."""

    value: Any

    def __call__(self, _variables: VariableValues) -> Any:  # noqa: ANN401 - of any type
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Literals:
    """Makes the makers of values."""

    conversions: Conversions

    def member(
        self,
        definition: GraphQLArgument | GraphQLInputField,
        kind: Kind,
        node: ValueNode | None,
    ) -> Maker:
        """What makes an argument or a member.

        Args:
            definition: What graphql-core knows of it.
            kind: What strawberry converts it to.
            node: What is written; None when it is left out.

        Raises:
            NotCompilable: what is written is wrong.
        """
        default = coerce_default_value(definition)
        left_out = ABSENT if default is Undefined else self._converted(default, definition, kind)
        if node is None:
            return Constant(left_out)
        if isinstance(node, VariableNode):
            return self._variable(definition.type, kind, node.name.value, left_out)
        if not has_variables(node):
            return self._constant(definition, kind, node)
        named = get_nullable_type(definition.type)
        if isinstance(named, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            return self._object(named, kind, node)
        return self._other(definition.type, kind, node)

    def _converted(
        self, value: object, definition: GraphQLArgument | GraphQLInputField, kind: Kind
    ) -> object:
        convert = self.conversions.function(definition.type, kind)
        return convert(value) if convert else value

    def _constant(
        self, definition: GraphQLArgument | GraphQLInputField, kind: Kind, node: ValueNode
    ) -> Maker:
        value = coerce_input_literal(node, definition.type)
        if value is Undefined:
            raise NotCompilable
        return Constant(self._converted(value, definition, kind))

    def _variable(
        self, definition: GraphQLInputType, kind: Kind, name: str, left_out: object
    ) -> Maker:
        convert = self.conversions.function(definition, kind)
        is_required = is_non_null_type(definition)

        def make(variables: VariableValues) -> object:
            value = variables.coerced.get(name, ABSENT)
            if value is ABSENT:
                return surprise() if is_required and left_out is ABSENT else left_out
            if value is None and is_required:
                surprise()
            return convert(value) if convert else value

        return make

    def _object(
        self, definition: GraphQLInputObjectType, kind: Kind, node: ObjectValueNode
    ) -> Maker:
        written = {each.name.value: each.value for each in node.fields}
        members = members_of(
            {
                each.python_name: self.member(each.definition, each.kind, written.get(each.name))
                for each in self.conversions.members(definition, kind)
            }
        )
        made = self.conversions.class_of(kind)
        is_one_of = self.conversions.is_one_of(kind)

        def make(variables: VariableValues) -> object:
            given = members(variables)
            if is_one_of and (len(given) != 1 or None in given.values()):
                surprise()
            return made(**given)

        return make

    def _other(self, definition: GraphQLInputType, kind: Kind, node: ValueNode) -> Maker:
        convert = self.conversions.function(definition, kind)

        def make(variables: VariableValues) -> object:
            value = coerce_input_literal(node, definition, variables)
            if value is Undefined:
                surprise()
            return convert(value) if convert else value

        return make


def members_of(makers: Mapping[str, Maker]) -> Maker:
    """What makes the arguments or members that are given, by name, of what makes each."""
    fixed = {name: each.value for name, each in makers.items() if isinstance(each, Constant)}
    always = {name: value for name, value in fixed.items() if value is not ABSENT}
    varied = [(name, each) for name, each in makers.items() if name not in fixed]

    def make(variables: VariableValues) -> dict[str, Any]:
        given = dict(always)
        for name, each in varied:
            value = each(variables)
            if value is not ABSENT:
                given[name] = value
        return given

    return make if varied else Constant(always)


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
