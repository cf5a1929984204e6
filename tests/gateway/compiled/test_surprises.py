"""What the fast path leaves to graphql-core, and what it gives back itself."""

import asyncio
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, Union

import orjson
import pytest
import strawberry
from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
)
from strawberry.extensions import FieldExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import get_object_definition

from planql.gateway.compiled.kept import Kept
from planql.gateway.compiled.operations import Operation
from planql.gateway.compiled.source import attribute
from planql.gateway.compiled.surprises import NotCompilable, Surprise
from planql.gateway.costing import Costing
from planql.gateway.prepared_operations import PreparedOperation


@strawberry.enum
class Size(Enum):
    """A size."""

    SMALL = "small"
    LARGE = "large"


@strawberry.interface
class Named:
    """Has a name."""

    name: str


@strawberry.type
class Cat(Named):
    """Says meow."""

    lives: int = 9


@strawberry.type
class Dog(Named):
    """Says woof."""

    size: Size = Size.LARGE
    is_good: bool = True


Pet = Annotated[Union[Cat, Dog], strawberry.union("Pet")]  # noqa: UP007 - read at run time


class Shouting(FieldExtension):
    """Changes what a resolver gives."""

    def resolve(self, next_: Any, source: Any, info: Any, **given: Any) -> Any:  # noqa: ANN401 - strawberry's
        """In capital letters."""
        return next_(source, info, **given).upper()


@strawberry.input
class Wish:
    """What is asked for."""

    name: str
    sizes: list[Size] | None = None
    rank: int | None = 1


@strawberry.input
class Tree:
    """Holds another one."""

    inside: "Tree | None" = None


@strawberry.input(one_of=True)
class Choice:
    """One of two."""

    name: str | None = strawberry.UNSET
    wish: Wish | None = strawberry.UNSET


@strawberry.type
class Query:
    """A schema with a bit of everything."""

    broken: strawberry.Private[object] = None

    @strawberry.field
    def word(self, text: str = "word", times: int | None = 1) -> str:
        """A word several times."""
        return text * (times or 0)

    @strawberry.field
    def grid(self, wide: int = 2) -> list[list[int | None]]:
        """Lists of lists."""
        return [[*range(wide), None], []]

    @strawberry.field
    def pets(self) -> list[Pet]:
        """Two pets."""
        return [Cat(name="Tom"), Dog(name="Rex")]

    @strawberry.field
    def named(self) -> list[Named]:
        """The same two."""
        return [Cat(name="Tom"), Dog(name="Rex")]

    @strawberry.field
    def dog(self) -> Dog:
        """A dog; its type has an interface."""
        return Dog(name="Rex", size=Size.SMALL)

    @strawberry.field
    def nobody(self) -> Dog:
        """Null where none may be."""
        return None  # type: ignore[return-value]

    @strawberry.field
    def no_day(self) -> date:
        """Likewise, of a scalar of its own."""
        return None  # type: ignore[return-value]

    @strawberry.field
    def number_as_text(self) -> str:
        """A value that graphql-core converts."""
        return 1  # type: ignore[return-value]

    @strawberry.field
    def text_as_number(self) -> int:
        """Another one."""
        return True

    @strawberry.field
    def wished(self, wish: Wish) -> str:
        """What was asked for."""
        sizes = ",".join(each.value for each in wish.sizes or [])
        return f"{wish.name} {sizes} {wish.rank}"

    @strawberry.field
    def chosen(self, choice: Choice) -> str:
        """What was chosen."""
        return f"{choice.name} {choice.wish}"

    @strawberry.field
    def sizes(self, sizes: list[Size]) -> list[Size]:
        """The sizes asked for."""
        return sizes

    @strawberry.field
    def planted(self, tree: Tree) -> bool:
        """A tree."""
        return tree.inside is not None

    @strawberry.field
    def failing(self) -> str | None:
        """Fails."""
        message = "it fails"
        raise ValueError(message)

    @strawberry.field(extensions=[Shouting()])  # type: ignore[untyped-decorator]  # strawberry's
    def loud(self) -> str:
        """With an extension."""
        return "loud"

    @strawberry.field
    async def later(self, text: str = "later") -> str:
        """A coroutine."""
        await asyncio.sleep(0)
        return text

    @strawberry.field
    def field_name(self, info: strawberry.Info) -> str:
        """More than the context."""
        return info.field_name


@strawberry.type
class Product:
    """Is called like an entity of the catalog."""

    key: str = "a"

    @strawberry.field
    def stock(self) -> int:
        """Changes all the time."""
        return 1


@strawberry.type
class Catalog:
    """Is called like the catalog, whose lists live as long as the snapshot."""

    products: list[Product]
    newest: list[Product] | None
    names: list[str]


PRODUCTS = [Product(key="a"), Product(key="b")]


