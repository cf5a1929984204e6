"""A server that follows a branch: what is pushed is served, unless it cannot be."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.gateway.credentials import Guarded
from tests.gateway.following import Pushed, following, priced, watcher_of
from tests.sources.building import documents, git, plan, write

from planql.errors import SourceError
from planql.gateway.principals import Role
from planql.sources import InvalidCatalog
from planql.sources.served_branches import ServedBranch
from planql.stores import engines
from planql.stores.database import Database, open_database

PRICE = """{ ratePlan(key: "pro", version: 1) { ... on ChosenRatePlan { ratePlan {
  name source { commit path line } charges { source { commit line } }
} } } }"""


@pytest.fixture
def pushed(tmp_path: Path) -> Pushed:
    """A repository with one commit."""
    found = Pushed(tmp_path / "repository")
    found.push("First")
    return found


def test_what_is_pushed_is_served(pushed: Pushed) -> None:
    """Within a poll a new commit is served, and every source names it."""
    with following(pushed) as server:
        before = server.status()
        second = pushed.push("Second", plan=plan(name="Professional"))
        after = server.served(second)
        found = server.ask(PRICE)["ratePlan"]
    assert before["commit"] != second
    assert before["digest"] != after["digest"]
    assert (after["branch"], after["lastError"]) == ("main", None)
    assert after["servedSince"] == after["lastCheckedAt"] == "2026-06-15T00:00:00Z"
    assert after["nextCheckAt"] == "2026-06-15T00:00:00.050000Z"
    assert found["name"] == "Professional"
    expected = {"commit": second, "path": "catalog/rate-plans/pro/v1.json", "line": 1}
    assert found["source"] == expected
    assert found["charges"][0]["source"]["commit"] == second


def test_a_commit_with_mistakes_is_not_served(pushed: Pushed) -> None:
    """The last good one goes on, the status says why with file and line; mended, it is served."""
    with following(pushed) as server:
        good = server.status()["commit"]
        broken = priced("-0.10")
        bad = pushed.push("Broken", plan=broken)
        error = server.refused(bad)
        lines = (pushed.root / "catalog/rate-plans/pro/v1.json").read_text().splitlines()
        still = server.status()["commit"]
        price = server.ask(PRICE)["ratePlan"]["source"]["commit"]
        mended = pushed.push("Mended", plan=plan(name="Mended"))
        after = server.served(mended)
    assert still == price == good
    assert (error["code"], error["problemCount"]) == ("invalid-catalog", 1)
    [problem] = error["problems"]
    assert problem["path"] == "catalog/rate-plans/pro/v1.json"
    assert lines[problem["line"] - 1].strip() == '"unit_amount": "-0.10"'
    assert f"{problem['path']}:{problem['line']}" in error["message"]
    assert after["lastError"] is None


def test_a_commit_without_a_catalog_is_not_served(pushed: Pushed) -> None:
    """A folder that is gone is a failure of the look, and has no problems in files."""
    with following(pushed) as server:
        good = server.status()["commit"]
        git(pushed.root, "mv", "catalog", "elsewhere")
        git(pushed.root, "commit", "-q", "-m", "Move")
        error = server.refused(git(pushed.root, "rev-parse", "HEAD"))
        assert server.status()["commit"] == good
    assert (error["code"], error["problems"]) == ("missing-directory", [])


def test_a_version_that_was_served_does_not_change(pushed: Pushed) -> None:
    """A changed price is refused: plan, version, both values, and where it was served from."""
    with following(pushed) as server:
        first = server.status()["commit"]
        error = server.refused(pushed.push("Dearer", plan=priced("0.20")))
        assert server.status()["commit"] == first
        words = server.served(pushed.push("Only words", plan=plan(name="Words")))
        next_version = priced("0.20", version=2, effective_from="2026-07-01")
        server.served(pushed.push_file("rate-plans/pro/v2.json", next_version))
    [problem] = error["problems"]
    assert problem["code"] == "frozen-version"
    for word in ('version 1 of "pro"', '"0.10"', '"0.20"', first[:12], "2026-06-15"):
        assert word in problem["message"]
    assert "planql new version pro" in problem["hint"]
    assert words["lastError"] is None


def test_a_server_that_starts_again_remembers(pushed: Pushed, database: Database) -> None:
    """With a store a changed version is refused after a restart, too, and the commit before it."""
    with following(pushed, memory=database) as server:
        first = server.status()["commit"]
    dearer = pushed.push("Dearer", plan=priced("0.20"))
    with following(pushed, memory=database) as server:
        found = server.status()
        assert found["commit"] == first
        assert found["lastError"]["commit"] == dearer
        assert found["lastError"]["problems"][0]["code"] == "frozen-version"
        reverted = pushed.push("Revert")
        assert server.served(reverted)["lastError"] is None


def test_a_server_without_a_store_begins_anew(pushed: Pushed) -> None:
    """What nobody remembers cannot be gone back on."""
    with following(pushed):
        pass
    dearer = pushed.push("Dearer", plan=priced("0.20"))
    with following(pushed) as server:
        assert server.status()["commit"] == dearer


def test_a_server_that_starts_on_a_bad_commit_serves_the_one_before(pushed: Pushed) -> None:
    """A restart at a bad moment is no outage."""
    good = git(pushed.root, "rev-parse", "HEAD")
    bad = [pushed.push("Bad", plan=priced("-1")), pushed.push("Worse", plan=priced("-2"))][-1]
    watcher = watcher_of(ServedBranch(pushed.root))
    assert watcher.holder.served.catalog.commit == good
    assert watcher.status.failure is not None
    assert watcher.status.failure.commit == bad


def test_a_branch_that_was_never_good_is_not_served(tmp_path: Path) -> None:
    """Without a single good commit there is nothing to serve."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push(plan=priced("-1"))
    with pytest.raises(InvalidCatalog, match="cannot be served"):
        watcher_of(ServedBranch(pushed.root))


