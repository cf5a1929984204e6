"""A branch that is served: its tip, its history, fetching, and the other refs that may be seen."""

import os
import stat
import time
from pathlib import Path

import pytest
from tests.sources.building import commit, documents, git, plan, write

from planql.errors import InvalidInput, PlanqlError, SourceError, UnknownReference
from planql.sources.commits import Commit
from planql.sources.git_fetch import fetch
from planql.sources.served_branches import ServedBranch


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a catalog on `main`, and one on `prices/more`."""
    root = tmp_path / "origin"
    write(root / "catalog", documents())
    commit(root, "First prices")
    git(root, "switch", "-q", "-c", "prices/more")
    write(root / "catalog", documents(plan=plan(name="More")))
    commit(root, "More expensive")
    git(root, "switch", "-q", "main")
    return root


def head(repository: Path, ref: str = "HEAD") -> str:
    """The commit of a ref."""
    return git(repository, "rev-parse", ref)


def refused(branch: ServedBranch, ref: str) -> PlanqlError:
    """The error with which a ref is refused."""
    with pytest.raises(PlanqlError) as caught:
        branch.resolve(ref)
    return caught.value


def test_a_branch_is_at_its_newest_commit(repository: Path) -> None:
    """The tip is read anew each time, and its catalog has its commit."""
    branch = ServedBranch(repository)
    before = branch.tip()
    write(repository / "catalog", documents(plan=plan(name="Newer")))
    after = commit(repository, "Second")
    assert (before, branch.tip()) == (head(repository, "HEAD~1"), after)
    loaded = branch.load(after)
    assert loaded.catalog is not None
    assert loaded.catalog.commit == after


def test_a_tag_of_the_same_name_is_not_the_branch(repository: Path) -> None:
    """What is served is a branch; a tag called like it leads nowhere else."""
    git(repository, "tag", "main", "prices/more")
    assert ServedBranch(repository).tip() == head(repository, "refs/heads/main")


def test_a_missing_branch_is_told(repository: Path) -> None:
    """Nothing is guessed in place of a branch that is not there."""
    with pytest.raises(SourceError) as caught:
        ServedBranch(repository, "mainn").tip()
    assert caught.value.code == "unknown-ref"


@pytest.mark.parametrize(
    ("patterns", "ref"),
    [
        (("prices/*",), "prices/more"),
        (("prices/*",), "refs/heads/prices/more"),
        (("refs/heads/prices/*",), "prices/more"),
        (("refs/pull/*",), "refs/pull/7/head"),
        ((), "main"),
    ],
)
def test_refs_on_the_list_can_be_seen(
    repository: Path, patterns: tuple[str, ...], ref: str
) -> None:
    """Patterns are of branches or full refs; the served branch is always among them."""
    git(repository, "update-ref", "refs/pull/7/head", "prices/more")
    branch = ServedBranch(repository, allowed_refs=patterns)
    full = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
    assert branch.resolve(ref) == head(repository, full)


@pytest.mark.parametrize(
    "ref",
    [
        "other",
        "main~1",
        "prices/more~1",
        "prices/more^",
        "prices/more@{1}",
        "refs/tags/prices/more",
        "HEAD",
        "prices/none",
    ],
)
def test_other_refs_cannot_be_seen(repository: Path, ref: str) -> None:
    """What is not on the list, what is not there and what leads elsewhere are answered alike."""
    git(repository, "branch", "other")
    error = refused(ServedBranch(repository, allowed_refs=("prices/*",)), ref)
    assert isinstance(error, UnknownReference)
    assert (error.code, error.hint) == ("unknown-ref", 'it shows "main", "prices/*"')
    assert ref in error.message


@pytest.mark.parametrize("ref", ["--upload-pack=x", "a..b", "prices/more:catalog", "a b", ""])
def test_what_is_no_ref_never_reaches_git(repository: Path, ref: str) -> None:
    """Options, ranges and paths are refused by their looks."""
    assert refused(ServedBranch(repository, allowed_refs=("*",)), ref).code == "invalid-ref"


def test_a_repository_that_is_gone_is_told(tmp_path: Path) -> None:
    """A ref that cannot be looked up is not taken for one that is not there."""
    assert refused(ServedBranch(tmp_path / "gone"), "main").code == "not-a-repository"


@pytest.mark.parametrize("pattern", ["a..*", "-x", "a b"])
def test_patterns_look_like_refs(repository: Path, pattern: str) -> None:
    """A pattern that no ref can match is a mistake of whoever starts the server."""
    with pytest.raises(SourceError) as caught:
        ServedBranch(repository, allowed_refs=(pattern,)).require_usable()
    assert caught.value.code == "invalid-ref"


# --- fetching


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    """A clone of the repository."""
    git(tmp_path, "clone", "-q", str(repository), "clone")
    return tmp_path / "clone"


def test_fetching_brings_what_was_pushed(repository: Path, clone: Path) -> None:
    """With a remote, the remote's branch is served, and the clone's own branch does not matter."""
    branch = ServedBranch(clone, remote="origin", allowed_refs=("prices/*",))
    write(repository / "catalog", documents(plan=plan(name="Pushed")))
    pushed = commit(repository, "Pushed")
    assert branch.tip() != pushed
    branch.fetch()
    assert branch.tip() == pushed
    assert branch.resolve("prices/more") == head(repository, "prices/more")


def test_a_mirror_is_served_from_its_own_branches(repository: Path, tmp_path: Path) -> None:
    """A mirror has no branches of a remote: what it fetches are its own."""
    git(tmp_path, "clone", "-q", "--mirror", str(repository), "mirror")
    branch = ServedBranch(tmp_path / "mirror", remote="origin")
    pushed = commit(write(repository / "catalog", documents(plan=plan(name="P"))).parent, "Pushed")
    branch.fetch()
    assert branch.tip() == pushed


def test_without_a_remote_nothing_is_fetched(repository: Path) -> None:
    """Others keep the repository fresh."""
    ServedBranch(repository).fetch()


def test_a_remote_is_a_name_that_is_configured(clone: Path) -> None:
    """Neither an address nor an option is taken for a remote."""
    for remote in ("upstream", "--upload-pack=touch x", "ext::sh -c x"):
        with pytest.raises(SourceError) as caught:
            ServedBranch(clone, remote=remote).require_usable()
        assert (caught.value.code, '"origin"' in caught.value.message) == ("unknown-remote", True)


def test_a_fetch_that_fails_says_why_and_no_password(clone: Path) -> None:
    """What git says is repeated without the credentials in the address."""
    git(clone, "remote", "set-url", "origin", "file://someone:secret@/nowhere/there.git")
    with pytest.raises(SourceError) as caught:
        ServedBranch(clone, remote="origin").fetch()
    assert caught.value.code == "fetch-failed"
    assert "secret" not in str(caught.value)


def test_a_fetch_that_hangs_is_given_up(clone: Path, tmp_path: Path) -> None:
    """A fetch ends after its time, with the programs that it started."""
    marker, helper = tmp_path / "still-here", tmp_path / "hang"
    helper.write_text(f"#!/bin/sh\nsleep 3\ntouch {marker}\n")
    helper.chmod(helper.stat().st_mode | stat.S_IXUSR)
    git(clone, "config", "remote.origin.uploadpack", str(helper))
    with pytest.raises(SourceError) as caught:
        fetch(clone, "origin", seconds=0.5)
    assert (caught.value.code, "0.5 seconds" in caught.value.message) == ("fetch-timeout", True)
    time.sleep(3.2)
    assert not marker.exists()


def test_nobody_is_asked_for_a_password(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A remote that wants one fails at once."""
    monkeypatch.setitem(os.environ, "GIT_TERMINAL_PROMPT", "1")
    git(clone, "config", "remote.origin.uploadpack", 'test "$GIT_TERMINAL_PROMPT" = 0 && exit 3;')
    with pytest.raises(SourceError, match="failed"):
        ServedBranch(clone, remote="origin").fetch()


