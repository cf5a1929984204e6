"""Arguments: what a resolver is called with, the same for all requests or made of variables."""

from planql.gateway.compiled.fields import Field
from planql.gateway.compiled.literals import Literal, Literals


def arguments_of(literals: Literals, asked: Field) -> Literal:
    """The arguments of a field: a dict by the names of the resolver's parameters.

    Raises:
        NotCompilable: one of them is wrong.
    """
    name_of = literals.conversions.converter.config.name_converter.from_argument
    written = {each.name.value: each.value for each in asked.node.arguments or ()}
    members: dict[str, Literal | None] = {}
    for each in asked.field.arguments:
        name = name_of(each)
        definition = asked.definition.args[name]
        members[each.python_name] = literals.member(definition, each.type, written.get(name))
    return literals.together(dict, members)
