"""Which files of a directory are a catalog's, and what is said about the others."""

import os
from pathlib import Path

import pytest
from tests.sources.building import documents, write

from planql.errors import SourceError
from planql.sources.files import DirectoryTree, read_directory
from planql.sources.trees import LARGEST_FILE, RawCatalog


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A small catalog in a directory."""
    return write(tmp_path / "catalog", documents())


def said(raw: RawCatalog) -> list[tuple[str, str, str]]:
    """What is said about a tree: path, code, severity."""
    return [
        (placed.path, placed.mistake.code, placed.mistake.severity.value) for placed in raw.mistakes
    ]


def test_reads_every_document_sorted_by_path(catalog: Path) -> None:
    """Documents are read from the folders of their kinds, byte for byte."""
    raw = read_directory(catalog)
    assert [file.path for file in raw.files] == sorted(documents())
    assert raw.files[0].content == (catalog / "catalog.json").read_bytes()
    assert (raw.mistakes, raw.commit) == ((), None)


def test_refuses_a_directory_that_is_not_there(tmp_path: Path) -> None:
    """A missing directory is no empty catalog."""
    with pytest.raises(SourceError) as refused:
        read_directory(tmp_path / "catlog")
    assert refused.value.code == "missing-directory"
    assert str(tmp_path / "catlog") in refused.value.message


def test_refuses_a_file_for_a_directory(catalog: Path) -> None:
    """One document is not a catalog."""
    with pytest.raises(SourceError) as refused:
        read_directory(catalog / "catalog.json")
    assert refused.value.code == "not-a-directory"


def test_reports_a_directory_that_is_not_a_catalog(catalog: Path) -> None:
    """Without catalog.json nothing else of a directory is looked at."""
    (catalog / "catalog.json").unlink()
    raw = read_directory(catalog)
    assert (raw.files, said(raw)) == ((), [("catalog.json", "not-a-catalog", "error")])


def test_knows_where_the_catalog_probably_is(catalog: Path) -> None:
    """Naming the directory above the catalog is met with a hint."""
    (placed,) = read_directory(catalog.parent).mistakes
    assert placed.mistake.hint == 'name the directory that holds it: "catalog"'


def test_passes_over_notes_and_hidden_files(catalog: Path) -> None:
    """Notes, what editors and git leave behind, and folders for other purposes are no mistakes."""
    quiet = [".DS_Store", "README.md", "meters/.gitkeep", ".idea/x.json", "meters/notes.MD"]
    later = ["cases/a.json", "cases/support/b.json"]
    write(catalog, dict.fromkeys([*quiet, *later], "{}"))
    raw = read_directory(catalog)
    assert (said(raw), len(raw.files)) == ([], 4)


@pytest.mark.parametrize(
    ("path", "reported", "severity"),
    [
        ("pro.json", "pro.json", "error"),
        ("rate-plans/pro.json", "rate-plans/pro.json", "error"),
        ("rate-plans/pro/2.json", "rate-plans/pro/2.json", "error"),
        ("rate-plans/pro/v0.json", "rate-plans/pro/v0.json", "error"),
        ("rate-plans/pro/v1.JSON", "rate-plans/pro/v1.JSON", "error"),
        ("rate-plans/pro/old/v1.json", "rate-plans/pro/old", "error"),
        ("meters/old/a.json", "meters/old", "error"),
        ("meter/a.json", "meter", "error"),
        ("meters/tokens.yaml", "meters/tokens.yaml", "warning"),
        ("notes.txt", "notes.txt", "warning"),
    ],
)
def test_reports_what_is_not_a_document(
    catalog: Path, path: str, reported: str, severity: str
) -> None:
    """JSON and folders out of place are errors: they look like prices. The rest is a warning."""
    write(catalog, {path: "{}"})
    assert said(read_directory(catalog)) == [(reported, "unexpected-file", severity)]


def test_offers_the_folder_that_was_meant(catalog: Path) -> None:
    """A misspelt folder is met with the right one."""
    write(catalog, {"rate-plan/pro/v1.json": "{}"})
    (placed,) = read_directory(catalog).mistakes
    assert placed.mistake.hint == 'did you mean "rate-plans"?'


def test_says_where_documents_of_a_folder_belong(catalog: Path) -> None:
    """A file that is not called as its folder wants is met with the pattern."""
    write(catalog, {"rate-plans/pro.json": "{}"})
    (placed,) = read_directory(catalog).mistakes
    assert placed.mistake.hint == 'documents here are "rate-plans/{key}/v{version}.json"'


def test_follows_no_link(catalog: Path, tmp_path: Path) -> None:
    """A link is reported wherever it leads; that of a document is no file that is absent."""
    outside = write(tmp_path / "outside", {"secret.json": "{}"})
    (catalog / "meters/words.json").symlink_to(outside / "secret.json")
    (catalog / "discounts").symlink_to(outside)
    (catalog / "products/notes.txt").symlink_to("nowhere")
    raw = read_directory(catalog)
    assert sorted(said(raw)) == [
        ("discounts", "not-a-file", "error"),
        ("meters/words.json", "not-a-file", "error"),
        ("products/notes.txt", "not-a-file", "error"),
    ]
    assert [file.path for file in raw.files if file.content is None] == ["meters/words.json"]


def test_waits_for_no_pipe(catalog: Path) -> None:
    """What is neither file nor folder is reported, not read: a pipe would never end."""
    os.mkfifo(catalog / "meters/words.json")
    assert said(read_directory(catalog)) == [("meters/words.json", "not-a-file", "error")]


def test_reads_a_catalog_through_a_link(catalog: Path, tmp_path: Path) -> None:
    """The catalog itself may be a link: whoever names it has chosen it."""
    (tmp_path / "link").symlink_to(catalog)
    assert len(read_directory(tmp_path / "link").files) == 4


def test_reports_a_file_that_is_too_large(catalog: Path) -> None:
    """A file over the limit is reported and not kept; one exactly at it is read."""
    write(catalog, {"meters/a.json": " " * LARGEST_FILE, "meters/b.json": " " * (LARGEST_FILE + 1)})
    raw = read_directory(catalog)
    assert said(raw) == [("meters/b.json", "file-too-large", "error")]
    assert [file.path for file in raw.files if file.content is None] == ["meters/b.json"]


def test_says_why_a_file_cannot_be_read(catalog: Path) -> None:
    """The reason of the operating system is passed on."""
    with pytest.raises(SourceError) as refused:
        DirectoryTree(catalog).read("meters/gone.json")
    assert refused.value.code == "unreadable-file"
    assert refused.value.message == '"meters/gone.json" cannot be read: no such file or directory'


def test_says_why_a_folder_cannot_be_listed(catalog: Path) -> None:
    """The reason of the operating system is passed on."""
    with pytest.raises(SourceError) as refused:
        list(DirectoryTree(catalog).entries("gone"))
    assert refused.value.code == "unreadable-file"
