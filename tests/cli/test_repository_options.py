"""`planql serve --repository`: a branch is served and followed; what cannot be is told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.gateway.following import Pushed, priced
from tests.sources.building import git, plan

from planql.cli.main import main

MAIN = "import sys; from planql.cli.main import main; sys.exit(main())"
SIGNED_WITH = "a secret of webhooks, and a long one"
SECONDS = 20.0


@pytest.fixture
def pushed(tmp_path: Path) -> Pushed:
    """A repository with one commit."""
    found = Pushed(tmp_path / "repository")
    found.push("First")
    return found


@contextmanager
def serving(*arguments: object, environment: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A running `planql serve`: its address, and what it said after that."""
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        address = run.stdout.readline().partition(": ")[2].split()[0]
        run.stdout.readline()
        yield address, run
        run.send_signal(signal.SIGTERM)
        run.wait(SECONDS)
    assert run.returncode == 0


def served(address: str) -> Any:  # noqa: ANN401 - JSON
    """What the server says of what it serves."""
    query = "{ catalogStatus { commit lastError { code } } }"
    return httpx.post(address, json={"query": query}).json()["data"]["catalogStatus"]


def wait_for(address: str, commit: str) -> None:
    """Until a commit is served."""
    deadline = time.monotonic() + SECONDS
    while served(address)["commit"] != commit:
        assert time.monotonic() < deadline, served(address)
        time.sleep(0.1)


def test_a_branch_is_served_and_followed(pushed: Pushed) -> None:
    """The commit is named at the start, a push is served within a poll, and nothing is said."""
    with serving("--repository", pushed.root, "--poll-seconds", "1") as (address, run):
        first = git(pushed.root, "rev-parse", "HEAD")
        line = run.stdout.readline()
        assert line == f'Serving commit {first[:12]} and following branch "main"\n'
        wait_for(address, pushed.push("Second", plan=plan(name="Second")))
        assert served(address)["lastError"] is None


def test_another_branch_and_folder(pushed: Pushed) -> None:
    """`--branch` and `--folder` say where the prices are."""
    git(pushed.root, "switch", "-q", "-c", "prices")
    git(pushed.root, "mv", "catalog", "pricing")
    git(pushed.root, "commit", "-q", "-m", "Move")
    git(pushed.root, "switch", "-q", "main")
    options = ("--branch", "prices", "--folder", "pricing")
    with serving("--repository", pushed.root, *options) as (address, _):
        assert served(address)["commit"] == git(pushed.root, "rev-parse", "prices")


def test_a_store_remembers_what_was_served(pushed: Pushed, tmp_path: Path) -> None:
    """After a restart a changed version is refused; standard error says what is served instead."""
    store = f"sqlite:///{tmp_path / 'planql.sqlite3'}"
    options = ("--repository", pushed.root, "--store", store)
    with serving(*options) as (address, _):
        first = served(address)["commit"]
    pushed.push("Dearer", plan=priced("0.20"))
    with serving(*options) as (address, run):
        told = run.stderr.readline()
        assert served(address) == {"commit": first, "lastError": {"code": "invalid-catalog"}}
    assert f"Serving commit {first[:12]}" in told
    assert "frozen-version" in told


def test_the_secret_of_webhooks_is_in_the_environment(
    pushed: Pushed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With it there is a webhook; a secret that is too short is refused, and not repeated."""
    environment = {**os.environ, "PLANQL_WEBHOOK_SECRET": SIGNED_WITH}
    with serving("--repository", pushed.root, environment=environment) as (address, _):
        hook = address.replace("/graphql", "/webhooks/git")
        assert httpx.post(hook, content=b"{}").status_code == 401
    monkeypatch.setenv("PLANQL_WEBHOOK_SECRET", "swordfish")
    assert main(["serve", "--repository", str(pushed.root)]) == 2
    error = capsys.readouterr().err
    assert "16 or more" in error
    assert "swordfish" not in error


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--repository", "R", "--catalog", "C"], "--catalog and --repository name two catalogs"),
        (["--branch", "main"], "--branch is about a branch of a repository"),
        (["--allow-ref", "refs/pull/*"], "--allow-ref is about a branch"),
        (["--repository", "R"], "not a git repository"),
        (["--repository", "P", "--branch", "nonesuch"], "nonesuch"),
        (["--repository", "P", "--branch", "--all"], "looks like an option"),
        (["--repository", "P", "--fetch", "upstream"], 'no remote "upstream"'),
        (["--repository", "P", "--folder", "elsewhere"], "elsewhere"),
        (["--repository", "P", "--poll-seconds", "0"], "0"),
    ],
)
def test_what_cannot_be_served_is_told(
    options: list[str], words: str, pushed: Pushed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that contradict each other, and repositories without what they name."""
    named = {"P": str(pushed.root), "R": str(pushed.root.parent), "C": "catalog"}
    assert main(["serve", *(named.get(each, each) for each in options)]) == 2
    assert words in capsys.readouterr().err


def test_a_branch_without_a_good_commit_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first mistake is shown with file and line."""
    bad = Pushed(tmp_path / "bad")
    bad.push("Bad", plan=priced("-1"))
    assert main(["serve", "--repository", str(bad.root)]) == 2
    error = capsys.readouterr().err
    assert "catalog/rate-plans/pro/v1.json:" in error
    assert "negative-number" in error