@strawberry.type
class Store:
    """A schema with a product."""

    @strawberry.field
    def catalog(self) -> Catalog:
        """Made for each request, of what is not."""
        return Catalog(products=PRODUCTS, newest=None, names=["a"])

    @strawberry.field
    def product(self) -> Product:
        """One of them."""
        return Product()


@strawberry.type
class Other:
    """A schema whose attributes are read in another way."""

    name: str = "other"


def executable(*parts: Any, **named: Any) -> GraphQLSchema:  # noqa: ANN401 - strawberry's
    """A schema as graphql-core executes it."""
    found: GraphQLSchema = strawberry.Schema(*parts, **named)._schema  # noqa: SLF001 - strawberry has no name for it
    return found


SCHEMA = executable(Query, types=[Cat, Dog])


class LeftToReference(Exception):
    """The fast path leaves an operation that it runs to graphql-core."""


def fast(
    query: str, variables: Mapping[str, object] | None = None, schema: GraphQLSchema = SCHEMA
) -> object:
    """What the fast path answers.

    Raises:
        Exception: it leaves the operation to graphql-core; `LeftToReference` once it runs.
    """
    document = parse(query)
    [operation, *_] = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    asked = Operation(schema, document, operation).asked(variables or {})
    parts = asyncio.run(asked.answer(None))
    if parts is None:
        raise LeftToReference
    return orjson.loads(b"".join(parts))


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ word grid }", {}),
        ("{ grid(wide: 0) b: word(times: null) }", {}),
        ("{ pets { __typename ... on Cat { lives } ... on Dog { size isGood } } }", {}),
        ("{ named { name ... on Dog { size } } dog { __typename } }", {}),
        ("{ __typename dog { name ...D size } } fragment D on Named { name __typename }", {}),
        ("query ($no: Boolean!) { word @skip(if: $no) grid @include(if: $no) }", {"no": True}),
        ("query ($no: Boolean = true) { word @skip(if: $no) grid }", {}),
        ('query ($t: String = "x", $n: Int) { word(text: $t, times: $n) }', {}),
        ("query ($t: String) { word(text: $t) }", {}),
        ("query ($w: Wish!) { wished(wish: $w) }", {"w": {"name": "a", "sizes": ["SMALL"]}}),
        ("query ($n: String!) { wished(wish: {name: $n, sizes: [LARGE]}) }", {"n": "b"}),
        ('query ($s: [Size!]) { wished(wish: {name: "c", sizes: $s}) }', {"s": "LARGE"}),
        ("query ($s: Size!) { sizes(sizes: [$s, LARGE]) }", {"s": "SMALL"}),
        ("query ($n: String!) { chosen(choice: {name: $n}) }", {"n": "d"}),
        ('query ($n: Int) { wished(wish: {name: "e", rank: $n}) }', {"n": None}),
    ],
)
def test_what_is_plain_is_answered_alike(query: str, variables: dict[str, object]) -> None:
    """Lists, unions, interfaces, arguments, defaults and directives are compiled."""
    expected = execute_sync(SCHEMA, parse(query), Query(), variable_values=variables)
    assert expected.errors is None
    assert fast(query, variables) == expected.data


def test_coroutines_of_the_query_itself_are_awaited() -> None:
    """One of them, or several at the same time."""
    assert fast("{ later }") == {"later": "later"}
    assert fast('{ a: later(text: "a") word b: later }') == {"a": "a", "word": "word", "b": "later"}


@pytest.mark.parametrize(
    "query",
    [
        "{ nobody { name } }",
        "{ nobody { __typename } }",
        "{ noDay }",
        "{ numberAsText }",
        "{ textAsNumber }",
        "{ failing }",
        "{ loud }",
        "{ fieldName }",
        "{ __schema { queryType { name } } }",
        "query @unknown { word }",
        "subscription { word }",
        "query ($n: Unknown) { word }",
        "{ wished(wish: {rank: 1}) }",
    ],
)
def test_what_is_unusual_is_left_to_graphql_core(query: str) -> None:
    """Null, wrong values, errors, extensions, introspection, other directives and operations."""
    with pytest.raises((LeftToReference, NotCompilable)):
        fast(query)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query ($t: String!) { word(text: $t) }", {}),
        ("query ($t: String!) { word(text: $t) }", {"t": 1}),
        ('query ($t: String = "x") { word(text: $t) }', {"t": None}),
        ("query ($w: Wish!) { wished(wish: $w) }", {"w": {"rank": 1}}),
        ("query ($w: [Size!]!) { sizes(sizes: $w) }", {"w": None}),
        ("query ($n: String) { chosen(choice: {name: $n}) }", {"n": None}),
        ("query ($n: String) { chosen(choice: {name: $n}) }", {}),
        ("query ($s: Size) { sizes(sizes: [$s]) }", {"s": None}),
        ("query ($n: String) { wished(wish: {name: $n}) }", {}),
    ],
)
def test_variables_that_do_not_fit_are_left_to_graphql_core(
    query: str, variables: dict[str, object]
) -> None:
    """A missing one, a wrong one, null where none may be."""
    with pytest.raises((LeftToReference, Surprise, GraphQLError)):
        fast(query, variables)


