"""The queries of the catalog: what they answer, and the mistakes that they tell."""

from typing import Any

import pytest
from tests.gateway.rate_operation import MISTAKE, Ask

PLAN = (
    "query($key: String!, $version: Int, $asOf: DateTime) { ratePlan(key: $key, version: $version,"
    " asOf: $asOf) { ... on ChosenRatePlan { reason because ratePlan { key version status } }"
    f" {MISTAKE} }} }}"
)


@pytest.mark.parametrize(
    ("variables", "version", "reason"),
    [
        ({"key": "support-pro", "version": 1}, 1, "REQUESTED"),
        ({"key": "sales-growth", "version": 3}, 3, "REQUESTED"),
        ({"key": "support-pro"}, 2, "IN_FORCE"),
        ({"key": "support-pro", "asOf": "2026-03-01T00:00:00Z"}, 2, "IN_FORCE"),
    ],
)
def test_a_version_is_answered_with_its_reason(
    ask: Ask, variables: dict[str, Any], version: int, reason: str
) -> None:
    """The version asked for, or the newest published one in force; and why."""
    chosen = ask(PLAN, variables)["ratePlan"]
    assert (chosen["ratePlan"]["version"], chosen["reason"]) == (version, reason)
    assert f"version {version}" in chosen["because"]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"key": "support-pr"}, "unknown-reference"),
        ({"key": "support-pro", "version": 9}, "unknown-reference"),
        ({"key": "support-pro", "asOf": "2020-01-01T00:00:00Z"}, "no-version-in-force"),
    ],
)
def test_a_version_that_is_not_there_is_a_mistake(
    ask: Ask, variables: dict[str, Any], code: str
) -> None:
    """An unknown plan or version, or a day before the first one, is told as such."""
    mistake = ask(PLAN, variables)["ratePlan"]
    assert (mistake["__typename"], mistake["code"]) == ("UnknownReferenceError", code)


def test_the_parts_of_the_catalog_are_those_of_the_whole(ask: Ask) -> None:
    """`products`, `meters` and `discounts` are the lists of `catalog`."""
    parts = "products { key ratePlans { key version product { key } } } meters { key } "
    parts += "discounts { key }"
    answer = ask(f"{{ {parts} catalog {{ digest commit agentTypes {{ key }} {parts} }} }}")
    whole = answer.pop("catalog")
    assert answer == {name: whole[name] for name in answer}
    assert len(whole["digest"]) == 64