# --- history


def test_the_history_of_a_catalog(repository: Path) -> None:
    """Newest first: name, time, author, subject; what touched other files is left out."""
    (repository / "notes.txt").write_text("nothing about prices")
    commit(repository, "Notes")
    write(repository / "catalog", documents(plan=plan(name="Pro plus\u2713")))
    last = commit(repository, "Call it Pro plus \u2713\n\nAt length.")
    found = ServedBranch(repository).history(last, 10)
    assert [each.subject for each in found] == ["Call it Pro plus \u2713", "First prices"]
    assert (found[0].hash, found[0].author) == (last, "Test")
    assert found[0].committed_at.isoformat() == git(repository, "log", "-1", "--format=%cI")


def test_a_merge_is_one_commit_of_the_branch(repository: Path) -> None:
    """What a merge brought came to the branch with the merge."""
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge more", "prices/more")
    found = ServedBranch(repository).history(head(repository), 10)
    assert [each.subject for each in found] == ["Merge more", "First prices"]


def test_the_history_of_one_plan(repository: Path) -> None:
    """Only what touched the plan's versions; a plan that never was has no history."""
    write(
        repository / "catalog", documents(meter=documents()["meters/tokens.json"] | {"name": "T"})
    )
    last = commit(repository, "Meter")
    branch = ServedBranch(repository)
    found = branch.history(last, 10, rate_plan="pro")
    assert [each.subject for each in found] == ["First prices"]
    assert branch.history(last, 10, rate_plan="none") == ()


def test_a_history_in_pages(repository: Path) -> None:
    """Pages follow each other without gaps and without repetition."""
    for number in range(4):
        write(repository / "catalog", documents(plan=plan(name=f"Name {number}")))
        commit(repository, f"Change {number}")
    branch, tip = ServedBranch(repository), head(repository)
    whole = branch.history(tip, 100)
    pages: list[Commit] = []
    after: str | None = None
    while page := branch.history(tip, 2, after=after):
        pages += page
        after = page[-1].hash
    assert tuple(pages) == whole
    assert len(whole) == 5


@pytest.mark.parametrize("after", ["main", "HEAD", "--all", "f" * 40, ""])
def test_a_page_begins_at_a_commit_of_the_history(repository: Path, after: str) -> None:
    """Anything else is no cursor: no ref, no option, no commit of another branch."""
    branch, tip = ServedBranch(repository), head(repository)
    for cursor in (after, head(repository, "prices/more")):
        with pytest.raises(InvalidInput) as caught:
            branch.history(tip, 2, after=cursor)
        assert (caught.value.code, caught.value.pointer) == ("unknown-cursor", "/after")


@pytest.mark.parametrize("key", ["../..", "a/b", "*", "Pro", "a" * 81])
def test_a_plan_of_a_history_is_a_key(repository: Path, key: str) -> None:
    """No path leads out of the catalog, and nothing is a pattern."""
    with pytest.raises(InvalidInput) as caught:
        ServedBranch(repository).history(head(repository), 2, rate_plan=key)
    assert caught.value.code == "invalid-key"
