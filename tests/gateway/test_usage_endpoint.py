"""Usage that is sent: recorded exactly once, refused one by one, answered in JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.gateway.calling import a_call
from tests.gateway.conftest import NOW, Shop
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.limits import Limits
from planql.gateway.principals import Server
from planql.gateway.requests import Disconnected
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules
from planql.gateway.usage_endpoint import UsageEndpoint
from planql.stores.database import Database, open_database
from planql.stores.usage import read_events

ONE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
LINES = "application/x-ndjson"

RECORD = """mutation M($events: [NewUsageEventInput!]!) { recordUsage(events: $events) {
  ... on UsageReport { recorded duplicates rejected
    events { position status code reason path } }
  ... on UserError { code message } } }"""


def event(id_: str = "1", **members: object) -> dict[str, Any]:
    """A CloudEvent of a call."""
    whole = {
        "specversion": "1.0",
        "id": id_,
        "source": "exchange",
        "type": "call",
        "subject": "acme",
        "time": "2026-04-02T10:00:00Z",
    }
    return {**whole, **members}


def stored(database: Database) -> list[str]:
    """The ids of acme's calls."""
    far = datetime(2100, 1, 1, tzinfo=UTC)
    return [each.id for each in read_events(database, ["acme"], ["call", "transfer"], far)["acme"]]


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (ONE, json.dumps(event())),
        ("Application/CloudEvents+JSON; charset=UTF-8", json.dumps(event(), indent=2)),
        (BATCH, json.dumps([event()])),
        (LINES, json.dumps(event())),
        ("application/jsonl", "\n" + json.dumps(event()) + "\r\n\n"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_format_is_taken_and_a_retry_is_a_duplicate(
    shop: Shop, media_type: str, body: str
) -> None:
    """One event, a batch, or lines: the same event is recorded once, however it comes."""
    first = shop.send(media_type, body)
    assert (first.status_code, first.json()["stored"]) == (200, 1)
    again = shop.send(media_type, body)
    [duplicate] = again.json()["duplicates"]
    assert (duplicate["source"], duplicate["id"]) == ("exchange", "1")
    assert again.json()["stored"] == 0
    assert stored(shop.database) == ["1"]


def test_bad_events_are_refused_one_by_one(shop: Shop) -> None:
    """What is good is kept, in the same batch as what is not; a repeat counts once."""
    events = [
        event("1"),
        event("2", subject=""),
        event("3", time="yesterday"),
        event("1"),
        event("4", type="transfer", data={"bytes": "many"}),
        event("5\0"),
        {"id": "6"},
        event("7", type="transfer", data={"bytes": 7}),
    ]
    answer = shop.send(BATCH, json.dumps(events))
    assert answer.status_code == 200
    found = answer.json()
    assert found["stored"] == 2
    assert [each["position"] for each in found["duplicates"]] == [4]
    refused = {each["position"]: (each["code"], each["pointer"]) for each in found["rejected"]}
    assert refused[2] == ("missing-member", "/subject")
    assert refused[3] == ("not-an-instant", "/time")
    assert refused[5] == ("unreadable-value", "/data/bytes")
    assert refused[6] == ("nul-character", "/id")
    assert set(refused) == {2, 3, 5, 6, 7}
    assert sorted(stored(shop.database)) == ["1", "7"]


def test_lines_keep_their_numbers(shop: Shop) -> None:
    """Blank lines are skipped and counted, so that a sender finds the line."""
    body = (
        f"{json.dumps(event('1'))}\n\n{{broken\n{json.dumps(event('2'))}\n{json.dumps(event('1'))}"
    )
    found = shop.send(LINES, body).json()
    assert found["stored"] == 2
    assert [each["position"] for each in found["rejected"]] == [3]
    assert [each["position"] for each in found["duplicates"]] == [5]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_when_it_was_recorded_is_not_believed(shop: Shop) -> None:
    """A stranger who says that usage was known long ago would escape late usage."""
    shop.send(ONE, json.dumps(event(recorded_at="2020-01-01T00:00:00Z")))
    far = datetime(2100, 1, 1, tzinfo=UTC)
    [found] = read_events(shop.database, ["acme"], ["call"], far)["acme"]
    assert found.recorded_at == shop.now


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (ONE, "{"),
        (ONE, ""),
        (ONE, "[]"),
        (ONE, '{"id": "1"}'),
        (BATCH, "{"),
        (BATCH, "[]"),
        (BATCH, json.dumps(event())),
        (BATCH, "[1, 2]"),
        (BATCH, b"[\xff]"),
        (BATCH, "[" * 100_000),
        (LINES, ""),
        (LINES, "\n \n"),
        (LINES, b"\xff\xfe"),
        (LINES, "nothing\nof this"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_read_at_all_is_a_bad_request(
    shop: Shop, media_type: str, body: bytes | str
) -> None:
    """400 in JSON, with the reasons as far as there are events to give them for."""
    answer = shop.send(media_type, body)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    ("method", "headers", "status", "code"),
    [
        ("GET", {}, 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", {}, 405, "METHOD_NOT_ALLOWED"),
        ("POST", {}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"content-type": "application/json"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"content-type": f"{ONE}; charset=latin1"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", {"content-type": ONE, "content-encoding": "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_other_requests_are_refused_in_json(
    shop: Shop, method: str, headers: dict[str, str], status: int, code: str
) -> None:
    """Method and media type are checked before anything is read."""
    answer = shop.client.request(method, "/usage", headers=headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code


@pytest.fixture
def small(shop_catalog: Catalog) -> Iterator[httpx.Client]:
    """A server that reads 100 bytes, and needs no file."""
    gone = open_database("sqlite://")
    limits = Limits(usage_bytes=100)
    application = create_application(
        Content(CatalogHolder(shop_catalog), clock=lambda: NOW, database=gone),
        rules=Rules(limits=limits),
    )
    with running(application) as address, httpx.Client(base_url=address) as found:
        yield found
    gone.close()


def test_a_body_has_a_greatest_length(small: httpx.Client) -> None:
    """413, whether the length is announced or not."""
    headers = {"content-type": LINES}
    assert small.post("/usage", content=b"x" * 101, headers=headers).status_code == 413

    def parts() -> Iterator[bytes]:
        yield b"x" * 60
        yield b"x" * 60

    assert small.post("/usage", content=parts(), headers=headers).status_code == 413
    assert small.post("/usage", content=b"x" * 100, headers=headers).status_code == 400


def test_a_defect_is_masked(
    small: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken database says nothing of itself to strangers; the log does."""

    def broken(*_: object) -> None:
        message = "secret"
        raise RuntimeError(message)

    monkeypatch.setattr("planql.gateway.usage_endpoint.record_usage", broken)
    answer = small.post("/usage", content=b"{}", headers={"content-type": ONE})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" in caplog.text


@pytest.mark.anyio
async def test_a_sender_that_goes_away_is_not_answered(shop_catalog: Catalog) -> None:
    """Nothing is recorded of a body that does not come to its end."""
    database = open_database("sqlite://")
    endpoint = UsageEndpoint(CatalogHolder(shop_catalog), database, lambda: NOW, 100)
    call = a_call(headers={"content-type": ONE})
    call.principal = Server("billing")
    with pytest.raises(Disconnected):
        await endpoint.answer(call)
    database.close()


def test_without_a_database_usage_is_refused(client: httpx.Client) -> None:
    """503 says how to start a server that keeps it."""
    answer = client.post("/usage", content=json.dumps(event()), headers={"content-type": ONE})
    assert answer.status_code == 503
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "NO_STORE"
    assert "--store" in error["message"]


def test_events_are_recorded_by_mutation(shop: Shop) -> None:
    """Each event has its outcome, in its place; a mistake has a path into the arguments."""
    sent = {"source": "exchange", "type": "call", "subject": "acme", "time": "2026-04-02T10:00:00Z"}
    events: list[dict[str, Any]] = [
        {**sent, "id": "1"},
        {**sent, "id": "1"},
        {**sent, "id": "2", "type": "transfer", "data": {"bytes": "many"}},
        {**sent, "id": "", "data": []},
    ]
    found = shop.ask(RECORD, events=events)
    assert (found["recorded"], found["duplicates"], found["rejected"]) == (1, 1, 2)
    statuses = [each["status"] for each in found["events"]]
    assert statuses == ["RECORDED", "DUPLICATE", "REJECTED", "REJECTED"]
    assert found["events"][2]["code"] == "unreadable-value"
    assert found["events"][2]["path"] == ["events", "2", "data", "bytes"]
    assert shop.ask(RECORD, events=events[:1])["duplicates"] == 1
    assert stored(shop.database) == ["1"]


def test_without_a_database_nothing_is_recorded_by_mutation(client: httpx.Client) -> None:
    """The mutation answers with a typed mistake."""
    request = {"query": RECORD, "variables": {"events": []}}
    found = client.post("/graphql", json=request).json()["data"]["recordUsage"]
    assert found["code"] == "no-store"
