"""Arguments: what a resolver is called with, worked out once per request, or once for all."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLSchema

from planql.gateway.compiled.conversions import conversions
from planql.gateway.compiled.fields import Field
from planql.gateway.compiled.literals import Constant, Literals, Maker, members_of
from planql.gateway.compiled.programs import Arguments


def arguments_of(schema: GraphQLSchema, asked: Field) -> Arguments | Mapping[str, Any]:
    """The arguments of a field: what makes them, or what they are for every request.

    Raises:
        NotCompilable: one of them is wrong.
    """
    known = conversions(schema)
    literals, name_of = Literals(known), known.converter.config.name_converter.from_argument
    written = {each.name.value: each.value for each in asked.node.arguments or ()}
    makers: dict[str, Maker] = {}
    for each in asked.field.arguments:
        name = name_of(each)
        definition = asked.definition.args[name]
        makers[each.python_name] = literals.member(definition, each.type, written.get(name))
    found = members_of(makers)
    return found.value if isinstance(found, Constant) else Arguments(found)
