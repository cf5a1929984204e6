"""A repository that people push to, and a server that follows its branch."""

import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from tests.gateway.credentials import ACCESS, NOW, credentials
from tests.servers.gateway import running
from tests.sources.building import charge, commit, documents, git, plan, write

from planql.gateway.application import create_application
from planql.gateway.principals import Role
from planql.gateway.settings import Content
from planql.gateway.watching import Watcher
from planql.sources.served_branches import ServedBranch
from planql.stores.database import Database, open_database

SECRET = b"a secret of webhooks, and a long one"
SECONDS = 20.0
STATUS = """{ catalogStatus {
  commit digest servedSince branch lastCheckedAt nextCheckAt
  lastError { at commit code message hint problemCount problems { code message hint path line } }
} }"""


def priced(amount: str, **members: object) -> dict[str, object]:
    """The plan with another unit price, on line 16 of its file."""
    model = {"type": "per_unit", "unit_amount": amount}
    return plan(charges=[charge(model=model)], **members)


@dataclass(frozen=True)
class Pushed:
    """A repository with a catalog on `main`."""

    root: Path

    def push(self, message: str = "Prices", **changed: object) -> str:
        """Commit the catalog with some documents replaced; the commit."""
        write(self.root / "catalog", documents(**changed))
        return commit(self.root, message)

    def push_file(self, path: str, content: object) -> str:
        """Commit one more file."""
        write(self.root / "catalog", {path: content})
        return commit(self.root, f"Write {path}")

    def draft(self, ref: str, **changed: object) -> str:
        """Put a commit on `ref`, leaving `main` where it is."""
        git(self.root, "switch", "-q", "--detach", "main")
        made = self.push("Proposal", **changed)
        git(self.root, "update-ref", ref, made)
        git(self.root, "switch", "-q", "main")
        return made


@dataclass
class Following:
    """A running server that follows a branch.

    Attributes:
        pushed: Its repository.
        watcher: What follows it.
        client: Asks the server.
    """

    pushed: Pushed
    watcher: Watcher
    client: httpx.Client = field(default_factory=httpx.Client)

    def answer(self, query: str, role: Role = Role.SERVER, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """The whole answer to one kind of principal."""
        request = {"query": query, "variables": variables}
        return self.client.post("/graphql", json=request, headers=credentials()[role]).json()

    def ask(self, query: str, role: Role = Role.SERVER, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """The only field of an answer without errors."""
        answer = self.answer(query, role, **variables)
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        return found

    def status(self) -> Any:  # noqa: ANN401 - JSON
        """What `catalogStatus` says."""
        return self.ask(STATUS)

    def wait(self, until: Callable[[Any], object]) -> Any:  # noqa: ANN401 - JSON
        """The first status that is as it should be."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            found = self.status()
            if until(found):
                return found
            time.sleep(0.02)
        raise AssertionError(found)

    def served(self, commit: str) -> Any:  # noqa: ANN401 - JSON
        """The status, as soon as `commit` is served."""
        return self.wait(lambda status: status["commit"] == commit)

    def refused(self, commit: str) -> Any:  # noqa: ANN401 - JSON
        """The last error, as soon as it is about `commit`."""
        found = self.wait(lambda each: (each["lastError"] or {}).get("commit") == commit)
        return found["lastError"]

    def hook(self, body: bytes = b"{}", signature: str | None = None, **more: str) -> int:
        """The status of a webhook, which is signed rightly unless told otherwise."""
        right = "sha256=" + hmac.new(SECRET, body, "sha256").hexdigest()
        headers = {"x-hub-signature-256": right if signature is None else signature, **more}
        return self.client.post("/webhooks/git", content=body, headers=headers).status_code


def watcher_of(
    branch: ServedBranch,
    memory: Database | None = None,
    poll_seconds: float = 0.05,
    clock: Callable[[], datetime] = lambda: NOW,
) -> Watcher:
    """What follows a branch; without a database it remembers as long as it lives."""
    return Watcher(branch, memory or open_database("sqlite://"), clock, poll_seconds)


@contextmanager
def following(
    pushed: Pushed,
    *,
    memory: Database | None = None,
    poll_seconds: float = 0.05,
    allowed_refs: tuple[str, ...] = (),
    secret: bytes | None = SECRET,
) -> Iterator[Following]:
    """A server that follows `main` of a repository, and asks who calls."""
    branch = ServedBranch(pushed.root, allowed_refs=allowed_refs)
    watcher = watcher_of(branch, memory, poll_seconds)
    application = create_application(
        Content(watcher.holder, clock=lambda: NOW, watcher=watcher),
        replace(ACCESS, webhook_secret=secret),
    )
    with (
        watcher.watching(),
        running(application) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield Following(pushed, watcher, client)
