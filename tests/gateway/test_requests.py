"""Requests of every kind, well-formed and not, to the real server."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from planql.gateway.codes import ErrorCode

CASES = Path(__file__).resolve().parents[1] / "cases" / "gateway" / "requests"


@dataclass(frozen=True)
class Case:
    """A request and what it is answered with."""

    name: str
    because: str
    status: int
    method: str
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_hex: str = ""
    times: int = 1
    type: str = ""
    code: str = ""
    limit: str = ""
    allow: str = ""
    no_accept: bool = False
    needs_page: bool = False

    def send(self, client: httpx.Client) -> httpx.Response:
        """Send it, with no header that is not its own."""
        content = bytes.fromhex(self.body_hex) or (self.body * self.times).encode()
        request = client.build_request(
            self.method, self.path, headers=self.headers, content=content
        )
        if self.no_accept:
            del request.headers["accept"]
        return client.send(request)


def load(path: Path) -> list[Any]:
    """The cases of one file."""
    found = [Case(**document) for document in json.loads(path.read_text(encoding="utf-8"))]
    return [pytest.param(case, id=f"{path.stem}-{case.name}") for case in found]


ALL = [case for path in sorted(CASES.glob("*.json")) for case in load(path)]


@pytest.mark.parametrize("case", ALL)
def test_a_request_is_answered_as_its_case_says(client: httpx.Client, case: Case) -> None:
    """Status, media type, headers and error code are those of the case."""
    response = case.send(client)
    if case.needs_page and response.status_code == 503:
        assert "build_web.py" in response.text
        return
    assert response.status_code == case.status, response.text
    assert response.headers.get("allow", "").lower() == case.allow.lower() or not case.allow
    assert response.headers["content-type"].startswith(case.type)
    if case.code:
        errors = response.json()["errors"]
        assert {error["extensions"]["code"] for error in errors} == {case.code}
        assert not case.limit or errors[0]["extensions"]["limit"] == case.limit


@pytest.mark.parametrize("case", [each for each in ALL if each.values[0].code])
def test_a_refusal_is_json_without_data(client: httpx.Client, case: Case) -> None:
    """What is refused or not executed is answered in JSON, with a message and without `data`."""
    response = case.send(client)
    assert response.headers["content-type"].split(";")[0].endswith("json")
    answer = response.json()
    assert set(answer) == {"errors"}
    for error in answer["errors"]:
        assert error["message"]
        assert error["extensions"]["code"] in set(ErrorCode)


def test_the_corpus_is_large() -> None:
    """The corpus covers every file of its folder, none of them empty."""
    assert len(ALL) > 100
    assert all(load(path) for path in CASES.glob("*.json"))
