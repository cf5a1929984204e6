"""What operations cost."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)

from planql.gateway.cost_table import LENGTHS, RANGES, REFS, SLOW, WEIGHTS
from planql.gateway.costing import Cost, Costing
from planql.gateway.queries.simulation_bounds import MOST_CELLS
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
        ("{ products { key name } }", 1),
        # 10 products x (1 + 4 rate plans x (1 + 4 charges)) are 210 objects.
        ("{ products { key ratePlans { key charges { key } } } }", 21),
        # The catalog, and 50 rate plans in it; a begun ten counts.
        ("{ catalog { ratePlans { key } } }", 6),
        # Aliases are asked for as often as they stand: 2 x 51.
        ("{ a: catalog { ratePlans { key } } b: catalog { ratePlans { key } } }", 11),
        # `rate` weighs 4, the two objects of its argument 4, its answer and four steps 1.
        (
            (
                '{ rate(charge: {catalog: {ratePlan: "a", charge: "b"}})'
                " { ... on RatedCharge { steps { __typename } } } }"
            ),
            9,
        ),
        # Of several types the dearest counts: 1 + 1 + 4 x (1 + 1 + 40 tiers), not 80.
        (
            (
                '{ ratePlan(key: "a") { ... on ChosenRatePlan { ratePlan { charges { model {'
                " type ... on GraduatedModel { tiers { upTo unitAmount { amount } } }"
                " ... on VolumeModel { tiers { upTo unitAmount { amount } } } } } } } } }"
            ),
            5,
        ),
        # 100 for recording; for each event an item and an object; the report.
        ("mutation { recordUsage(events: [{}, {}, {}]) { __typename } }", 100 + 3 * (1 + 2) + 1),
        # Lists in lists: the story, 1 subscription with 2 changes.
        (
            (
                '{ previewInvoice(story: {subscriptions: [{changes: [{}, {}]}], asOf: "x"})'
                " { __typename } }"
            ),
            80 + 2 + (1 + 2) + 2 * (1 + 2) + 1,
        ),
        # Asking for the whole schema is dear, asking for one type is not.
        (get_introspection_query(), 3_001),
        ("{ __schema { queryType { name } } }", 1),
        ('{ __type(name: "Money") { fields { name type { name } } } }', 20),
        # Beside them nothing is compiled: every object costs 1.
        ('{ __type(name: "Money") { name } catalog { ratePlans { key } } }', 20 + 51),
        ("{ catalog { ratePlans { key } } ... { __schema { __typename } } }", 51 + 1),
    ],
)
def test_an_operation_costs_what_is_written_down(text: str, units: int) -> None:
    """A field costs its weight and what is inside; ten objects cost 1."""
    assert cost(text).units == units


def test_fragments_cost_what_is_in_them() -> None:
    """However an operation is written, it costs the same."""
    inline = "{ catalog { ... { meters { key } } ... on Catalog { products { key } } } }"
    spread = (
        "{ ...Q } fragment Q on Query { catalog { ...A ...B } }"
        " fragment A on Catalog { meters { key } } fragment B on Catalog { products { key } }"
    )
    plain = "{ catalog { meters { key } products { key } } }"
    # 1 + 20 + 10 objects
    assert cost(inline) == cost(spread) == cost(plain) == Cost(4, 0)


EVENTS = (
    "query($e: [UsageEventInput!]) {"
    ' rate(charge: {catalog: {ratePlan: "a", charge: "b"}}, events: $e) { __typename } }'
)


@pytest.mark.parametrize(
    ("variables", "units"),
    [
        ({"e": [{}] * 1000}, 9 + 3_000),
        ({"e": None}, 9),
        ({}, 9),
        # An item that is an object, and two that are numbers.
        ({"e": [{"data": [1, 2]}]}, 9 + 3 + 2),
    ],
)
def test_variables_count_as_they_come(variables: Mapping[str, object], units: int) -> None:
    """An item of a list costs 1 and an object 2, wherever they stand."""
    assert cost(EVENTS, variables).units == units


CUSTOMER = WEIGHTS["Query.customer"]
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
    """A customer, and of each invoice the edge, what is in it, and the page's share."""
    assert cost(PAGE % page).units == CUSTOMER + -(-(1 + 3 * invoices) // 10)


@pytest.mark.parametrize(
    ("variables", "invoices"),
    [({"n": 50}, 50), ({}, 3), ({"n": "x"}, 100), ({"n": None}, 100), ({"n": True}, 1)],
)
def test_a_page_counts_as_it_is_asked_for(variables: Mapping[str, object], invoices: int) -> None:
    """A default counts when nothing is sent; what is no number counts as the longest page."""
    assert cost(PAGE % "(first: $n)", variables).units == CUSTOMER + -(-(1 + 3 * invoices) // 10)


def test_an_operation_is_priced_once_when_its_variables_are_no_sizes() -> None:
    """A variable that is no list, no page and no date of a range is not looked at again."""
    document = parse('query($d: DateTime) { ratePlan(key: "a", asOf: $d) { __typename } }')
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    costing = Costing(SCHEMA, document)
    found = costing.cost(operation, {"d": "2026-01-01T00:00:00Z"})
    assert found is costing.cost(operation, {"d": [1] * 100})


def test_a_variable_is_read_as_often_however_often_it_stands() -> None:
    """Fifty fields with the same long list take no longer to price than one."""

    class Counted(list[object]):
        """A list that counts how often it is gone through."""

        times = 0

        def __iter__(self) -> Iterator[object]:
            self.times += 1
            return super().__iter__()

    def price(fields: int) -> int:
        asked = " ".join(f"a{n}: rate(charge: $c) {{ __typename }}" for n in range(fields))
        charge = Counted([{}])
        cost(f"query($c: ChargeInput!) {{ {asked} }}", {"c": charge})
        return charge.times

    assert price(50) == price(1) > 0


def test_each_operation_of_a_document_has_its_own_cost() -> None:
    """Only the operation that is executed is paid for."""
    text = "query A { catalog { name } } query B { products { ratePlans { charges { key } } } }"
    assert (cost(text, name="A").units, cost(text, name="B").units) == (1, 21)


STORY = """query($s: [SubscriptionInput!]!, $end: DateTime!) {
  previewInvoice(story: {customer: {}, subscriptions: $s, asOf: $end}) { __typename }
}"""


def story(subscriptions: int, days: int) -> int:
    """Units of a story: itself and its customer, its subscriptions, a unit for each day of each."""
    return 80 + 2 + 2 + subscriptions * (1 + 2 + days) + 1


@pytest.mark.parametrize(
    ("starts", "end", "units", "days"),
    [
        # 2024 and 2025 have 366 + 365 days.
        (["2024-01-01T00:00:00Z"], "2026-01-01T00:00:00Z", story(1, 731), 731),
        # The earliest start counts, and counts for both.
        (["2025-12-31", "2025-12-22"], "2026-01-01", story(2, 10), 10),
        # What is no day is told by its type later.
        (["never"], "2026-01-01", story(1, 0), 0),
        ([7], "2026-01-01", story(1, 0), 0),
        # A range that ends before it begins has no days to be paid for.
        (["2026-02-01"], "2026-01-01", story(1, 0), 0),
        # Three lives of 3,660 days are more than the 7,320 days that a story may last.
        (["2015-12-25"] * 3, "2026-01-01", story(3, 0) + 7_320, 3_660),
    ],
)
def test_a_range_is_counted_in_days(starts: list[object], end: str, units: int, days: int) -> None:
    """From the earliest start to the end, for each subscription."""
    subscriptions = [{"startedAt": start} for start in starts]
    assert cost(STORY, {"s": subscriptions, "end": end}) == Cost(units, days)


def test_there_are_no_days_in_what_is_no_object() -> None:
    """What its type refuses later has no days, and does no harm before."""
    assert cost(STORY, {"s": ["never", {}], "end": "2026-01-01"}) == Cost(story(2, 0) - 2, 0)


def test_a_range_in_the_document_is_counted_too() -> None:
    """It makes no difference where the days stand: of a plan and a usage each costs 6."""
    text = '{ simulate(from: "2026-01-01", to: "2026-01-31", plans: [%s]) { __typename } }'
    assert cost(text % "") == Cost(200 + 30 * 6 + 1, 30)
    assert cost(text % "{}, {}, {}") == Cost(200 + 3 * 3 + 3 * 30 * 6 + 1, 30)
    usage = text.replace("plans:", "usage: [{}, {}], plans:") % "{}, {}, {}"
    assert cost(usage) == Cost(200 + 5 * 3 + 3 * 2 * 30 * 6 + 1, 30)


def test_what_is_bounded_costs_no_more_than_its_bound() -> None:
    """20 plans x 20 usages x 3,660 days are refused when they are counted, not for their cost."""
    text = "{ simulate(from: %s, plans: [%s], usage: [%s]) { __typename } }"
    ten_years = '"2016-01-01", to: "2026-01-08"'
    items = ", ".join(["{}"] * 20)
    assert cost(text % (ten_years, items, items)) == Cost(200 + 40 * 3 + 2 * MOST_CELLS + 1, 3_660)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ('{ catalog(ref: "main") { name } }', 501),
        ("{ catalog(ref: null) { name } }", 1),
        ('{ ratePlan(key: "a", ref: "main") { __typename } }', 501),
        # `rate` weighs 4 and has two objects in its argument.
        ('{ rate(charge: {catalog: {ref: "main"}}) { __typename } }', 4 + 4 + 500 + 1),
        # The curve weighs 60; two plans with an object in each.
        (
            '{ priceCurve(plans: [{catalog: {ref: "a"}}, {catalog: {}}]) { __typename } }',
            60 + 2 * (1 + 2 + 2) + 500 + 1,
        ),
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


def test_fields_that_are_not_compiled_are_known() -> None:
    """Those of introspection, and those below the query that are worked out in a thread."""
    awaited = {
        f"{kind.name}.{name}"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        and kind not in {SCHEMA.query_type, SCHEMA.mutation_type}
        for name, field in kind.fields.items()
        if (strawberry_field := field.extensions.get("strawberry-definition"))
        and strawberry_field.is_async
    }
    assert awaited | {"Query.__schema", "Query.__type"} == SLOW


def test_every_mutation_is_weighed() -> None:
    """What changes something costs more than nothing."""
    assert SCHEMA.mutation_type
    assert {f"Mutation.{name}" for name in SCHEMA.mutation_type.fields} <= set(WEIGHTS)


def test_the_documentation_has_the_whole_table() -> None:
    """docs/limits.md names every weight and every length, with its number."""
    text = DOCS.read_text(encoding="utf-8")
    for name, number in (*WEIGHTS.items(), *LENGTHS.items()):
        assert f"| `{name}` | {number:,} |" in text
