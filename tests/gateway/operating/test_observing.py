"""What surrounds every request: ids, and what nobody answered."""

from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.notes import note_of
from planql.gateway.operating.observing import Observers, Observing

SCOPE: Scope = {"type": "http", "method": "GET", "path": "/x", "headers": []}


async def nothing() -> Message:
    """A client that sends nothing more."""
    return {"type": "http.disconnect"}


@pytest.mark.anyio
async def test_a_request_that_was_given_up_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Its caller went away: there is no status, and it counts as 0."""
    metrics, sent = Metrics([]), []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        """Answer nothing."""

    async def send(message: Message) -> None:
        sent.append(message)

    caplog.set_level("INFO", "planql.requests")
    await Observing(app, Observers(metrics, Lifecycle()))(dict(SCOPE), nothing, send)
    assert "GET /x no answer" in caplog.text
    assert 'status="0"} 1.0' in metrics.page("")[0].decode()
    assert sent == []


@pytest.mark.anyio
async def test_a_defect_after_an_answer_began_is_only_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing can be put right then."""
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})
        raise RuntimeError

    async def send(message: Message) -> None:
        sent.append(message)

    await Observing(app, Observers(Metrics([]), Lifecycle()))(dict(SCOPE), nothing, send)
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert "met a defect" in caplog.text


@pytest.mark.anyio
async def test_what_is_no_request_goes_through() -> None:
    """Such as the start of the server."""
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def send(_message: Message) -> None:
        """Take anything."""

    await Observing(app, Observers(Metrics([]), Lifecycle()))({"type": "lifespan"}, nothing, send)
    assert seen == ["lifespan"]


def test_a_note_is_there_even_where_nobody_observes() -> None:
    """An endpoint by itself notes for nobody, and twice in the same note."""
    scope = dict(SCOPE)
    assert note_of(scope) is note_of(scope)


def test_workers_counts_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What several processes have counted is read from the folder that they share."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert Metrics([]).page("")[0] == b""
