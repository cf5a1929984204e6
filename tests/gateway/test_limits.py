"""Every limit, at its number and one beyond."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest

from planql.gateway.limits import Limits
from planql.gateway.variable_sizes import VariableSizes, variable_sizes

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
    Sized("input_values", lambda n: ("{__typename}", {str(i): 0 for i in range(n)}), 25_000),
    Sized("list_items", lambda n: ("{__typename}", {"a": [0] * n}), 1_000),
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
        assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "days"}
        assert "days 3661; at most 3660" in error["message"]


def test_costs_are_bounded(client: httpx.Client) -> None:
    """6 whole schemas are 18,006 units, which is executed; 7 are 21,007, and 20,000 are."""
    for times, is_over in ((6, False), (7, True)):
        fields = " ".join(f"s{i}: __schema {{ types {{ name }} }}" for i in range(times))
        answer = client.post("/graphql", json={"query": f"{{{fields}}}"}).json()
        assert ("errors" in answer) == is_over
    assert "cost 21007; at most 20000" in answer["errors"][0]["message"]


def test_the_numbers_are_those_that_are_written_down() -> None:
    """A change of a default is a decision, not an accident."""
    bounds = {case.limit: case.most for case in CASES if case.limit != "document"}
    assert bounds == {name: getattr(LIMITS, name) for name in bounds}
    assert (LIMITS.body_bytes, LIMITS.tokens) == (1_000_000, 1_000)
    assert (LIMITS.document_characters, LIMITS.days, LIMITS.cost) == (50_000, 3_660, 20_000)
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
