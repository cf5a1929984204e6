"""Loading catalogs from directories and refs."""

import sys
from pathlib import Path
from shutil import rmtree

import pytest
from tests.sources.building import METER, charge, commit, documents, plan, write

from planql.errors import SourceError
from planql.sources import ParsedCache, load, load_at, load_ref
from planql.sources.files import read_directory


def test_loads_a_catalog_with_its_lines(tmp_path: Path) -> None:
    """Every document knows its path, and the line of each of its values."""
    loaded = load(write(tmp_path, documents()))
    assert (loaded.problems, loaded.file_count) == ((), 4)
    assert loaded.catalog is not None
    document = loaded.catalog.rate_plan("pro", 1)
    assert document.path == f"{tmp_path}/rate-plans/pro/v1.json"
    text = (tmp_path / "rate-plans/pro/v1.json").read_text("utf-8").splitlines()
    assert text[document.lines["/charges/0/model/unit_amount"] - 1].strip().startswith('"unit_am')


def test_shows_paths_as_the_directory_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths start with the directory as the user wrote it; "." adds nothing."""
    write(tmp_path / "prices", documents(product={"key": "support"}))
    monkeypatch.chdir(tmp_path)
    (problem,) = load(Path("prices")).problems
    assert str(problem).startswith("prices/products/support.json:1:1: error missing-member: ")
    monkeypatch.chdir(tmp_path / "prices")
    (problem,) = load(Path()).problems
    assert problem.place.path == "products/support.json"


def test_a_warning_does_not_make_a_catalog_invalid(tmp_path: Path) -> None:
    """With warnings alone there is a catalog."""
    loaded = load(write(tmp_path, {**documents(), "notes.txt": "Rounding?"}))
    assert [problem.severity for problem in loaded.problems] == ["warning"]
    assert loaded.catalog is not None


def test_the_digest_is_of_paths_and_contents(tmp_path: Path) -> None:
    """Equal digests are equal catalogs: the place on disk is no part of it, a space is."""
    one, same, other = (
        load(write(tmp_path / name, files)).catalog
        for name, files in {
            "one": documents(),
            "same": documents(),
            "other": {**documents(), "catalog.json": '{"format":1,"name":"A","time_zone":"UTC"}'},
        }.items()
    )
    assert one is not None
    assert same is not None
    assert other is not None
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 64


def test_shows_file_names_that_no_terminal_should_obey(tmp_path: Path) -> None:
    """Control characters in the name of a file are shown as escapes."""
    write(tmp_path, {**documents(), "meters/a\x1b[31m.json": METER | {"key": "b"}})
    paths = {problem.place.path for problem in load(tmp_path).problems}
    assert paths == {f"{tmp_path}/meters/a\\x1b[31m.json"}


def test_shows_file_names_that_are_no_text(tmp_path: Path) -> None:
    """A name whose bytes are not UTF-8 can be shown, too."""
    write(tmp_path, documents())
    (tmp_path / "meters" / b"a\xff.json".decode("utf-8", "surrogateescape")).write_text("{}")
    paths = {problem.place.path for problem in load(tmp_path).problems}
    assert paths == {f"{tmp_path}/meters/a\\udcff.json"}


def test_reports_a_file_that_cannot_be_read_and_nothing_else(tmp_path: Path) -> None:
    """References to a document that cannot be read are no mistakes."""
    write(tmp_path, documents())
    (tmp_path / "meters/tokens.json").unlink()
    (tmp_path / "meters/tokens.json").symlink_to(tmp_path / "elsewhere.json")
    (problem,) = load(tmp_path).problems
    assert (problem.code, problem.place.line, problem.place.column) == ("not-a-file", 1, 1)


def test_parses_again_only_what_changed(tmp_path: Path) -> None:
    """With a cache the entities of unchanged files are the same objects."""
    cache = ParsedCache()
    first = load(write(tmp_path, documents()), cache).catalog
    second = load(write(tmp_path, documents(plan=plan(name="New"))), cache).catalog
    assert first is not None
    assert second is not None
    assert second.meter("tokens") is first.meter("tokens")
    assert second.rate_plan("pro", 1).entity.name == "New"
    assert first.rate_plan("pro", 1).entity.name == "Pro"


def test_shares_a_cache_between_a_directory_and_a_ref(tmp_path: Path) -> None:
    """What was parsed from a directory is not parsed again from a commit."""
    cache = ParsedCache()
    write(tmp_path / "catalog", documents())
    commit(tmp_path)
    on_disk = load(tmp_path / "catalog", cache).catalog
    committed = load_ref(tmp_path, "HEAD", cache=cache).catalog
    assert on_disk is not None
    assert committed is not None
    assert committed.meter("tokens") is on_disk.meter("tokens")


def test_relates_both_places_of_a_duplicate(tmp_path: Path) -> None:
    """The other place is a line and a column, too."""
    charges = [charge(), charge(name="More")]
    (problem,) = load(write(tmp_path, documents(plan=plan(charges=charges)))).problems
    (related,) = problem.related
    assert problem.code == "repeated-charge"
    assert (related.pointer, related.line < problem.place.line) == ("/charges/0/key", True)


@pytest.mark.parametrize("is_gone", [False, True])
def test_finds_the_repository_of_a_directory(tmp_path: Path, *, is_gone: bool) -> None:
    """A folder inside a repository is read at a ref, also when the working tree lacks it by now."""
    folder = write(tmp_path / "company" / "prices", documents())
    commit(tmp_path)
    if is_gone:
        rmtree(tmp_path / "company")
    loaded = load_at(folder, "HEAD")
    assert (loaded.catalog is not None, loaded.problems) == (True, ())


def test_says_that_git_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the git program a ref cannot be read, while a directory can."""
    for module in [name for name in sys.modules if name.partition(".")[0] == "git"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.delitem(sys.modules, "planql.sources.git_refs", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for load_from in (load_ref, load_at):
        with pytest.raises(SourceError) as refused:
            load_from(tmp_path, "main")
        assert refused.value.code == "git-missing"
    assert len(read_directory(write(tmp_path, documents())).files) == 4
