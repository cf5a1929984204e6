"""Git's objects that were read before."""

from pathlib import Path

from tests.sources.building import commit, documents, plan, write

from planql.sources.git_refs import read_ref
from planql.sources.known_objects import KnownObjects


def test_another_commit_reads_only_what_changed(tmp_path: Path) -> None:
    """One plan changed: its file, and the folders on the way to it, are read; all is the same."""
    write(tmp_path / "catalog", documents())
    first = commit(tmp_path)
    write(tmp_path / "catalog", documents(plan=plan(name="New")))
    second = commit(tmp_path)
    known = KnownObjects()
    assert read_ref(tmp_path, first, "catalog", known) == read_ref(tmp_path, first, "catalog")
    before = len(known.trees), len(known.blobs)
    assert read_ref(tmp_path, second, "catalog", known) == read_ref(tmp_path, second, "catalog")
    assert (len(known.trees), len(known.blobs)) == (before[0] + 3, before[1] + 1)


def test_what_is_known_is_bounded(tmp_path: Path) -> None:
    """With room for two of each, a catalog is read as well."""
    write(tmp_path / "catalog", documents())
    found = commit(tmp_path)
    known = KnownObjects(capacity=2)
    assert read_ref(tmp_path, found, "catalog", known) == read_ref(tmp_path, found, "catalog")
    assert (len(known.trees), len(known.blobs)) == (2, 2)
