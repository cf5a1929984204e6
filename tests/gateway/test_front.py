"""What every request passes, and how answers are sent."""

from collections.abc import Mapping

import httpx
import pytest
from msgspec import structs
from starlette.types import Message, Scope
from tests.gateway.calling import front, gone

from planql.gateway.answers import Answer, result_body
from planql.gateway.calls import Call, joined
from planql.gateway.front import Answering
from planql.gateway.operating.metrics import Metrics
from planql.gateway.requests import Disconnected

LONG = b"0" * 20_000
BEGIN, END = b'{"data":', b',"extensions":{"cost":{}}}'


def scope(path: str = "/x", query: bytes = b"") -> Scope:
    """A request for an address."""
    headers = [(b"host", b"localhost")]
    about = {"method": "GET", "path": path, "query_string": query, "headers": headers}
    return {"type": "http", **about}


async def in_parts(call: Call) -> Answer:
    """An answer with data, long or short."""
    return Answer(200, result_body((LONG if call.query else b"0",), (), {}))


async def defective(_: Call) -> Answer:
    """Meets a defect whose message is secret."""
    message = "secret"
    raise RuntimeError(message)


async def sent(
    addresses: Mapping[str, Answering], asked: Scope, metrics: Metrics | None = None
) -> list[Message]:
    """What is sent for a request."""
    found: list[Message] = []

    async def send(message: Message) -> None:
        found.append(message)

    await front(addresses, metrics)(asked, gone, send)
    return found


@pytest.mark.anyio
async def test_a_request_that_was_given_up_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Its caller went away: there is no status, and it counts as 0."""

    async def give_up(_: Call) -> Answer:
        raise Disconnected

    metrics = Metrics([])
    caplog.set_level("INFO", "planql.requests")
    assert await sent({"/x": give_up}, scope(), metrics) == []
    assert "GET /x no answer" in caplog.text
    assert 'status="0"} 1.0' in metrics.page("")[0].decode()


@pytest.mark.anyio
async def test_a_defect_is_json(caplog: pytest.LogCaptureFixture) -> None:
    """At every address a defect is answered in JSON that says nothing of it; the log does."""
    transport = httpx.ASGITransport(app=front({"/x": defective}))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        response = await client.get("/x")
    extensions = response.json()["errors"][0]["extensions"]
    assert response.status_code == 500
    assert extensions["code"] == "INTERNAL_SERVER_ERROR"
    assert extensions["requestId"] == response.headers["x-request-id"]
    assert "secret" not in response.text
    assert "secret" in caplog.text


@pytest.mark.anyio
async def test_a_defect_after_an_answer_began_is_only_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing can be put right then."""
    begun: list[str] = []

    async def send(message: Message) -> None:
        begun.append(message["type"])
        if len(begun) > 1:
            raise RuntimeError

    await front({"/x": in_parts})(scope(), gone, send)
    assert begun == ["http.response.start", "http.response.body"]
    assert "met a defect" in caplog.text


@pytest.mark.anyio
async def test_what_is_no_request_is_refused() -> None:
    """There are neither WebSockets nor anything to do when the server starts."""
    with pytest.raises(ValueError, match="websocket"):
        await sent({}, {"type": "websocket"})


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("query", "bodies"), [(b"", [BEGIN + b"0" + END]), (b"long", [BEGIN, LONG, END])]
)
async def test_long_bodies_are_sent_as_they_are(query: bytes, bodies: list[bytes]) -> None:
    """A long part is not copied; short ones are sent as one. The length is known either way."""
    start, *parts = await sent({"/x": in_parts}, scope(query=query))
    assert [each["body"] for each in parts] == bodies
    assert [each.get("more_body", False) for each in parts] == [True] * (len(parts) - 1) + [False]
    assert dict(start["headers"])[b"content-length"] == b"%d" % len(b"".join(bodies))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "query", "location"),
    [("/x/", b"", b"/x"), ("/x///", b"a=%2F", b"/x?a=%2F"), ("//x/", b"", None), ("/y", b"", None)],
)
async def test_a_slash_too_many_leads_to_the_address(
    path: str, query: bytes, location: bytes | None
) -> None:
    """To one of this server's own, with its query string; there is nothing anywhere else."""
    start, *_ = await sent({"/x": in_parts}, scope(path, query))
    found = (start["status"], dict(start["headers"]).get(b"location"))
    assert found == ((404, None) if location is None else (307, location))


def test_lines_of_one_header_are_a_list() -> None:
    """Whoever sends two hosts has sent neither of them."""
    lines = [(b"host", b"a"), (b"accept", b"x"), (b"host", b"b")]
    assert joined(lines) == {b"host": b"a, b", b"accept": b"x"}
    assert joined(lines[:2]) == dict(lines[:2])


def test_what_an_answer_says_instead_stands_once() -> None:
    """Its own headers take the place of the usual ones; of no body nothing is said."""
    answer = Answer(200, (b"a",), headers={"cache-control": "no-cache", "x-of-its-own": "b"})
    names = [name for name, _ in answer.head()]
    assert len(names) == len({*names})
    assert dict(answer.head())[b"cache-control"] == b"no-cache"
    unchanged = dict(structs.replace(answer, status=304).head())
    assert not {b"content-type", b"content-length"} & {*unchanged}
