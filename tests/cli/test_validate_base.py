"""`planql validate --base`, as a pull request runs it."""

import shutil
from pathlib import Path

import pytest
from tests.catalog.diff_cases import START
from tests.sources.building import commit, git

from planql.cli.main import main

PRO = "catalog/rate-plans/pro/v1.json"
NOW = ["--as-of", "2026-06-15T12:00:00Z"]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on branch `prices`, which has nothing of its own yet."""
    root = tmp_path / "repository"
    shutil.copytree(START, root / "catalog")
    commit(root, "The first prices")
    git(root, "checkout", "-q", "-b", "prices")
    monkeypatch.chdir(root)
    return root


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text where it stands once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_a_change_of_a_published_price_is_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message has the place, both values and the command that makes the next version."""
    replace(repository / PRO, '"100.00"', '"90.00"')
    assert main(["validate", "--base", "main", *NOW]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == (
        f'{PRO}:17:43: error frozen-version: version 1 of "pro" is published, but the flat amount '
        'of charge "platform" changes from "100.00" to "90.00"'
    )
    assert second.startswith("    hint: restore this file and write the change into the next ")
    assert "planql new version pro" in second
    assert last == "1 error in 12 files"


def test_without_changes_all_is_well(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch that changed nothing, or only what is free, is fine; `--against` is the same."""
    replace(repository / PRO, '"Platform fee"', '"Base fee"')
    for option in ("--base", "--against"):
        assert main(["validate", option, "main", *NOW]) == 0
        assert capsys.readouterr().out == "OK: 12 files, no problems\n"


def test_what_the_base_did_since_is_not_held_against_the_branch(repository: Path) -> None:
    """A price that main published after the branch began is no deletion by the branch."""
    git(repository, "checkout", "-q", "main")
    text = (repository / PRO).read_text("utf-8")
    second = text.replace('"version": 1', '"version": 2').replace("2026-01-01", "2026-09-01")
    (repository / "catalog/rate-plans/pro/v2.json").write_text(second, "utf-8")
    commit(repository, "Version 2")
    git(repository, "checkout", "-q", "prices")
    assert main(["validate", "--base", "main", *NOW]) == 0


def test_a_ref_is_compared_as_well(repository: Path) -> None:
    """With `--ref` the commit is judged, whatever is on disk."""
    replace(repository / PRO, '"100.00"', '"90.00"')
    commit(repository, "Lower it in place")
    git(repository, "checkout", "-q", "main")
    assert main(["validate", "--ref", "prices", "--base", "main", *NOW]) == 1
    assert main(["validate", "--base", "main", *NOW]) == 0


def test_one_mistake_does_not_hide_another(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is not taken for deleted, and the others are compared."""
    (repository / "catalog/rate-plans/team/v1.json").write_text("{", "utf-8")
    replace(repository / PRO, '"100.00"', '"90.00"')
    replace(repository / "catalog/discounts/spare.json", '"once"', '"twice"')
    assert main(["validate", "--base", "main", *NOW]) == 1
    out = capsys.readouterr().out
    assert "json-syntax" in out
    assert "frozen-version" in out
    assert "deleted-version" not in out
    assert "frozen-discount" not in out


def test_a_directory_that_is_no_catalog_has_one_mistake(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without catalog.json nothing is read, and nothing is said to be deleted."""
    (repository / "catalog/catalog.json").unlink()
    assert main(["validate", "--base", "main", *NOW]) == 1
    assert capsys.readouterr().out.endswith("1 error in 0 files\n")


def test_an_invalid_base_can_be_mended(repository: Path) -> None:
    """A base with mistakes refuses what it published, and lets its mistakes be mended."""
    git(repository, "checkout", "-q", "main")
    replace(
        repository / "catalog/rate-plans/team/v1.json", '"product": "support"', '"product": "x"'
    )
    commit(repository, "Break main")
    git(repository, "checkout", "-q", "-b", "mend")
    replace(
        repository / "catalog/rate-plans/team/v1.json", '"product": "x"', '"product": "support"'
    )
    assert main(["validate", "--base", "main", *NOW]) == 0
    replace(repository / PRO, '"100.00"', '"90.00"')
    assert main(["validate", "--base", "main", *NOW]) == 1


def test_a_base_without_a_catalog_freezes_nothing(repository: Path) -> None:
    """The pull request that brings the catalog is judged by its files alone."""
    git(repository, "checkout", "-q", "--orphan", "empty")
    git(repository, "rm", "-rqf", "--cached", ".")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    git(repository, "checkout", "-q", "-b", "first")
    commit(repository, "The catalog")
    assert main(["validate", "--base", "empty", *NOW]) == 0


def test_a_shallow_clone_says_how_to_mend_it(
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without the merge base nothing is guessed; after fetching it the change is refused."""
    replace(repository / PRO, '"100.00"', '"90.00"')
    commit(repository, "Lower it in place")
    git(repository, "checkout", "-q", "main")
    replace(repository / "catalog/catalog.json", '"Acme"', '"Acme Inc"')
    commit(repository, "Another name")
    url = f"file://{repository}"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "-b", "prices", url, "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert main(["validate", "--base", "origin/main", *NOW]) == 2
    said = capsys.readouterr().err
    assert '"origin/main" and "HEAD" have no commit in common in this clone' in said
    assert "git fetch --unshallow (with actions/checkout: fetch-depth: 0)" in said
    git(tmp_path / "clone", "fetch", "-q", "--unshallow")
    assert main(["validate", "--base", "origin/main", *NOW]) == 1
    assert "frozen-version" in capsys.readouterr().out


@pytest.mark.parametrize("base", ["nope", "main..prices", "-x"])
def test_a_base_that_is_no_commit_exits_2(
    repository: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt branch, a range and an option are wrong use."""
    assert repository.exists()
    assert main(["validate", f"--base={base}", *NOW]) == 2
    assert base in capsys.readouterr().err
