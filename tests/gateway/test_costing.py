"""What operations cost."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)

from planql.gateway.cost_table import LENGTHS, RANGES, REFS, WEIGHTS
from planql.gateway.costing import Cost, Costing
from planql.gateway.schema import executable_schema

SCHEMA = executable_schema()
DOCS = Path(__file__).resolve().parents[2] / "docs" / "limits.md"


def cost(text: str, variables: Mapping[str, object] | None = None, name: str = "") -> Cost:
    """What an operation of a document costs."""
    document = parse(text)
    [operation] = [
        node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        and (not name or (node.name and node.name.value == name))
    ]
    return Costing(SCHEMA, document).cost(operation, variables or {})


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # Nothing but values: every operation costs 1 at least.
        ("{ __typename }", 1),
        # One object.
        ("{ catalog { name digest } }", 1),
        # 10 products.
        ("{ products { key name } }", 10),
        # 10 products x (1 + 4 rate plans x (1 + 4 charges)).
        ("{ products { key ratePlans { key charges { key } } } }", 210),
        # The catalog, and 50 rate plans in it.
        ("{ catalog { ratePlans { key } } }", 51),
        # Aliases are asked for as often as they stand.
        ("{ a: catalog { name } b: catalog { name } }", 2),
        # `rate` weighs 5, its answer 1, four steps 4.
        (
            (
                '{ rate(charge: {catalog: {ratePlan: "a", charge: "b"}})'
                " { ... on RatedCharge { steps { __typename } } } }"
            ),
            10,
        ),
        # Of several types the dearest counts: 4 tiers, not 4 and 4.
        (
            (
                '{ ratePlan(key: "a") { ... on ChosenRatePlan { ratePlan { charges { model {'
                " type ... on GraduatedModel { tiers { upTo } }"
                " ... on VolumeModel { tiers { upTo } } } } } } } }"
            ),
            1 + 1 + 4 * (1 + 1 + 4),
        ),
        # 100 for recording, 1 for the report, 1 for each event.
        ("mutation { recordUsage(events: [{}, {}, {}]) { __typename } }", 104),
        # Lists in lists: 1 subscription with 2 changes.
        (
            (
                '{ previewInvoice(story: {subscriptions: [{changes: [{}, {}]}], asOf: "x"})'
                " { __typename } }"
            ),
            50 + 1 + 1 + 2,
        ),
        # Asking for the whole schema is dear, asking for one type is not.
        (get_introspection_query(), 3_001),
        ("{ __schema { queryType { name } } }", 1),
        ('{ __type(name: "Money") { fields { name type { name } } } }', 20),
    ],
)
def test_an_operation_costs_what_is_written_down(text: str, units: int) -> None:
    """A field costs its weight, and for each object 1 and what is inside."""
    assert cost(text).units == units


def test_fragments_cost_what_is_in_them() -> None:
    """However an operation is written, it costs the same."""
    inline = "{ catalog { ... { meters { key } } ... on Catalog { products { key } } } }"
    spread = (
        "{ ...Q } fragment Q on Query { catalog { ...A ...B } }"
        " fragment A on Catalog { meters { key } } fragment B on Catalog { products { key } }"
    )
    plain = "{ catalog { meters { key } products { key } } }"
    assert cost(inline) == cost(spread) == cost(plain) == Cost(1 + 20 + 10)


EVENTS = (
    "query($e: [UsageEventInput!]) {"
    ' rate(charge: {catalog: {ratePlan: "a", charge: "b"}}, events: $e) { __typename } }'
)


@pytest.mark.parametrize(
    ("variables", "units"),
    [({"e": [{}] * 1000}, 1006), ({"e": None}, 6), ({}, 6), ({"e": [{"data": [1, 2]}]}, 9)],
)
def test_variables_count_as_they_come(variables: Mapping[str, object], units: int) -> None:
    """The items of lists are counted wherever they stand."""
    assert cost(EVENTS, variables).units == units


PAGE = """query($n: Int! = 3) {
  customer(key: "a") { ... on Customer { invoices%s { edges { node { number } } } } } }"""


@pytest.mark.parametrize(
    ("page", "invoices"),
    [
        ("(first: 7)", 7),
        # Without `first` a page has 20.
        ("", 20),
        # No page is longer than 100, or shorter than 1.
        ("(first: 900)", 100),
        ("(first: -5)", 1),
        ("(first: 99999999999)", 100),
    ],
)
def test_a_page_is_as_long_as_it_is_asked_for(page: str, invoices: int) -> None:
    """A customer (100 and 1), and of each invoice the edge, what is in it, and the page's share."""
    assert cost(PAGE % page).units == 101 + 3 * invoices


@pytest.mark.parametrize(
    ("variables", "invoices"),
    [({"n": 50}, 50), ({}, 3), ({"n": "x"}, 100), ({"n": None}, 100), ({"n": True}, 1)],
)
def test_a_page_counts_as_it_is_asked_for(variables: Mapping[str, object], invoices: int) -> None:
    """A default counts when nothing is sent; what is no number counts as the longest page."""
    assert cost(PAGE % "(first: $n)", variables).units == 101 + 3 * invoices


