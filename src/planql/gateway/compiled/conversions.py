"""Conversions: from what graphql-core coerces to what strawberry hands to a resolver."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    get_nullable_type,
    is_leaf_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_argument
from strawberry.types.base import (
    StrawberryMaybe,
    StrawberryObjectDefinition,
    StrawberryOptional,
    StrawberryType,
    get_object_definition,
)

from planql.gateway.compiled.surprises import NotCompilable

Kind = StrawberryType | type
"""What strawberry calls the type of an argument."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an input object.

    Attributes:
        name: In the schema.
        python_name: Of the class's attribute.
        definition: What graphql-core knows of it.
        kind: What strawberry converts it to.
    """

    name: str
    python_name: str
    definition: GraphQLInputField
    kind: Kind


@dataclass(frozen=True, slots=True)
class Conversions:
    """The conversions of one schema."""

    converter: GraphQLCoreConverter

    def function(self, definition: GraphQLInputType, kind: Kind) -> Callable[[Any], Any] | None:
        """What converts the coerced values of a type; None when they stay as they are."""
        if is_leaf_type(get_nullable_type(definition)) and not isinstance(kind, StrawberryMaybe):
            return None
        registry, config = self.converter.scalar_registry, self.converter.config
        return lambda value: convert_argument(value, kind, registry, config)

    def members(self, definition: GraphQLInputObjectType, kind: Kind) -> list[Member]:
        """The members of an input object that exist in the schema.

        Raises:
            NotCompilable: objects of the class are not made of its members alone.
        """
        name_of = self.converter.config.name_converter.from_field
        found = _object_definition(kind)
        members = [
            Member(name, each.python_name, definition.fields[name], each.resolve_type())
            for each in found.fields
            if (name := name_of(each)) in definition.fields
        ]
        if found.from_input is not None or len(members) != len(definition.fields):
            raise NotCompilable
        return members

    def is_one_of(self, kind: Kind) -> bool:
        """Whether exactly one member of an input object is given."""
        return _object_definition(kind).is_one_of

    def class_of(self, kind: Kind) -> type:
        """The class of an input object."""
        return _object_definition(kind).origin


def conversions(schema: GraphQLSchema) -> Conversions:
    """The conversions of a schema.

    Raises:
        NotCompilable: strawberry did not make it.
    """
    made_of = getattr(schema, "_strawberry_schema", None)  # where strawberry keeps it
    if made_of is None:
        raise NotCompilable
    return Conversions(made_of.schema_converter)


def _object_definition(kind: Kind) -> StrawberryObjectDefinition:
    plain = kind.of_type if isinstance(kind, StrawberryOptional) else kind
    return get_object_definition(plain, strict=True)
