"""Every limit, at its number and one beyond."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from graphql import OperationDefinitionNode, parse
from tests.cli.tiny_prices import write_catalog
from tests.gateway.credentials import ACCESS, SERVER_KEY, bearer
from tests.gateway.simulate_operation import SIMULATE
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.buckets import Rate
from planql.gateway.costing import Costing
from planql.gateway.limits import HINTS, Limits
from planql.gateway.measures import Measure
from planql.gateway.queries.simulation_bounds import MOST_CELLS
from planql.gateway.schema import executable_schema
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.gateway.variable_sizes import VariableSizes, variable_sizes
from planql.simulation.day_ranges import MOST_DAYS
from planql.sources import load

LIMITS = Limits()
RATE = 'rate(charge: {catalog: {ratePlan: "nothing", charge: "nothing"}}'


@dataclass(frozen=True)
class Sized:
    """A request of any size.

    Attributes:
        limit: What it grows towards.
        make: The query and the variables of a size.
        most: The size that is still executed.
    """

    limit: str
    make: Callable[[int], tuple[str, object]]
    most: int


def nested(size: int) -> object:
    """A list in a list, so many times."""
    return [nested(size - 1)] if size else 0


def tokens(size: int) -> str:
    """A document of so many tokens: braces, and one for each field."""
    return "{" + "__typename " * (size - 2) + "}"


CASES = [
    Sized("document", lambda n: ("{__typename}" + " " * (n - 12), None), 50_000),
    Sized("document", lambda n: (f"{{__typename{'@skip' * 0}}}" + "#\n" * n, None), 1_000),
    Sized("depth", lambda n: ("{a" * n + "}" * n, None), 12),
    Sized(
        "aliases", lambda n: (f"{{{' '.join(f'a{i}: __typename' for i in range(n))}}}", None), 50
    ),
    Sized("directives", lambda n: ("{" + "...@skip(if: true){__typename}" * n + "}", None), 50),
    Sized("root_fields", lambda n: ("{" + "__typename " * n + "}", None), 50),
    Sized("fields", lambda n: ("{catalog{" + "name " * (n - 1) + "}}", None), 500),
    Sized(
        "input_depth",
        lambda n: (f"{{rate(charge: {json.dumps(nested(n))}){{__typename}}}}", None),
        24,
    ),
    Sized("input_depth", lambda n: ("{__typename}", {"a": nested(n)}), 24),
    Sized("input_values", lambda n: ("{__typename}", {str(i): 0 for i in range(n)}), 60_000),
    Sized("list_items", lambda n: ("{__typename}", {"a": [0] * n}), 3_660),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.limit}-{case.most}")
@pytest.mark.parametrize("beyond", [0, 1])
def test_a_limit_is_inclusive(client: httpx.Client, case: Sized, beyond: int) -> None:
    """A request as large as the limit is not over it, one that is larger by 1 is."""
    query, variables = case.make(case.most + beyond)
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    over = [each["extensions"].get("limit") for each in answer.get("errors", ())]
    assert (case.limit in over) == bool(beyond), answer


@pytest.mark.parametrize("beyond", [0, 1])
def test_tokens_are_bounded(client: httpx.Client, beyond: int) -> None:
    """A document of 1,000 tokens is parsed, and then has too many fields; one of 1,001 is not."""
    answer = client.post("/graphql", json={"query": tokens(1_000 + beyond)}).json()
    limits = {each["extensions"]["limit"] for each in answer["errors"]}
    assert limits == ({"document"} if beyond else {"fields", "root_fields"})


@pytest.mark.parametrize(("beyond", "status"), [(0, 200), (1, 413)])
def test_bodies_are_bounded(client: httpx.Client, beyond: int, status: int) -> None:
    """A body of 1,000,000 bytes is read, one of 1,000,001 is not."""
    body = b'{"query":"{__typename}"}'.ljust(1_000_000 + beyond)
    response = client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status


STORY = """query($start: DateTime!) {
  previewInvoice(story: {
    customer: {}, asOf: "2026-01-01T00:00:00Z"
    subscriptions: [{ratePlan: "nothing", version: 1, startedAt: $start}]
  }) { __typename }
}"""


@pytest.mark.parametrize(("start", "is_over"), [("2015-12-25", False), ("2015-12-24", True)])
def test_ranges_are_bounded(client: httpx.Client, start: str, *, is_over: bool) -> None:
    """3,660 days before 1 January 2026 is 25 December 2015: ten years and a week."""
    request = {"query": STORY, "variables": {"start": f"{start}T00:00:00Z"}}
    answer = client.post("/graphql", json=request).json()
    assert ("errors" in answer) == is_over, answer
    if is_over:
        [error] = answer["errors"]
        assert error["extensions"] == {
            "code": "LIMIT_EXCEEDED",
            "limit": "days",
            "hint": "ask for a shorter range",
        }
        assert "days 3661; at most 3660" in error["message"]


def test_costs_are_bounded(catalog: Catalog) -> None:
    """6 whole schemas are 18,006 units and 7 are 21,007: more than 20,000, which is for anyone.

    A server, and everyone in development mode, has ten times as much.
    """
    with running(create_application(Content(CatalogHolder(catalog)), ACCESS)) as address:
        for times, is_over in ((6, False), (7, True)):
            fields = " ".join(f"s{i}: __schema {{ types {{ name }} }}" for i in range(times))
            request = {"query": f"{{{fields}}}"}
            answer = httpx.post(f"{address}/graphql", json=request).json()
            assert ("errors" in answer) == is_over
        [error] = answer["errors"]
        assert error["message"] == "the operation has cost 21007; at most 20000 is executed"
        assert error["extensions"]["hint"] == HINTS["cost"]
        server = bearer(SERVER_KEY.secret)
        answer = httpx.post(f"{address}/graphql", json=request, headers=server).json()
        assert answer["extensions"]["cost"]["limit"] == 200_000


@pytest.mark.parametrize(
    ("times", "most"),
    [(1, 20_000), (10, 200_000), (100, 2_000_000)],
)
def test_who_is_trusted_may_ask_for_more(times: int, most: int) -> None:
    """So many times as much in one operation as in the bucket; never more than it holds."""
    limits = Limits(trusted_times=times)
    assert limits.most_cost(limits.trusted_rate) == limits.most_cost(None) == most
    assert limits.most_cost(limits.rate) == 20_000
    assert limits.most_cost(Rate(10, 1)) == 10


def test_a_hint_stands_for_every_limit_of_an_operation() -> None:
    """Whoever is over a limit is told how to ask for less."""
    measured = {*Measure.__annotations__, *VariableSizes.__annotations__, "cost", "days"}
    assert measured | {"document"} == set(HINTS)


# --- the greatest simulation

FEE = {"type": "RECURRING", "model": {"flat": {"amount": "1"}}}


def test_the_greatest_simulation_is_answered(tmp_path: Path) -> None:
    """13 charges over 3,660 days, with 13 daily series, every day shown: for a server's key.

    47,580 of the 50,000 days x charges that are simulated, and as many numbers among the variables.
    """
    charges = [{**FEE, "key": f"fee-{number}"} for number in range(13)]
    series = {"daily": {"quantities": ["12.5"] * 3_660}}
    usage = [
        {"meter": "calls", "quantity": series, "properties": {"number": number}}
        for number in range(13)
    ]
    variables = {
        "plans": [{"charges": {"currency": "USD", "charges": charges}}],
        "usage": [{"assumed": {"usage": usage}}],
        "from": "2016-10-01",
        "to": "2026-10-09",
    }
    request = {"query": SIMULATE, "variables": variables}
    tiny = load(write_catalog(tmp_path)).catalog
    assert tiny is not None
    with running(create_application(Content(CatalogHolder(tiny)), ACCESS)) as address:
        server = bearer(SERVER_KEY.secret)
        answer = httpx.post(f"{address}/graphql", json=request, headers=server, timeout=60).json()
    assert "errors" not in answer, answer["errors"]
    assert answer["extensions"]["cost"]["requested"] > LIMITS.cost
    [run] = answer["data"]["simulate"]["runs"]
    assert {len(row["days"]) for row in run["rows"]} == {3_660}


@pytest.mark.parametrize(
    ("plans", "usages", "days"), [(1, 1, 3_660), (20, 20, 125), (13, 1, 3_660)]
)
def test_what_the_bounds_of_a_simulation_allow_a_server_can_pay(
    plans: int, usages: int, days: int
) -> None:
    """However 50,000 days x charges come about, with a number for each and refs named."""
    document = parse(SIMULATE)
    [operation] = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    numbers = ["1"] * min(50_000 // usages // plans, 3_660)
    series = {"meter": "calls", "quantity": {"daily": {"quantities": numbers}}}
    found = Costing(executable_schema(), document).cost(
        operation,
        {
            "plans": [{"catalog": {"ratePlan": "basic", "ref": "main"}}] * plans,
            "usage": [{"assumed": {"usage": [series] * plans}}] * usages,
            "from": "2016-01-01",
            "to": str(date(2016, 1, 1) + timedelta(days=days)),
        },
    )
    assert found.units <= LIMITS.most_cost(LIMITS.trusted_rate)


def test_the_numbers_are_those_that_are_written_down() -> None:
    """A change of a default is a decision, not an accident."""
    bounds = {case.limit: case.most for case in CASES if case.limit != "document"}
    assert bounds == {name: getattr(LIMITS, name) for name in bounds}
    assert (LIMITS.body_bytes, LIMITS.tokens) == (1_000_000, 1_000)
    assert (LIMITS.document_characters, LIMITS.days, LIMITS.cost) == (50_000, 3_660, 20_000)
    assert LIMITS.days == LIMITS.list_items == MOST_DAYS
    assert LIMITS.input_values > MOST_CELLS
    assert (LIMITS.rate.capacity, LIMITS.rate.restored) == (50_000, 2_500)
    assert (LIMITS.trusted_rate.capacity, LIMITS.trusted_rate.restored) == (500_000, 25_000)


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, VariableSizes(0, 0, 0)),
        ({"a": 1, "b": "x"}, VariableSizes(0, 2, 0)),
        ({"a": []}, VariableSizes(1, 1, 0)),
        ({"a": [1, [2, 3, 4]], "b": {"c": {"d": 5}}}, VariableSizes(2, 9, 3)),
        # Deeper than 3: what is inside of that is not looked at.
        ({"a": [[[[[[1, 2, 3]]]]]]}, VariableSizes(4, 5, 1)),
        # More than 10 values at the first level: the second is not looked at.
        ({"a": [0] * 9 + [[0] * 100]}, VariableSizes(1, 11, 10)),
    ],
)
def test_variables_are_measured(variables: dict[str, object], found: VariableSizes) -> None:
    """Level by level, and no further than is allowed: depth 3 and 10 values here."""
    assert variable_sizes(variables, 3, 10) == found
