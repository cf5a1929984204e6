"""`POST /webhooks/git`: signed with the secret it makes the server look, and nothing more."""

import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gateway.following import SECRET, Following, Pushed, following
from tests.sources.building import plan

from planql.errors import InvalidInput
from planql.gateway.webhooks import webhook_secret

BODY = b'{"ref":"refs/heads/main","after":"0000000000000000000000000000000000000000"}'


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Following]:
    """A server that looks at its branch once an hour, unless someone asks."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First")
    with following(pushed, poll_seconds=3600) as found:
        yield found


def test_a_signed_webhook_makes_the_server_look(server: Following) -> None:
    """What is served then is what the branch says, whatever the body says."""
    second = server.pushed.push("Second", plan=plan(name="Second"))
    assert server.status()["commit"] != second
    assert server.hook(BODY) == 202
    assert server.served(second)["lastError"] is None


def test_the_same_webhook_again_does_no_harm(server: Following) -> None:
    """A request that is sent again makes the server look again, and finds what is there."""
    commit = server.status()["commit"]
    assert [server.hook(BODY) for _ in range(20)] == [202] * 20
    third = server.pushed.push("Third", plan=plan(name="Third"))
    assert server.hook(BODY) == 202
    assert server.served(third)["commit"] != commit


def signed(body: bytes, secret: bytes = SECRET) -> str:
    """The signature of a body."""
    return hmac.new(secret, body, "sha256").hexdigest()


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        f"sha256={signed(BODY, b'another secret of webhooks')}",
        f"sha256={signed(BODY + b' ')}",
        f"sha256={signed(BODY)}0",
        f"sha256={signed(BODY).upper()}",
        f"sha1={signed(BODY)}",
        signed(BODY),
        "sha256=" + "é" * 64,
    ],
)
def test_a_webhook_that_is_not_signed_is_refused(server: Following, signature: str) -> None:
    """Another secret, another body, another form: all are 401, and nobody looks."""
    before = server.watcher.status
    headers = {b"x-hub-signature-256": signature.encode()}
    answer = server.client.post("/webhooks/git", content=BODY, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    assert signed(BODY) not in answer.text
    assert server.watcher.status is before


def test_a_webhook_without_or_with_two_signatures_is_refused(server: Following) -> None:
    """There is exactly one signature."""
    right = ("x-hub-signature-256", f"sha256={signed(BODY)}")
    for headers in ([], [right, right]):
        answer = server.client.post("/webhooks/git", content=BODY, headers=headers)
        assert answer.status_code == 401


def test_only_post_is_a_webhook(server: Following) -> None:
    """Reading the address says which method is meant."""
    answer = server.client.get("/webhooks/git")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_body_that_is_too_long_is_refused(server: Following) -> None:
    """No more than the limit is read, signed or not."""
    assert server.hook(b" " * 5_000_001) == 413
    assert server.hook(b" " * 5_000_000) == 202


def test_without_a_secret_there_is_no_webhook(tmp_path: Path) -> None:
    """A server that was given no secret has nothing at that address."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First")
    with following(pushed, secret=None) as server:
        answer = server.client.post("/webhooks/git", content=BODY)
    assert answer.status_code == 404
    assert json.loads(answer.text)["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


def test_a_short_secret_is_refused_and_not_repeated() -> None:
    """Sixteen bytes are the least; blanks around it, as files have them, do not count."""
    assert webhook_secret(" 0123456789abcdef\n") == b"0123456789abcdef"
    with pytest.raises(InvalidInput, match="16 or more") as caught:
        webhook_secret("0123456789abcde ")
    assert "0123" not in str(caught.value)
