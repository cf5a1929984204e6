"""The small catalog that commands are tried on: a folder of it, and a repository with a branch."""

from pathlib import Path

import pytest
from tests.cli.tiny_prices import DOCUMENTS, write, write_catalog
from tests.sources.building import commit, git
from tests.stores.conftest import database_url, postgresql_url

__all__ = ["database_url", "postgresql_url"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the small catalog."""
    write_catalog(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def dearer_branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch `dearer` publishes version 2 of `basic`."""
    root = tmp_path / "repository"
    catalog = write_catalog(root)
    commit(root, "The first prices")
    git(root, "branch", "-M", "main")
    git(root, "checkout", "-q", "-b", "dearer")
    path = "rate-plans/basic/v2.json"
    write(catalog / path, {**DOCUMENTS[path], "status": "published"})
    commit(root, "Publish version 2")
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    return root
