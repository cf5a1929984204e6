"""Requests that are made to make a server work: each is refused at once, and nothing executed.

A case is a file: `<name>.graphql`, whose first comment says why and whose second one names the
code, and the limit when it is one; or `<name>.json` with the same members, where texts are lists
of parts and how often each stands, and `{n}` counts.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

CASES = Path(__file__).resolve().parents[1] / "cases" / "gateway" / "attacks"
HEADERS = {
    "content-type": "application/json",
    "accept": "application/graphql-response+json",
}
SECONDS = 1.0
"""Ten times what the largest of them takes; on a busy machine even nothing takes a while."""


@dataclass(frozen=True)
class Attack:
    """A request, and the refusal that answers it."""

    body: str
    code: str
    limit: str
    status: int


def parts(found: list[list[Any]]) -> str:
    """The text that parts make, each as often as it says."""
    return "".join(
        part.replace("{n}", str(place)) for part, times in found for place in range(times)
    )


def load(path: Path) -> Attack:
    """The attack of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".graphql":
        _, expected, *_ = text.splitlines()
        _, code, *limit = expected.split()
        return Attack(json.dumps({"query": text}), code, " ".join(limit), 400)
    case = json.loads(text)
    query = json.dumps({"query": parts(case["query"])}) if "query" in case else ""
    return Attack(
        query or parts(case["body"]), case["code"], case.get("limit", ""), case.get("status", 400)
    )


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_an_attack_is_refused_at_once(client: httpx.Client, path: Path) -> None:
    """Status, code and limit are those of the case; there is no data, and it takes no time."""
    attack = load(path)
    started = time.perf_counter()
    response = client.post("/graphql", content=attack.body, headers=HEADERS)
    seconds = time.perf_counter() - started
    answer = response.json()
    assert set(answer) == {"errors"}
    found = [error["extensions"] for error in answer["errors"]]
    assert {each["code"] for each in found} == {attack.code}, answer
    assert not attack.limit or attack.limit in {each["limit"] for each in found}
    assert response.status_code == attack.status
    assert len(response.content) < 10_000
    assert seconds < SECONDS
