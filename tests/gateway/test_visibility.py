"""What each kind of principal sees: name by name, on a running server."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_client_schema,
    get_introspection_query,
)
from tests.gateway.credentials import Guarded

from planql.gateway.coordinates import coordinates, visibility_table
from planql.gateway.principals import TRUSTED, Role
from planql.gateway.schema import executable_schema
from planql.gateway.sdl import schema_sdl

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests" / "cases" / "gateway" / "visibility.csv"
INTROSPECTION = get_introspection_query(input_value_deprecation=True)
QUOTED = re.compile(r"'([^']+)'")
SECRET = re.compile("cost|margin|scenario|draft|guardrail|override|metadata|simulat|[.(]ref|code$")
UNTRUSTED = [role for role in Role if role not in TRUSTED]

PUBLIC_QUERIES = {"catalog", "products", "ratePlan", "meters", "discounts", "rate"}
OWN_QUERIES = PUBLIC_QUERIES | {"customer", "invoice", "previewChange", "previewCancellation"}
"""Written by hand: whoever adds a query decides here whether customers may send it."""


def table(role: Role) -> set[str]:
    """The names that the committed table shows to `role`."""
    with TABLE.open(encoding="utf-8") as file:
        return {row["name"] for row in csv.DictReader(file) if row[role] == "yes"}


def introspected(guarded: Guarded, role: Role) -> Any:  # noqa: ANN401 - an introspection
    """What a running server tells `role` of its schema."""
    return guarded.answer(role, INTROSPECTION)["data"]


def test_the_committed_table_is_fresh() -> None:
    """The table of who sees what is what `make generate` writes, so review sees every change."""
    assert TABLE.read_text(encoding="utf-8") == visibility_table()


@pytest.mark.parametrize("role", Role)
def test_a_server_shows_what_the_table_says(guarded: Guarded, role: Role) -> None:
    """Introspection with real credentials names exactly what the table shows to them."""
    schema = build_client_schema(introspected(guarded, role))
    assert set(coordinates(schema)) == table(role)


def test_who_sees_less_sees_part_of_it() -> None:
    """Anonymous callers see a part of what customers see, these of servers, these of admins."""
    anonymous, customer, server, admin = (table(role) for role in Role)
    assert anonymous < customer < server <= admin


@pytest.mark.parametrize(
    ("role", "queries"), [(Role.ANONYMOUS, PUBLIC_QUERIES), (Role.CUSTOMER, OWN_QUERIES)]
)
def test_the_queries_of_the_untrusted_are_listed_by_hand(role: Role, queries: set[str]) -> None:
    """Anonymous callers and customers can send these queries, and no mutation."""
    schema = executable_schema(role)
    assert schema.query_type is not None
    assert set(schema.query_type.fields) == queries
    assert schema.mutation_type is None


@pytest.mark.parametrize("role", UNTRUSTED)
def test_the_confidential_has_no_name(role: Role) -> None:
    """No name that the untrusted see speaks of costs, margins, drafts, codes, refs or overrides."""
    secret = re.compile(
        "cost|margin|scenario|draft|guardrail|override|metadata|simulat|[.(]ref|code$"
    )
    found = {name for name in table(role) if secret.search(name.lower())}
    # The codes of mistakes and of currencies are no secrets.
    harmless = {name for name in found if name.endswith("Error.code")} | {"CurrencyCode"}
    assert found == harmless


def test_a_customer_is_never_an_argument_of_a_customer() -> None:
    """Nothing that customers send has a customer's key in it."""
    schema = executable_schema(Role.CUSTOMER)
    assert schema.query_type is not None
    arguments = {name for field in schema.query_type.fields.values() for name in field.args}
    assert "customer" not in arguments
    assert set(schema.query_type.fields["customer"].args) == set()
    assert set(schema.query_type.fields["invoice"].args) == {"number"}
    assert set(schema.query_type.fields["previewChange"].args) == {"change", "subscription"}


def hidden_queries(role: Role) -> Iterator[tuple[str, str]]:
    """A document for every field of an object that is hidden from `role`, and the field."""
    whole, seen = executable_schema(), table(role)
    for name, found in whole.type_map.items():
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) and name in seen:
            for field in found.fields:
                if f"{name}.{field}" not in seen:
                    yield f"fragment F on {name} {{ {field} }} query {{ ...F }}", field
        if isinstance(found, GraphQLInputObjectType) and name not in seen:
            yield f"query($value: {name}) {{ __typename }}", name


@pytest.mark.parametrize("role", UNTRUSTED)
def test_the_hidden_is_refused_like_what_never_was(guarded: Guarded, role: Role) -> None:
    """A hidden field or type is told to be unknown, and nothing is suggested that is hidden."""
    documents = list(hidden_queries(role))
    shown = {part for each in table(role) for part in each.split(".")} | {"String"}
    assert len(documents) > 20
    for document, name in documents:
        messages = [each["message"] for each in guarded.answer(role, document)["errors"]]
        unknown = (f"Cannot query field '{name}'", f"Unknown type '{name}'")
        [message] = [each for each in messages if each.startswith(unknown)]
        suggested = QUOTED.findall(message.partition("Did you mean")[2])
        assert set(suggested) <= shown


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.CUSTOMER])
@pytest.mark.parametrize("mutation", ["createCustomer", "recordUsage", "addAdjustment"])
def test_the_untrusted_change_nothing(guarded: Guarded, role: Role, mutation: str) -> None:
    """Their schema has no mutations at all."""
    [error] = guarded.answer(role, f"mutation {{ {mutation} {{ __typename }} }}")["errors"]
    assert "mutation" in error["message"]
    assert error["extensions"]["code"] in {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}


def test_a_document_that_is_valid_for_one_is_not_taken_for_valid_for_all(guarded: Guarded) -> None:
    """What an administrator may ask is kept for administrators: the next caller is judged anew."""
    query = "{ discounts { key code } }"
    assert "errors" not in guarded.answer(Role.ADMIN, query)
    assert "errors" in guarded.answer(Role.ANONYMOUS, query)
    assert "errors" not in guarded.answer(Role.SERVER, query)


def test_the_public_schema_is_committed_fresh() -> None:
    """`schema.public.graphql` is what `make generate` writes."""
    committed = (ROOT / "schema.public.graphql").read_text(encoding="utf-8")
    assert committed == schema_sdl(Role.ANONYMOUS)


def test_examples_are_listed_to_whoever_can_run_them(guarded: Guarded) -> None:
    """GraphiQL offers anonymous callers no example that is refused."""
    listed = guarded.client.get("/operations").json()
    names = {each["name"] for each in listed}
    assert "01-pricing-page" in names
    assert not names & {"12-customer", "15-change-a-subscription", "06-draft-tiers"}
    for each in listed:
        query = {"query": each["document"], "variables": None}
        answer = guarded.client.post("/graphql", json=query).json()
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        assert "GRAPHQL_VALIDATION_FAILED" not in codes
