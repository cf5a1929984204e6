"""Arguments: what a resolver is called with, worked out once per request, or once for all."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import FieldNode, GraphQLSchema, VariableNode, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.arguments import convert_arguments

from planql.gateway.compiled.fields import Field

Keywords = Mapping[str, Any]


def maker(schema: GraphQLSchema, asked: Field) -> Callable[[VariableValues], Keywords]:
    """What makes the arguments of a field of a request's variables."""
    converter = schema._strawberry_schema.schema_converter  # type: ignore[attr-defined]  # noqa: SLF001 - where strawberry keeps it

    def make(variables: VariableValues) -> Keywords:
        found = get_argument_values(asked.definition, asked.node, variables)
        return convert_arguments(
            found, asked.field.arguments, converter.scalar_registry, converter.config
        )

    return make


def has_variables(node: FieldNode) -> bool:
    """Whether a variable stands in the arguments."""
    found = _Variables()
    for argument in node.arguments or ():
        visit(argument.value, found)
    return found.any


class _Variables(Visitor):
    """Looks for variables."""

    def __init__(self) -> None:
        super().__init__()
        self.any = False

    def enter_variable(self, _node: VariableNode, *_: object) -> None:
        self.any = True
