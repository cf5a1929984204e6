"""Who sees what, name by name: every name of the schema, and the kinds of principal that see it.

Names are schema coordinates: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`.
"""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
)

from planql.gateway.principals import Role
from planql.gateway.schema import executable_schema


def visibility_table() -> str:
    """A line of comma-separated values per name: `yes` for whoever sees it, else `-`."""
    seen = {role: set(coordinates(executable_schema(role))) for role in Role}
    head = ["name", *Role]
    rows = [
        [name, *("yes" if name in seen[role] else "-" for role in Role)]
        for name in sorted(set().union(*seen.values()))
    ]
    return "".join(",".join(row) + "\n" for row in (head, *rows))


def coordinates(schema: GraphQLSchema) -> Iterator[str]:
    """Every name in a schema, without those that GraphQL itself defines."""
    for found in schema.type_map.values():
        if not (is_introspection_type(found) or is_specified_scalar_type(found)):
            yield found.name
            yield from _members(found)


def _members(found: GraphQLNamedType) -> Iterator[str]:
    match found:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for name, field in found.fields.items():
                yield f"{found.name}.{name}"
                yield from (f"{found.name}.{name}({argument}:)" for argument in field.args)
        case GraphQLInputObjectType():
            yield from (f"{found.name}.{name}" for name in found.fields)
        case GraphQLEnumType():
            yield from (f"{found.name}.{name}" for name in found.values)
        case _:
            pass
