"""The schema: everything in it is described, and the committed SDL is what is served."""

from collections.abc import Iterator
from pathlib import Path

import httpx
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    get_introspection_query,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from planql.gateway.schema import executable_schema
from planql.gateway.sdl import schema_sdl

ROOT = Path(__file__).resolve().parents[2]


def undescribed() -> Iterator[str]:
    """The name of everything in the schema without a description."""
    for name, found in executable_schema().type_map.items():
        if is_introspection_type(found) or is_specified_scalar_type(found):
            continue
        if not found.description:
            yield name
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
            for field, definition in found.fields.items():
                if not definition.description:
                    yield f"{name}.{field}"
                arguments = definition.args.items()
                yield from (f"{name}.{field}({a})" for a, each in arguments if not each.description)
        if isinstance(found, GraphQLInputObjectType):
            yield from (f"{name}.{f}" for f, each in found.fields.items() if not each.description)
        if isinstance(found, GraphQLEnumType):
            yield from (f"{name}.{v}" for v, each in found.values.items() if not each.description)


def test_everything_in_the_schema_is_described() -> None:
    """Every type, field, argument, input member and enum value has a description."""
    assert list(undescribed()) == []


def test_descriptions_are_sentences() -> None:
    """A description begins with a capital letter or code, and ends with a full stop."""
    for name, found in executable_schema().type_map.items():
        if isinstance(found, GraphQLObjectType | GraphQLInputObjectType | GraphQLInterfaceType):
            if is_introspection_type(found):
                continue
            for field, definition in found.fields.items():
                text = definition.description or ""
                assert text.endswith("."), f"{name}.{field}: {text}"


def test_the_committed_schema_is_fresh() -> None:
    """`schema.graphql` is what `make generate` writes."""
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == schema_sdl()


def test_the_committed_schema_can_be_built() -> None:
    """The SDL is a valid schema that says which inputs take exactly one member."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    model = schema.type_map["ChargeModelInput"]
    assert isinstance(model, GraphQLInputObjectType)
    assert model.is_one_of


def test_one_of_inputs_say_so_in_introspection(client: httpx.Client) -> None:
    """Clients that read introspection learn which inputs take exactly one member."""
    query = '{ __type(name: "ChargeModelInput") { isOneOf } }'
    answer = client.post("/graphql", json={"query": query}).json()
    assert answer["data"] == {"__type": {"isOneOf": True}}


def test_the_standard_introspection_query_is_within_the_limits(client: httpx.Client) -> None:
    """Tools can read the whole schema with the query that they all send."""
    query = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer


def test_no_query_goes_round_in_circles() -> None:
    """No object leads back to its own type, except filters, which are finite trees.

    Otherwise a short query could ask for an answer of any size.
    """
    schema = executable_schema()
    leads_to = {
        name: {get_named_type(field.type).name for field in found.fields.values()}
        for name, found in schema.type_map.items()
        if isinstance(found, GraphQLObjectType) and not is_introspection_type(found)
    }
    for union in schema.type_map.values():
        if isinstance(union, GraphQLUnionType):
            leads_to[union.name] = {member.name for member in union.types}
        if isinstance(union, GraphQLInterfaceType):
            leads_to[union.name] = {each.name for each in schema.get_possible_types(union)}
    circular = {name for name in leads_to if name in reached(name, leads_to)}
    assert circular == {"Filter", "FilterAllOf", "FilterAnyOf"}


def reached(start: str, leads_to: dict[str, set[str]]) -> set[str]:
    """Every type that can be come to from `start`."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in leads_to.get(waiting.pop(), set()) - found:
            found.add(name)
            waiting.append(name)
    return found