def test_what_strawberry_did_not_make_is_left_to_graphql_core() -> None:
    """A field that strawberry does not know, and one that is not read by `getattr`."""
    with pytest.raises(NotCompilable):
        fast("{ word }", None, build_schema("type Query { word: String }"))
    config = StrawberryConfig(default_resolver=lambda source, name: f"{source} {name}")
    with pytest.raises(NotCompilable):
        fast("{ name }", None, executable(Other, config=config))


def test_a_name_that_is_none_is_refused() -> None:
    """Nothing but names becomes source text, whatever a parser lets through."""
    with pytest.raises(ValueError, match="is not a name"):
        attribute('x": 1, "y')


def test_few_programs_are_remembered() -> None:
    """With very many ways in which directives go, the oldest programs are compiled again."""
    names = [f"v{number}" for number in range(5)]
    declared = ", ".join(f"${name}: Boolean!" for name in names)
    words = " ".join(f"a{name}: word @skip(if: ${name})" for name in names)
    document = parse(f"query ({declared}) {{ {words} __typename }}")
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    found = Operation(SCHEMA, document, operation)
    for way in range(32):
        given: dict[str, object] = {name: bool(way >> n & 1) for n, name in enumerate(names)}
        parts = asyncio.run(found.asked(given).answer(None))
        assert parts is not None
        data = orjson.loads(parts[0])
        assert len(data) == 1 + list(given.values()).count(False)


def test_an_operation_is_compiled_when_it_is_asked_for() -> None:
    """Once; one that cannot be is not tried again, and wrong variables are no harm."""
    document = parse("query A($t: String!) { word(text: $t) } mutation B { word }")
    query, mutation = document.definitions
    assert isinstance(query, OperationDefinitionNode)
    assert isinstance(mutation, OperationDefinitionNode)
    costing = Costing(SCHEMA, document)
    for _ in range(2):
        assert PreparedOperation(SCHEMA, document, mutation, costing).asked({}) is None
    found = PreparedOperation(SCHEMA, document, query, costing)
    assert found.asked({}) is None
    assert found.asked({"t": "a"}) is not None


def test_no_fragment_is_kept_of_what_reads_more_than_the_snapshot() -> None:
    """A resolver that does not say what it reads may read anything."""
    kept = Kept(most_bytes=0)
    document = parse("{ product { key stock } }")
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    asked = Operation(executable(Store), document, operation).asked({})
    assert not asked.program.parts
    assert asyncio.run(asked.answer(None, kept)) == (b'{"product":{"key":"a","stock":1}}',)


@pytest.mark.parametrize(
    ("query", "slots", "data"),
    [
        ("{ key }", 1, b'[{"key":"a"},{"key":"b"}]'),
        ("{ stock }", 0, b'[{"stock":1},{"stock":1}]'),
    ],
)
def test_a_fragment_is_kept_of_a_list_of_the_catalog(query: str, slots: int, data: bytes) -> None:
    """Of the list itself, if all that is read of its items is the snapshot's; null is no list."""
    kept = Kept()
    document = parse(f"{{ catalog {{ products {query} }} }}")
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    asked = Operation(executable(Store), document, operation).asked({})
    assert len(asked.program.parts) == slots
    for holder in (kept, kept, None):
        answer = asyncio.run(asked.answer(None, holder))
        assert answer == (b'{"catalog":{"products":%b}}' % data,)
    assert fast("{ catalog { newest { key } names } }", None, executable(Store)) == {
        "catalog": {"newest": None, "names": ["a"]}
    }


def test_an_input_that_makes_itself_is_left_to_graphql_core(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only of classes that are made of their members is known how."""
    definition = get_object_definition(Wish, strict=True)
    monkeypatch.setattr(definition, "from_input", lambda *_: Wish(name="own"))
    with pytest.raises(NotCompilable):
        fast("query ($n: String!) { wished(wish: {name: $n}) }", {"n": "b"})
    assert fast('{ wished(wish: {name: "b"}) }') == {"wished": "own  1"}


def test_variables_that_are_too_deep_are_left_to_graphql_core() -> None:
    """What it refuses for its depth, it refuses itself."""
    query = "query ($t: Tree!) { planted(tree: $t) }"
    assert fast(query, {"t": {"inside": {}}}) == {"planted": True}
    tree: dict[str, object] = {}
    for _ in range(500):
        tree = {"inside": tree}
    with pytest.raises(Surprise):
        fast(query, {"t": tree})
