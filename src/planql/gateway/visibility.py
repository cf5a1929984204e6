"""What each kind of principal sees: a schema of its own, without what is hidden from it.

A field, a member of an input or an argument is for everyone unless it says otherwise::

    margin: Money = strawberry.field(description="...", metadata=visible_to(*TRUSTED))
    Ref = Annotated[str | None, strawberry.argument(description="...", metadata=visible_to(ADMIN))]

What is hidden does not exist in that schema: neither introspection nor a "did you mean" tells of
it, and types that only hidden fields lead to are gone with them. Two fields may share a name when
no kind of principal sees both.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from enum import Enum
from typing import Any, Final

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLSchema,
)
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from planql.gateway.principals import EVERYONE, Role

_KEY: Final = "planql.visible_to"


def visible_to(*roles: Role) -> dict[str, frozenset[Role]]:
    """The metadata of what only these kinds of principal see."""
    return {_KEY: frozenset(roles)}


def is_visible(metadata: Mapping[Any, Any] | None, role: Role) -> bool:
    """Whether `role` sees what has this metadata."""
    return role in (metadata or {}).get(_KEY, EVERYONE)


class VariantSchema(strawberry.Schema):
    """The schema that one kind of principal sees.

    Args:
        role: The kind of principal.
        values: Members of enums that are not for everyone, and who sees them.
        parts: What strawberry makes a schema of.
    """

    def __init__(
        self,
        role: Role,
        values: Mapping[Enum, Collection[Role]],
        **parts: Any,  # noqa: ANN401 - strawberry's own
    ) -> None:
        self.role = role
        super().__init__(**parts)
        self._schema = _executable(self._schema)
        _hide_values(self._schema, [each for each, seen in values.items() if role not in seen])

    @property
    def executable(self) -> GraphQLSchema:
        """The schema as graphql-core executes it."""
        return self._schema

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """The fields that the principal sees, each with the arguments that it sees."""
        return [
            _with_arguments(field, self.role)
            for field in type_definition.fields
            if is_visible(field.metadata, self.role)
        ]


def _with_arguments(field: StrawberryField, role: Role) -> StrawberryField:
    seen = [argument for argument in field.arguments if is_visible(argument.metadata, role)]
    if len(seen) == len(field.arguments):
        return field
    narrowed = copy(field)
    narrowed._arguments = seen  # noqa: SLF001 - strawberry has no other way to leave one out
    return narrowed


def _hide_values(schema: GraphQLSchema, hidden: Iterable[Enum]) -> None:
    """Take members out of the schema's enums; each schema has enums of its own."""
    for member in hidden:
        found = schema.type_map.get(type(member).__name__)
        if isinstance(found, GraphQLEnumType):
            del found.values[member.name]


def _executable(whole: GraphQLSchema) -> GraphQLSchema:
    """`whole` without the types that nothing leads to, and with its one-of inputs marked."""
    found = _lead_to(whole, ())
    while missing := [each for each in _behind(whole, found) if each.name not in found.type_map]:
        found = _lead_to(whole, [*found.type_map.values(), *missing])
    found._strawberry_schema = whole._strawberry_schema  # type: ignore[attr-defined]  # noqa: SLF001 - where strawberry looks for itself
    for each in found.type_map.values():
        if isinstance(each, GraphQLInputObjectType):
            definition = each.extensions.get("strawberry-definition")
            each.is_one_of = bool(getattr(definition, "is_one_of", False))
    return found


def _lead_to(whole: GraphQLSchema, types: Iterable[GraphQLNamedType]) -> GraphQLSchema:
    return GraphQLSchema(
        query=whole.query_type,
        mutation=whole.mutation_type,
        directives=whole.directives,
        types=tuple(types),
    )


def _behind(whole: GraphQLSchema, found: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    """The types that implement the interfaces in `found`."""
    for each in found.type_map.values():
        if isinstance(each, GraphQLInterfaceType):
            yield from whole.get_possible_types(each)
