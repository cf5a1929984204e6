"""What an answer says about mistakes, and what it does not."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import strawberry
from graphql import GraphQLError, GraphQLSchema
from starlette.types import Message, Receive
from tests.gateway.calling import front, gone

from planql.catalog.snapshot import Catalog, inline_catalog
from planql.errors import InvalidInput
from planql.gateway.context import Info
from planql.gateway.endpoint import GraphQLEndpoint
from planql.gateway.front import Front
from planql.gateway.pages import Page
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules
from planql.gateway.statuses import Statuses


@strawberry.type
class Query:
    """A schema that goes wrong in every way."""

    @strawberry.field
    def defect(self) -> str | None:
        """Meets a defect whose message is secret."""
        message = "secret"
        raise RuntimeError(message)

    @strawberry.field
    def mistake(self) -> str | None:
        """Meets a mistake of the caller."""
        raise InvalidInput("a-code", "a message")

    @strawberry.field
    def refusal(self) -> str | None:
        """Is refused by GraphQL's own rules."""
        raise GraphQLError("an explanation")

    @strawberry.field
    def digest(self, info: Info) -> str:
        """Tells which catalog is served."""
        return info.context.served.catalog.digest

    @strawberry.field
    def now(self, info: Info) -> str:
        """Tells when the request came."""
        return info.context.now.isoformat()


@strawberry.type
class Mutation:
    """A change."""

    @strawberry.mutation
    def change(self) -> str:
        """Changes nothing."""
        return "changed"


@pytest.fixture
def holder() -> CatalogHolder:
    """An empty catalog."""
    return CatalogHolder(inline_catalog([]))


@pytest.fixture
def endpoint(holder: CatalogHolder) -> Front:
    """The endpoint over the schema that goes wrong."""
    return endpoint_over(holder)


def endpoint_over(holder: CatalogHolder, statuses: Statuses = Statuses.AUDITS) -> Front:
    """The endpoint with the statuses of an edition, behind the front of every address."""
    schema: GraphQLSchema = strawberry.Schema(query=Query, mutation=Mutation)._schema  # noqa: SLF001 - strawberry has no name for it
    schemas, content, page = {Role.ADMIN: schema}, Content(holder), Page(Path("nowhere"))
    found = GraphQLEndpoint(schemas, content, Rules(statuses=statuses), page)
    return front({"/": found.answer})


async def ask(endpoint: Front, query: str, method: str = "POST") -> httpx.Response:
    """The answer of the endpoint as an ASGI application."""
    transport = httpx.ASGITransport(app=endpoint)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        if method == "GET":
            return await client.get("/", params={"query": query})
        return await client.post("/", json={"query": query})


@pytest.mark.anyio
async def test_a_defect_is_masked_and_logged(
    endpoint: Front, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer names a request id and nothing else; the log tells the rest under that id."""
    with caplog.at_level(logging.ERROR, "planql.gateway"):
        response = await ask(endpoint, "{ defect }")
    [error] = response.json()["errors"]
    assert "secret" not in response.text
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert error["path"] == ["defect"]
    assert error["extensions"]["requestId"] in caplog.text
    assert "secret" in caplog.text


@pytest.mark.anyio
async def test_a_mistake_keeps_its_message(endpoint: Front) -> None:
    """What the caller can mend is told as it is, with the core's code as the reason."""
    [error] = (await ask(endpoint, "{ mistake }")).json()["errors"]
    assert error["message"] == "a message"
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "reason": "a-code"}


@pytest.mark.anyio
async def test_a_refusal_of_graphql_keeps_its_message(endpoint: Front) -> None:
    """So is what GraphQL itself refuses while it executes."""
    answer = (await ask(endpoint, "{ refusal }")).json()
    assert answer["errors"][0]["message"] == "an explanation"
    assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert answer["data"] == {"refusal": None}


@pytest.mark.anyio
async def test_partial_success_has_a_status_of_its_own(holder: CatalogHolder) -> None:
    """By the edition of September 2026, data beside errors is answered with 294."""
    found = endpoint_over(holder, Statuses.SEPTEMBER_2026)
    transport = httpx.ASGITransport(app=found)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        headers = {"accept": "application/graphql-response+json"}
        response = await client.post("/", json={"query": "{ refusal now }"}, headers=headers)
    assert response.status_code == 294
    assert set(response.json()) == {"data", "errors", "extensions"}


@pytest.mark.anyio
async def test_get_changes_nothing(endpoint: Front) -> None:
    """A mutation is executed by POST only; GET is refused with the method that would do."""
    refused = await ask(endpoint, "mutation { change }", "GET")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert (await ask(endpoint, "mutation { change }")).json()["data"] == {"change": "changed"}


@pytest.mark.anyio
async def test_a_swapped_catalog_is_served_at_once(
    endpoint: Front, holder: CatalogHolder, catalog: Catalog
) -> None:
    """The next request after a swap is answered from the new snapshot."""
    before = (await ask(endpoint, "{ digest }")).json()["data"]["digest"]
    holder.swap(catalog)
    after = (await ask(endpoint, "{ digest }")).json()["data"]["digest"]
    assert (before, after) == ("", catalog.digest)


@pytest.mark.anyio
async def test_now_is_when_the_request_came(endpoint: Front) -> None:
    """The gateway's clock gives aware instants in UTC."""
    answered = (await ask(endpoint, "{ now }")).json()["data"]["now"]
    assert abs((datetime.now(UTC) - datetime.fromisoformat(answered)).total_seconds()) < 60


@pytest.mark.anyio
async def test_a_defect_outside_execution_is_masked(
    endpoint: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks, the answer is JSON with a request id."""
    monkeypatch.setattr("planql.gateway.endpoint.Context", None)
    response = await ask(endpoint, "{ now }")
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"


def sent_to(endpoint: Front, receive: Receive) -> list[Message]:
    """What is sent for a POST whose body comes from `receive`."""
    sent: list[Message] = []
    headers = [(b"content-type", b"application/json"), (b"host", b"localhost")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(endpoint(scope, receive, send))
    return sent


def test_a_client_that_went_away_is_not_answered(endpoint: Front) -> None:
    """When the connection ends before the body does, nothing is sent."""
    assert sent_to(endpoint, gone) == []


def test_a_body_without_a_length_is_counted(endpoint: Front) -> None:
    """A body whose length is not announced is read no further than its limit."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b" " * 400_000, "more_body": True}

    sent = sent_to(endpoint, receive)
    assert (sent[0]["status"], received) == (413, 3)
