"""Processes: one that takes over from another, several on one socket, and how they end."""

import os
import signal
import socket
from pathlib import Path

import httpx
import pytest
from tests.gateway.following import priced
from tests.servers.load import under_load
from tests.servers.processes import CATALOG, Process, is_answered, serving, wait_until
from tests.sources.building import commit, documents, write

COMMIT = {"query": "{ catalogStatus { commit } }"}


def workers_of(process: Process) -> set[int]:
    """The worker processes that came to answer requests, so far."""
    said = (each["message"].split() for each in process.told())
    return {int(words[1]) for words in said if words[2:] == ["answers", "requests"]}


def counted(numbers: str) -> float:
    """How many requests to the API were answered, as `/metrics` says."""
    lines = [line for line in numbers.splitlines() if line.startswith("planql_requests_total{")]
    return sum(float(line.split()[-1]) for line in lines if '"/graphql"' in line)


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_restart_under_load_loses_no_request() -> None:
    """A second process takes over the socket, the first is told to stop, and nobody notices."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        options = ("--catalog", CATALOG, "--fd", listening.fileno())
        descriptors = [listening.fileno()]
        with (
            serving(*options, descriptors=descriptors) as first,
            serving(*options, descriptors=descriptors) as second,
            under_load(first.address) as load,
        ):
            wait_until(lambda: load.answered > 50)
            assert first.stop() == 0
            taken_over = load.answered
            wait_until(lambda: load.answered > taken_over + 50)
            load.end()
        assert load.failed == []
        assert sum(each["status"] == 200 for each in first.told() if "status" in each) > 0
        assert second.run.returncode == 0


def test_workers_serve_one_commit_and_are_renewed_under_load(tmp_path: Path) -> None:
    """Each follows the branch; SIGHUP renews all under load; one that dies is replaced."""
    write(tmp_path / "catalog", documents(plan=priced("0.10")))
    first = commit(tmp_path)
    options = ("--workers", 2, "--repository", tmp_path, "--poll-seconds", 1, "--port", 0)
    with serving(*options) as process:
        wait_until(lambda: len(workers_of(process)) == 2)
        old = workers_of(process)

        def served() -> set[str]:
            asked = (httpx.post(f"{process.address}/graphql", json=COMMIT) for _ in range(12))
            return {each.json()["data"]["catalogStatus"]["commit"] for each in asked}

        assert served() == {first}
        (tmp_path / "NEWS").write_text("new", encoding="utf-8")
        second = commit(tmp_path)
        wait_until(lambda: served() == {second})
        with under_load(process.address) as load:
            process.run.send_signal(signal.SIGHUP)
            wait_until(lambda: len(workers_of(process)) == 4)
            wait_until(lambda: not any(map(is_running, old)))
            load.end()
        assert load.failed == []
        numbers = httpx.get(f"{process.address}/metrics").text
        assert counted(numbers) >= load.answered
        [dead, *_] = workers_of(process) - old
        os.kill(dead, signal.SIGKILL)
        wait_until(lambda: len(workers_of(process)) == 5)
        assert process.stop() == 0
        assert not is_answered(process.address)


def test_workers_end_with_the_process_that_looks_after_them() -> None:
    """When it is killed, nobody could tell them to stop any more."""
    with serving("--workers", 2, "--catalog", CATALOG, "--port", 0) as process:
        wait_until(lambda: len(workers_of(process)) == 2)
        process.run.kill()
        wait_until(lambda: not is_answered(process.address))


def test_workers_that_cannot_serve_end_the_server(tmp_path: Path) -> None:
    """What is wrong is said once, by the first worker, and the exit code is its own."""
    with (
        pytest.raises(AssertionError, match="nowhere"),
        serving("--workers", 2, "--port", 0, "--catalog", tmp_path / "nowhere"),
    ):
        pass


def test_an_idle_connection_may_send_once_more() -> None:
    """After SIGTERM it is answered, and then closed; new ones are taken while the server drains."""
    with (
        serving("--catalog", CATALOG, "--port", 0, "--drain-seconds", 3) as process,
        httpx.Client(base_url=process.address) as client,
    ):
        assert "connection" not in client.get("/operations").headers
        process.run.send_signal(signal.SIGTERM)
        wait_until(lambda: not is_answered(process.address))
        refusal = httpx.get(f"{process.address}/readyz")
        assert (refusal.status_code, refusal.json()["reasons"][0]["code"]) == (503, "stopping")
        last = client.get("/operations")
        assert (last.status_code, last.headers["connection"]) == (200, "close")
        assert process.run.wait(30) == 0
