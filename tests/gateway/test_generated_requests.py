"""Requests that schemathesis makes of the schema: whatever they ask, the server answers.

It generates valid documents. What it does not know about, inputs that take exactly one member, is
mended here, and names of what exists are put where names belong, so that many are executed.
"""

import os
from collections.abc import Iterator
from typing import Any, Final, cast

import httpx
import pytest
import schemathesis
from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLInputObjectType,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.graphql import nodes
from tests.gateway.conftest import NOW, ROOT
from tests.gateway.customer_operations import CREATE, SUBSCRIBE
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.codes import ErrorCode
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.stores.database import open_database

EXAMPLES: Final = 12
"""Requests for each field of the roots; a fresh seed tries ten times as many."""
SEED: Final = os.environ.get("PLANQL_SEED")
"""Where to begin; without one, always at the same place."""
SECONDS: Final = 10.0

SDL: Final = (ROOT / "schema.graphql").read_text(encoding="utf-8")
SCHEMA: Final = build_schema(SDL)
ROOTS: Final = schemathesis.graphql.from_file(SDL)
"""What schemathesis makes requests of."""

DECIMALS: Final = st.one_of(
    st.from_regex(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", fullmatch=True),
    st.sampled_from(["0", "1", "12.5", "-1", "NaN", "1e5", "9" * 40]),
)
NAMES: Final = {
    "customer": "acme",
    "ratePlan": "support-pro",
    "product": "support",
    "subscription": "main",
    "charge": "outcomes",
    "meter": "resolved-tickets",
    "timeZone": "Europe/Berlin",
    "number": "INV-000001",
}
"""What exists, by the names of arguments and members that name it."""


def register() -> None:
    """Tell schemathesis what the scalars of the schema look like, now and then only nearly."""
    scalars: dict[str, st.SearchStrategy[Any]] = {
        "Decimal": DECIMALS.map(nodes.String),
        "Date": st.one_of(st.dates().map(str), st.just("2026-06-31")).map(nodes.String),
        "DateTime": st.datetimes().map(lambda found: nodes.String(f"{found.isoformat()}Z")),
        "CurrencyCode": st.sampled_from(["USD", "EUR", "JPY", "BHD"]).map(nodes.String),
        "Json": st.one_of(
            st.text(max_size=5).map(nodes.String),
            st.integers().map(nodes.Int),
            st.booleans().map(nodes.Boolean),
        ),
    }
    for name, strategy in scalars.items():
        schemathesis.graphql.scalar(name, strategy)


class Mending(Visitor):
    """Leaves one member in inputs that take exactly one, and names what exists."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types

    def enter_object_value(self, node: ObjectValueNode, *_: object) -> ObjectValueNode | None:
        """The input with the first of its members that is not null."""
        kind = get_named_type(self._types.get_input_type())
        if not isinstance(kind, GraphQLInputObjectType) or not kind.is_one_of:
            return None
        given_ = [each for each in node.fields if not isinstance(each.value, NullValueNode)]
        return ObjectValueNode(fields=tuple(given_[:1]))

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> ObjectFieldNode | None:
        """The member, with the name of something where it names one."""
        value = named(node.name.value, node.value)
        return ObjectFieldNode(name=node.name, value=value) if value else None

    def enter_argument(self, node: ArgumentNode, *rest: object) -> ArgumentNode | None:
        """The argument, with the name of something; `key` names what the field asks for."""
        ancestors = reversed(cast("list[object]", rest[-1]))
        field = next(each for each in ancestors if isinstance(each, FieldNode))
        what = field.name.value if node.name.value == "key" else node.name.value
        value = named(what, node.value)
        return ArgumentNode(name=node.name, value=value) if value else None


def named(what: str, value: ValueNode) -> StringValueNode | None:
    """The name of something that exists; None for what is no name, and one time in eight."""
    if not isinstance(value, StringValueNode) or what not in NAMES or len(value.value) % 8 == 7:
        return None
    return StringValueNode(value=NAMES[what])


def mended(query: str) -> str:
    """A document of the same shape that is executed more often."""
    types = TypeInfo(SCHEMA)
    return print_ast(visit(parse(query), TypeInfoVisitor(types, Mending(types))))


@pytest.fixture(scope="module")
def server(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server listens that knows one customer; whatever is asked of it is its own."""
    file = tmp_path_factory.mktemp("generated") / "planql.sqlite3"
    database = open_database(f"sqlite:///{file}")
    application = create_application(
        Content(CatalogHolder(catalog), clock=lambda: NOW, database=database)
    )
    with running(application) as address:
        subscription = {
            "ratePlan": "support-pro",
            "quantities": [{"name": "seats", "quantity": "3"}],
        }
        for query, variables in (
            (CREATE, {"customer": {"key": "acme"}}),
            (SUBSCRIBE, {"customer": "acme", "subscription": subscription}),
        ):
            request = {"query": query, "variables": variables}
            answer = httpx.post(f"{address}/graphql", json=request).json()
            assert "code" not in str(answer), answer
        yield address
    database.close()


def operations() -> dict[str, Any]:
    """Every field of the roots, by name."""
    register()
    found: list[Any] = [each.ok() for each in ROOTS.get_all_operations()]  # type: ignore[union-attr]
    return {each.label: each for each in found}


OPERATIONS: Final = operations()


@pytest.mark.parametrize("label", OPERATIONS)
def test_whatever_is_asked_is_answered(server: str, label: str) -> None:
    """No request meets a defect; each is answered in time, with codes of the closed list."""

    @settings(
        max_examples=EXAMPLES * (10 if SEED else 1),
        derandomize=SEED is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        case.body = mended(str(case.body))
        response = case.call(base_url=f"{server}/graphql")
        case.validate_response(response, checks=[not_a_server_error])
        assert response.status_code == 200
        assert response.elapsed < SECONDS
        answer = response.json()
        for error in answer.get("errors", ()):
            assert error["extensions"]["code"] in set(ErrorCode) - {ErrorCode.INTERNAL_SERVER_ERROR}
        assert set(answer) in ({"errors"}, {"data", "extensions"}, {"data", "errors", "extensions"})

    (seed(int(SEED))(ask) if SEED else ask)()


def test_most_requests_are_executed(server: str) -> None:
    """What is generated does not only come to be refused: of 40 ratings most have an answer."""
    executed = []

    @settings(max_examples=40, derandomize=True, deadline=None, database=None)
    @given(case=OPERATIONS["Query.ratePlan"].as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        answer = httpx.post(f"{server}/graphql", json={"query": mended(str(case.body))}).json()
        executed.append("errors" not in answer)

    ask()
    assert sum(executed) > len(executed) / 2
