"""Arguments: what a resolver is called with, worked out once per request, or once for all."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLSchema
from graphql.execution.values import VariableValues

from planql.gateway.compiled.conversions import conversions
from planql.gateway.compiled.fields import Field
from planql.gateway.compiled.literals import ABSENT, Constant, Literals, Maker
from planql.gateway.compiled.programs import Arguments


def arguments_of(schema: GraphQLSchema, asked: Field) -> Arguments | Mapping[str, Any]:
    """The arguments of a field: what makes them, or what they are for every request.

    Raises:
        NotCompilable: one of them is wrong.
    """
    found = conversions(schema)
    literals, name_of = Literals(found), found.converter.config.name_converter.from_argument
    written = {each.name.value: each.value for each in asked.node.arguments or ()}
    makers: dict[str, Maker] = {}
    for each in asked.field.arguments:
        name = name_of(each)
        definition = asked.definition.args[name]
        makers[each.python_name] = literals.member(definition, each.type, written.get(name))
    constant = {name: each.value for name, each in makers.items() if isinstance(each, Constant)}
    given = {name: value for name, value in constant.items() if value is not ABSENT}
    varied = [(name, each) for name, each in makers.items() if name not in constant]
    return _varied(given, varied) if varied else given


def _varied(constant: Mapping[str, Any], makers: list[tuple[str, Maker]]) -> Arguments:
    """Arguments of which some depend on variables."""

    def make(variables: VariableValues) -> Mapping[str, Any]:
        found = dict(constant)
        for name, each in makers:
            value = each(variables)
            if value is not ABSENT:
                found[name] = value
        return found

    return Arguments(make)