def test_a_branch_that_goes_back_is_followed(pushed: Pushed) -> None:
    """What was taken back is served no more, when nothing of it binds."""
    first = git(pushed.root, "rev-parse", "HEAD")
    with following(pushed) as server:
        server.served(pushed.push("Second", plan=plan(name="Second")))
        git(pushed.root, "reset", "-q", "--hard", first)
        assert server.served(first)["lastError"] is None


def test_a_bad_commit_is_read_once(pushed: Pushed) -> None:
    """As long as the branch stays where it is, its mistakes stay the same."""
    watcher = watcher_of(ServedBranch(pushed.root))
    pushed.push("Bad", plan=priced("-1"))
    watcher.look()
    first = watcher.status.failure
    watcher.look()
    assert first is not None
    assert watcher.status.failure is first


def test_a_repository_that_is_gone_is_told(pushed: Pushed) -> None:
    """The server goes on, the status says what it misses, and it recovers."""
    with following(pushed) as server:
        commit = server.status()["commit"]
        away = pushed.root.rename(pushed.root.with_name("away"))
        error = server.wait(lambda status: status["lastError"])["lastError"]
        assert (error["code"], error["commit"]) == ("not-a-repository", None)
        assert server.ask("{ catalog { commit } }", Role.ANONYMOUS) == {"commit": commit}
        away.rename(pushed.root)
        server.wait(lambda status: status["lastError"] is None)