def test_an_operation_is_priced_once_when_its_variables_are_no_sizes() -> None:
    """A variable that is no list, no page and no date of a range is not looked at again."""
    document = parse('query($d: DateTime) { ratePlan(key: "a", asOf: $d) { __typename } }')
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    costing = Costing(SCHEMA, document)
    found = costing.cost(operation, {"d": "2026-01-01T00:00:00Z"})
    assert found is costing.cost(operation, {"d": [1] * 100})


def test_each_operation_of_a_document_has_its_own_cost() -> None:
    """Only the operation that is executed is paid for."""
    text = "query A { catalog { name } } query B { products { key } }"
    assert (cost(text, name="A").units, cost(text, name="B").units) == (1, 10)


STORY = """query($s: [SubscriptionInput!]!, $end: DateTime!) {
  previewInvoice(story: {customer: {}, subscriptions: $s, asOf: $end}) { __typename }
}"""


@pytest.mark.parametrize(
    ("starts", "end", "found"),
    [
        # 2024 and 2025 have 366 + 365 days: 365 units, beside 50, 1 and an item.
        (["2024-01-01T00:00:00Z"], "2026-01-01T00:00:00Z", Cost(50 + 1 + 1 + 365, 731)),
        # The earliest start counts, and counts for both.
        (["2025-12-31", "2025-12-22"], "2026-01-01", Cost(50 + 1 + 2 + 10, 10)),
        # What is no day is told by its type later.
        (["never"], "2026-01-01", Cost(52, 0)),
        ([7], "2026-01-01", Cost(52, 0)),
        # A range that ends before it begins has no days to be paid for.
        (["2026-02-01"], "2026-01-01", Cost(52, 0)),
    ],
)
def test_a_range_is_counted_in_days(starts: list[object], end: str, found: Cost) -> None:
    """From the earliest start to the end, for each subscription; two days cost 1."""
    subscriptions = [{"startedAt": start} for start in starts]
    assert cost(STORY, {"s": subscriptions, "end": end}) == found


def test_there_are_no_days_in_what_is_no_object() -> None:
    """What its type refuses later has no days, and does no harm before."""
    assert cost(STORY, {"s": ["never", {}], "end": "2026-01-01"}) == Cost(50 + 1 + 2, 0)


def test_a_range_in_the_document_is_counted_too() -> None:
    """It makes no difference where the days stand."""
    text = '{ simulate(from: "2026-01-01", to: "2026-01-31", plans: [%s]) { __typename } }'
    assert cost(text % "") == Cost(1_000 + 1 + 30, 30)
    assert cost(text % "{}, {}, {}") == Cost(1_000 + 1 + 3 + 3 * 30, 30)
    usage = text.replace("plans:", "usage: [{}, {}], plans:") % "{}, {}, {}"
    assert cost(usage) == Cost(1_000 + 1 + 5 + 3 * 2 * 30, 30)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ('{ catalog(ref: "main") { name } }', 501),
        ("{ catalog(ref: null) { name } }", 1),
        ('{ ratePlan(key: "a", ref: "main") { __typename } }', 501),
        ('{ rate(charge: {catalog: {ref: "main"}}) { __typename } }', 506),
        ('{ priceCurve(plans: [{catalog: {ref: "a"}}, {catalog: {}}]) { __typename } }', 1003),
    ],
)
def test_another_catalog_costs_something(text: str, units: int) -> None:
    """It may have to be read first."""
    assert cost(text).units == units


def test_another_catalog_in_a_variable_costs_as_much() -> None:
    """It makes no difference where the ref stands."""
    text = "query($r: String) { catalog(ref: $r) { name } }"
    assert [cost(text, {"r": ref}).units for ref in ("main", None)] == [501, 1]


def test_the_table_names_what_is_there() -> None:
    """Every name in the table is a field of the schema; every length is that of a list."""
    for name in {*WEIGHTS, *LENGTHS, *RANGES, *REFS} - {"Query.__type"}:
        kind, _, field = name.partition(".")
        found = SCHEMA.type_map[kind]
        assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
        assert field in found.fields, name
        assert name not in LENGTHS or "[" in str(found.fields[field].type)
    for name, span in RANGES.items():
        kind, _, field = name.partition(".")
        query = SCHEMA.type_map[kind]
        assert isinstance(query, GraphQLObjectType)
        assert {span.starts[0], span.ends[0]} <= set(query.fields[field].args)


def test_every_mutation_is_weighed() -> None:
    """What changes something costs more than nothing."""
    assert SCHEMA.mutation_type
    assert {f"Mutation.{name}" for name in SCHEMA.mutation_type.fields} <= set(WEIGHTS)


def test_the_documentation_has_the_whole_table() -> None:
    """docs/limits.md names every weight and every length, with its number."""
    text = DOCS.read_text(encoding="utf-8")
    for name, number in (*WEIGHTS.items(), *LENGTHS.items()):
        assert f"| `{name}` | {number:,} |" in text
