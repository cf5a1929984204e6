"""Schemas for kinds of principal, made of a few small types."""

from enum import Enum
from typing import Annotated

import pytest
import strawberry
from graphql import GraphQLSchema, graphql_sync, print_schema

from planql.gateway.principals import Role
from planql.gateway.visibility import VariantSchema, visible_to

Hidden = Annotated[str, strawberry.argument(description="Which.", metadata=visible_to(Role.ADMIN))]


def resolve_shown(word: str = "nothing", ref: Hidden = "main") -> str:
    """What it was asked with."""
    return f"{word} at {ref}"


@strawberry.interface
class Thing:
    """What only a hidden field leads to."""

    name: str


@strawberry.type
class Secret(Thing):
    """What only that interface leads to."""

    detail: str = strawberry.field(metadata=visible_to(Role.ADMIN))


def resolve_thing() -> Thing:
    """A secret."""
    return Secret(name="it", detail="all of it")


@strawberry.enum
class Colour(Enum):
    """What is shown, and what is not."""

    RED = "red"
    BLACK = "black"


@strawberry.enum
class Nowhere(Enum):
    """What no field leads to."""

    HERE = "here"


@strawberry.type
class Query:
    """A field for all, one for some, and one name that is two fields."""

    colour: Colour = Colour.RED
    shown: str = strawberry.field(resolver=resolve_shown)
    thing: Thing = strawberry.field(
        resolver=resolve_thing, metadata=visible_to(Role.SERVER, Role.ADMIN)
    )
    who: str = strawberry.field(resolver=lambda: "anyone", metadata=visible_to(Role.ANONYMOUS))
    who_else: str = strawberry.field(
        name="who", resolver=lambda: "somebody", metadata=visible_to(Role.SERVER)
    )


VALUES = {Colour.BLACK: [Role.ADMIN], Nowhere.HERE: [Role.ADMIN]}


def schema(role: Role) -> GraphQLSchema:
    """The schema that `role` sees."""
    return VariantSchema(role, VALUES, query=Query, types=[Secret]).executable


def test_an_argument_is_hidden_and_has_its_default() -> None:
    """Whoever does not see an argument cannot give it; the resolver has its own default."""
    query = '{ shown(word: "here", ref: "other") }'
    assert graphql_sync(schema(Role.ADMIN), query).data == {"shown": "here at other"}
    assert "Unknown argument 'ref'" in str(graphql_sync(schema(Role.SERVER), query).errors)
    found = graphql_sync(schema(Role.SERVER), '{ shown(word: "here") }')
    assert found.data == {"shown": "here at main"}


def test_types_behind_a_hidden_field_are_gone() -> None:
    """An interface and what implements it vanish with the only field that leads there."""
    assert "Secret" not in print_schema(schema(Role.ANONYMOUS))
    assert "Thing" not in print_schema(schema(Role.ANONYMOUS))
    assert "type Secret implements Thing" in print_schema(schema(Role.SERVER))
    query = "{ thing { name ... on Secret { __typename } } }"
    found = graphql_sync(schema(Role.SERVER), query)
    assert found.data == {"thing": {"name": "it", "__typename": "Secret"}}


def test_a_field_of_a_type_is_hidden_by_itself() -> None:
    """A server sees the secret's name, an administrator all of it."""
    assert "detail" not in print_schema(schema(Role.SERVER))
    assert "detail" in print_schema(schema(Role.ADMIN))


@pytest.mark.parametrize(("role", "who"), [(Role.ANONYMOUS, "anyone"), (Role.SERVER, "somebody")])
def test_a_name_stands_for_the_field_that_is_seen(role: Role, who: str) -> None:
    """Two fields of one name never meet in one schema."""
    assert graphql_sync(schema(role), "{ who }").data == {"who": who}


def test_a_value_of_an_enum_is_hidden_by_itself() -> None:
    """Whoever does not see it is told of the others."""
    assert "BLACK" in print_schema(schema(Role.ADMIN))
    assert "BLACK" not in print_schema(schema(Role.SERVER))
    assert graphql_sync(schema(Role.SERVER), "{ colour }", Query()).data == {"colour": "RED"}
