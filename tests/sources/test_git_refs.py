"""Catalogs at any git ref, read from git's objects."""

import gc
from pathlib import Path

import pytest
from git.exc import GitCommandNotFound
from tests.sources.building import commit, documents, git, plan, write

from planql.errors import SourceError
from planql.sources import load, load_ref
from planql.sources.git_refs import find_repository, opened_repository, read_ref
from planql.sources.trees import LARGEST_FILE


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a catalog in `catalog`, twice committed; first the plan was called Old."""
    root = tmp_path / "repository"
    write(root / "catalog", documents(plan=plan(name="Old")))
    commit(root, "First")
    git(root, "tag", "-a", "v1", "-m", "The first")
    write(root / "catalog", documents(plan=plan(name="New")))
    commit(root, "Second")
    git(root, "branch", "feature/prices")
    return root


def refused(repository: Path, ref: str, folder: str = "catalog") -> SourceError:
    """The error with which reading a ref is refused."""
    with pytest.raises(SourceError) as caught:
        read_ref(repository, ref, folder)
    return caught.value


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("main", "New"),
        ("HEAD", "New"),
        ("feature/prices", "New"),
        ("refs/heads/main", "New"),
        ("HEAD~1", "Old"),
        ("main^", "Old"),
        ("v1", "Old"),
    ],
)
def test_reads_the_catalog_as_it_was(repository: Path, ref: str, name: str) -> None:
    """Branches, tags and ancestors each give the prices of their commit."""
    catalog = load_ref(repository, ref).catalog
    assert catalog is not None
    assert catalog.rate_plan("pro", 1).entity.name == name
    assert catalog.commit == git(repository, "rev-parse", f"{ref}^{{commit}}")


def test_reads_a_commit_by_its_name(repository: Path) -> None:
    """A commit's full and abbreviated names are refs."""
    name = git(repository, "rev-parse", "HEAD")
    assert read_ref(repository, name, "catalog") == read_ref(repository, name[:10], "catalog")


def test_does_not_see_what_is_not_committed(repository: Path) -> None:
    """The working tree is neither read nor touched."""
    write(repository / "catalog", {"rate-plans/pro/v1.json": "not JSON", "new.json": "{}"})
    assert load_ref(repository, "main").problems == ()
    assert (repository / "catalog/rate-plans/pro/v1.json").read_text("utf-8") == "not JSON"


def test_reads_the_same_as_from_a_directory(repository: Path) -> None:
    """Where the files are kept makes no difference to a catalog's digest or problems."""
    write(repository / "catalog", {"meters/a.json": "{", "pro.json": "{}", "meters/notes.md": ""})
    (repository / "catalog/meters/b.json").symlink_to("tokens.json")
    commit(repository, "Break it")
    directory = load(repository / "catalog")
    prefix = len(f"{repository.as_posix()}/")
    places = [(problem.place.path[prefix:], problem.place.line) for problem in directory.problems]
    found = load_ref(repository, "main").problems
    assert [(problem.place.path, problem.place.line) for problem in found] == places
    assert [problem.message for problem in found] == [p.message for p in directory.problems]
    git(repository, "checkout", "-q", "v1")
    (repository / "catalog/meters/notes.md").unlink(missing_ok=True)
    at_tag, on_disk = load_ref(repository, "v1").catalog, load(repository / "catalog").catalog
    assert at_tag is not None
    assert on_disk is not None
    assert at_tag.digest == on_disk.digest


def test_reads_a_subfolder(tmp_path: Path) -> None:
    """The catalog may lie anywhere in the repository, and its path is shown from the top."""
    write(tmp_path / "prices/company", documents(plan=plan(product="suport")))
    commit(tmp_path)
    (problem,) = load_ref(tmp_path, "main", "prices/company").problems
    assert problem.place.path == "prices/company/rate-plans/pro/v1.json"


def test_reads_a_catalog_that_is_the_whole_repository(tmp_path: Path) -> None:
    """The folder "." is the top of the repository, and adds nothing to paths."""
    write(tmp_path, documents())
    commit(tmp_path)
    catalog = load_ref(tmp_path, "main", ".").catalog
    assert catalog is not None
    assert catalog.rate_plan("pro", 1).path == "rate-plans/pro/v1.json"


def test_reads_a_bare_repository(repository: Path, tmp_path: Path) -> None:
    """A repository without a working tree is what servers have."""
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    assert load_ref(tmp_path / "bare.git", "main").catalog is not None


