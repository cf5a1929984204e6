"""The lines that a working tree changes since a commit."""

from pathlib import Path

from tests.sources.building import commit, git

from planql.sources.changed_lines import changed_lines, parse_diff


def repository(tmp_path: Path) -> Path:
    """A repository with one commit of two files."""
    (tmp_path / "é.json").write_text("1\n2\n3\n4\n", encoding="utf-8")
    (tmp_path / "gone.json").write_text("1\n", encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def test_lines_that_differ_are_found(tmp_path: Path) -> None:
    """Changed and added lines count; removed lines and files have none."""
    tree = repository(tmp_path)
    (tree / "é.json").write_text("1\nzwei\n4\n5\n6\n")
    (tree / "gone.json").unlink()
    assert changed_lines(tree, "HEAD") == {"é.json": {2, 4, 5}}


def test_nothing_changed_is_nothing(tmp_path: Path) -> None:
    """A clean working tree has no changed lines."""
    assert changed_lines(repository(tmp_path), "HEAD") == {}


def test_a_line_that_looks_like_a_name_is_none(tmp_path: Path) -> None:
    """What a file says about other files does not matter."""
    tree = repository(tmp_path)
    (tree / "é.json").write_text("++ b/other.json\n2\n3\n4\n")
    assert changed_lines(tree, "HEAD") == {"é.json": {1}}


def test_the_settings_of_a_user_do_not_matter(tmp_path: Path) -> None:
    """Prefixes and colours that someone configured change nothing."""
    tree = repository(tmp_path)
    git(tree, "config", "diff.noprefix", "true")
    git(tree, "config", "color.ui", "always")
    (tree / "é.json").write_text("1\n2\n3\n4\n5\n")
    assert changed_lines(tree, "HEAD") == {"é.json": {5}}


def test_a_hunk_of_one_line_has_no_count() -> None:
    """`+3` is one line, `+3,0` is none, `+3,2` are two."""
    diff = "+++ b/a\n@@ -1 +3 @@\n@@ -4,2 +6,0 @@\n@@ -9,0 +9,2 @@"
    assert parse_diff(diff) == {"a": {3, 9, 10}}


def test_two_commits_can_be_compared(tmp_path: Path) -> None:
    """The files on disk do not matter then."""
    tree = repository(tmp_path)
    (tree / "é.json").write_text("1\n2\n3\n4\n5\n", encoding="utf-8")
    commit(tree, "Second")
    (tree / "é.json").unlink()
    assert changed_lines(tree, "HEAD~1", "HEAD") == {"é.json": {5}}