def test_a_database_that_does_not_answer_is_told(
    pushed: Pushed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody can remember is not served, the status says why, and it recovers."""
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.01)
    database = open_database(f"sqlite:///{tmp_path / 'planql.sqlite3'}")
    watcher = watcher_of(ServedBranch(pushed.root), database)
    first = watcher.holder.served
    second = pushed.push("Second", plan=plan(name="Second"))
    with database.writing():  # nobody else can
        watcher.look()
    assert watcher.holder.served is first
    assert watcher.status.failure is not None
    assert watcher.status.failure.code == "database-unreachable"
    watcher.look()
    assert watcher.holder.served.catalog.commit == second
    assert watcher.status.failure is None
    database.close()


def test_a_table_that_is_gone_is_told(pushed: Pushed, database: Database) -> None:
    """It is a defect: to wait for a database that answers would not help."""
    watcher = watcher_of(ServedBranch(pushed.root), database)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE served_documents")
    first = watcher.holder.served
    pushed.push("Second", plan=plan(name="Second"))
    watcher.look()
    assert watcher.holder.served is first
    assert watcher.status.failure is not None
    assert watcher.status.failure.code == "defect"


def test_a_defect_is_told_in_a_word(
    pushed: Pushed,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The watcher goes on, and what is served stays; the log has the rest."""
    watcher = watcher_of(ServedBranch(pushed.root), database)
    monkeypatch.setattr(watcher, "_follow", None)
    watcher.look()
    assert watcher.status.failure is not None
    assert watcher.status.failure.code == "defect"
    assert "Traceback" in caplog.text


def test_what_is_fetched_is_served(pushed: Pushed, tmp_path: Path) -> None:
    """With a remote each look fetches first; a fetch that fails is told, and the rest goes on."""
    git(tmp_path, "clone", "-q", str(pushed.root), "clone")
    clone = tmp_path / "clone"
    watcher = watcher_of(ServedBranch(clone, remote="origin"))
    second = pushed.push("Second", plan=plan(name="Second"))
    watcher.look()
    assert watcher.holder.served.catalog.commit == second
    git(clone, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    watcher.look()
    assert watcher.status.failure is not None
    assert (watcher.status.failure.code, watcher.status.failure.commit) == ("fetch-failed", None)
    assert watcher.holder.served.catalog.commit == second


def test_a_server_that_cannot_fetch_starts_with_what_it_has(pushed: Pushed, tmp_path: Path) -> None:
    """A remote that does not answer is no reason not to serve."""
    git(tmp_path, "clone", "-q", str(pushed.root), "clone")
    git(tmp_path / "clone", "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    watcher = watcher_of(ServedBranch(tmp_path / "clone", remote="origin"))
    assert watcher.status.failure is not None
    assert watcher.status.failure.code == "fetch-failed"


def test_an_unknown_branch_is_told_at_the_start(pushed: Pushed) -> None:
    """A server does not start without its branch."""
    with pytest.raises(SourceError, match="nonesuch"):
        watcher_of(ServedBranch(pushed.root, "nonesuch"))


def test_a_request_keeps_the_catalog_it_began_with(pushed: Pushed) -> None:
    """While catalogs are swapped, every answer is of one commit in all its parts."""
    query = """{ catalog { commit name } products { name source { commit } }
      ratePlan(key: "pro", version: 1) { ... on ChosenRatePlan { ratePlan { name
        source { commit } } } } }"""
    names: dict[str, str] = {git(pushed.root, "rev-parse", "HEAD"): "Pro"}
    done = threading.Event()

    def push() -> None:
        for number in range(8):
            name = f"Pro {number}"
            settings = {"format": 1, "name": name, "time_zone": "UTC"}
            product = {"key": "support", "name": name}
            files = documents(plan=plan(name=name), settings=settings, product=product)
            write(pushed.root / "catalog", files)
            git(pushed.root, "commit", "-q", "-a", "-m", name)
            names[git(pushed.root, "rev-parse", "HEAD")] = name
        done.set()

    with following(pushed) as server:
        pusher = threading.Thread(target=push)
        pusher.start()
        answers: list[Any] = []
        while not done.is_set() or len(answers) < 20:
            answers.append(server.answer(query, Role.ANONYMOUS)["data"])
        pusher.join()
    for answer in answers:
        commit = answer["catalog"]["commit"]
        found = answer["ratePlan"]["ratePlan"]
        assert found["source"]["commit"] == commit
        assert found["name"] == names[commit]
        [product] = answer["products"]
        assert product["source"]["commit"] == commit
    assert len({answer["catalog"]["commit"] for answer in answers}) > 1


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.CUSTOMER])
def test_the_status_is_for_the_trusted(pushed: Pushed, role: Role) -> None:
    """Nobody else learns that there is a status, a ref, a difference or a history."""
    with following(pushed) as server:
        for query in (
            "{ catalogStatus { commit } }",
            '{ catalog(ref: "main") { name } }',
            '{ ratePlan(key: "pro", ref: "main") { __typename } }',
            "{ catalogDiff { __typename } }",
            "{ catalogHistory { __typename } }",
        ):
            [error] = server.answer(query, role)["errors"]
            assert error["message"].startswith(("Cannot query field", "Unknown argument"))
        told = server.answer("{ __schema { types { name } } }", role)["data"]["__schema"]
    names = {each["name"] for each in told["types"]}
    assert not {name for name in names if name.startswith("Catalog")} - {
        "Catalog",
        "CatalogChargeInput",
    }


def test_a_directory_has_a_status_too(guarded: Guarded) -> None:
    """A server over a directory says what it serves, and that it follows nothing."""
    query = "{ catalogStatus { commit branch servedSince lastError { code } } }"
    found = guarded.ask(Role.ADMIN, query)
    assert (found["commit"], found["branch"], found["lastError"]) == (None, None, None)
    assert datetime.fromisoformat(found["servedSince"]) <= datetime.now(UTC)
