"""Bodies: the usual one is read at once, and means what it means member by member."""

import asyncio
import json
from collections.abc import Mapping

from hypothesis import example, given
from hypothesis import strategies as st
from starlette.types import Message
from tests.gateway.calling import a_call

from planql.gateway.refusals import Refusal
from planql.gateway.requests import GraphQLRequest, read_request

MEMBERS: Mapping[str, tuple[str, ...]] = {
    "query": ('"{ a }"', "null", '""', '" \\n"', "1", '"\\u2003"'),
    "documentId": ('"sha256:a"', "null", '""', "[]"),
    "operationName": ('"A"', "null", '""', "1"),
    "variables": (
        "{}",
        "null",
        '{"a": 1.50, "b": [1e2, -0, null]}',
        '{"a": 1, "a": 2}',
        "[]",
        '""',
    ),
    "extensions": ("{}", "null", '{"a": [2.5]}', "[]"),
}
PAIRS = [(name, value) for name, values in MEMBERS.items() for value in values]


def read(body: str) -> GraphQLRequest | str:
    """The request in a body, or why there is none."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body.encode()}

    call = a_call(headers={"content-type": "application/json"}, receive=receive)
    try:
        return asyncio.run(read_request(call, len(body.encode())))
    except Refusal as refusal:
        return json.dumps(refusal.errors)


@given(st.lists(st.sampled_from(PAIRS), max_size=6))
@example([("query", "1"), ("query", '"{ a }"')])
@example([("query", '"{ a }"'), ("documentId", "null"), ("variables", "null")])
def test_a_member_more_that_nobody_knows_changes_nothing(members: list[tuple[str, str]]) -> None:
    """With one, a body is read member by member; of those that stand twice, the last one counts."""
    text = "".join(f', "{name}": {value}' for name, value in members)
    usual = read(f"{{{text[2:]}}}")
    found = read(f'{{"unknown": 1{text}}}')
    assert usual == found
    assert repr(usual) == repr(found)