def test_reads_a_linked_working_tree(repository: Path, tmp_path: Path) -> None:
    """In a linked working tree HEAD is that tree's own."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"), "v1")
    catalog = load_ref(tmp_path / "linked", "HEAD").catalog
    assert catalog is not None
    assert catalog.rate_plan("pro", 1).entity.name == "Old"


def test_reads_the_repository_that_was_named(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a git hook the environment names another repository, which is not asked."""
    other = write(tmp_path / "other/catalog", documents()).parent
    commit(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert load_ref(repository, "v1").catalog is not None


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed on Linux")
def test_leaves_no_process_and_no_pipe_behind(repository: Path) -> None:
    """The process that answers for objects ends with the load."""
    before = set(Path("/proc/self/fd").iterdir())
    load_ref(repository, "main")
    gc.collect()
    assert set(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.parametrize("ref", ["mian", "HEAD~2", "v2", "0" * 40, "main^{tree}", "HEAD@{99}"])
def test_refuses_a_ref_that_names_no_commit(repository: Path, ref: str) -> None:
    """A misspelt branch, an ancestor before the first commit, a tree: none is a commit."""
    error = refused(repository, ref)
    assert (error.code, ref in error.message) == ("unknown-ref", True)


def test_offers_the_ref_that_was_meant(repository: Path) -> None:
    """A misspelt branch is met with the right one."""
    assert refused(repository, "mian").hint == 'did you mean "main"?'


def test_refuses_an_option_for_a_ref(repository: Path, tmp_path: Path) -> None:
    """What looks like an option is not passed on to git."""
    marker = tmp_path / "marker"
    assert refused(repository, f"--upload-pack=touch {marker}").code == "invalid-ref"
    assert not marker.exists()


def test_says_that_a_clone_is_shallow(repository: Path, tmp_path: Path) -> None:
    """What a shallow clone has not is met with the way to get it."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    assert load_ref(tmp_path / "shallow", "HEAD").catalog is not None
    assert "git fetch --unshallow" in refused(tmp_path / "shallow", "HEAD~1").hint


def remove_object(repository: Path, path: str) -> None:
    """Take an object out of a repository, as a damaged or partial clone lacks it."""
    name = git(repository, "rev-parse", f"main:{path}" if path else "main^{tree}")
    (repository / ".git/objects" / name[:2] / name[2:]).unlink()


def test_reports_a_file_whose_content_is_missing(repository: Path) -> None:
    """A blob that the clone lacks is a problem of its file; the others are read."""
    remove_object(repository, "catalog/meters/tokens.json")
    (problem,) = load_ref(repository, "main").problems
    assert (problem.code, problem.place.path) == ("unreadable-file", "catalog/meters/tokens.json")
    assert "git fetch --refetch" in problem.hint


def test_reports_a_folder_whose_list_is_missing(repository: Path) -> None:
    """A tree that the clone lacks is a problem of its folder."""
    remove_object(repository, "catalog/rate-plans/pro")
    assert [
        (problem.code, problem.place.path)
        for problem in load_ref(repository, "main").problems
        if problem.severity == "error"
    ] == [("unreadable-file", "catalog/rate-plans/pro")]


def test_refuses_a_commit_whose_tree_is_missing(repository: Path) -> None:
    """Without the top of the tree there is nothing to read."""
    remove_object(repository, "")
    assert refused(repository, "main").code == "unreadable-file"


def test_reports_a_file_that_is_too_large(repository: Path) -> None:
    """A blob over the limit is passed over, and what comes after it is read as ever."""
    write(repository / "catalog", {"meters/a.json": " " * (LARGEST_FILE + 1)})
    commit(repository)
    raw = read_ref(repository, "main", "catalog")
    assert [(m.path, m.mistake.code) for m in raw.mistakes] == [("meters/a.json", "file-too-large")]
    assert raw.files[-1].content == (repository / "catalog/rate-plans/pro/v1.json").read_bytes()


def test_reports_a_submodule(repository: Path, tmp_path: Path) -> None:
    """Another repository inside the catalog is neither file nor folder."""
    write(tmp_path / "inner", {"a.json": "{}"})
    commit(tmp_path / "inner")
    git(repository, "submodule", "--quiet", "add", str(tmp_path / "inner"), "catalog/discounts")
    commit(repository)
    (problem,) = load_ref(repository, "main").problems
    assert (problem.code, problem.place.path) == ("not-a-file", "catalog/discounts")


@pytest.mark.parametrize("folder", ["/etc", "../repository/catalog", "catalog/../catalog"])
def test_refuses_a_folder_outside_of_the_repository(repository: Path, folder: str) -> None:
    """A folder is a path inside the repository."""
    assert refused(repository, "main", folder).code == "missing-directory"


def test_refuses_a_folder_that_the_commit_has_not(repository: Path) -> None:
    """The folder must be there at the commit, not just on disk."""
    (repository / "later").mkdir()
    assert refused(repository, "main", "later").code == "missing-directory"


def test_refuses_a_file_for_a_folder(repository: Path) -> None:
    """One document is not a catalog."""
    assert refused(repository, "main", "catalog/catalog.json").code == "not-a-directory"


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_refuses_what_is_not_a_repository(tmp_path: Path, name: str) -> None:
    """A directory without git's files, or none at all, has no refs."""
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / name, "main").code == "not-a-repository"


def test_says_that_a_repository_is_gone(repository: Path) -> None:
    """What git's library says of a folder that went away while git was to run in it."""
    with pytest.raises(SourceError) as caught, opened_repository(repository):
        raise GitCommandNotFound("git", "no such directory")
    assert caught.value.code == "not-a-repository"


def test_refuses_a_ref_of_a_repository_without_commits(tmp_path: Path) -> None:
    """Before the first commit there is nothing to read."""
    git(tmp_path, "init", "-q", "-b", "main")
    assert refused(tmp_path, "HEAD").code == "unknown-ref"


def test_says_that_git_does_not_trust_a_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository of another user is refused by git, not unknown."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    error = refused(repository, "main")
    assert (error.code, "safe.directory" in error.hint) == ("untrusted-repository", True)


def test_finds_the_repository_of_a_directory(repository: Path) -> None:
    """A directory lies in the repository whose working tree holds it."""
    found = find_repository(repository / "catalog" / "meters")
    assert (found.repository.resolve(), found.folder) == (repository.resolve(), "catalog/meters")
    assert find_repository(repository).folder == "."


def test_finds_no_repository_without_a_working_tree(tmp_path: Path) -> None:
    """A plain directory, and one inside a bare repository, lie in none."""
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    (tmp_path / "plain").mkdir()
    for directory in (tmp_path / "plain", tmp_path / "bare.git"):
        with pytest.raises(SourceError) as caught:
            find_repository(directory)
        assert caught.value.code == "not-a-repository"
