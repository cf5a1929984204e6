"""`planql fmt`, as a user runs it."""

import shutil
from pathlib import Path

import pytest
from tests.catalog.catalog_cases import BASE

from planql.cli.main import main


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog laid out as it should be."""
    directory = shutil.copytree(BASE, tmp_path / "catalog")
    assert main(["fmt", str(directory)]) == 0
    return directory


def test_formatting_twice_changes_nothing(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is laid out is left alone."""
    capsys.readouterr()
    assert main(["fmt", str(catalog)]) == 0
    assert capsys.readouterr().out == "0 of 8 files changed\n"
    assert main(["fmt", "--check", str(catalog)]) == 0


def test_a_check_changes_nothing_and_exits_1(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` names the files that would change."""
    product = catalog / "products" / "support.json"
    text = '{"name": "Support", "key": "support", "agent_type": "support"}'
    product.write_text(text)
    capsys.readouterr()
    assert main(["fmt", "--check", str(catalog)]) == 1
    assert capsys.readouterr().out == f"{product}\n1 of 8 files would change\n"
    assert product.read_text() == text
    assert main(["fmt", str(catalog)]) == 0
    assert product.read_text() == (
        '{\n  "key": "support",\n  "name": "Support",\n  "agent_type": "support"\n}\n'
    )


def test_a_formatted_catalog_stays_valid(catalog: Path) -> None:
    """Laying out changes no meaning."""
    assert main(["validate", str(catalog)]) == 0


def test_what_is_not_json_is_named_and_left(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is `validate`'s concern."""
    broken = catalog / "products" / "support.json"
    broken.write_text("{")
    assert main(["fmt", str(catalog)]) == 0
    assert "products/support.json is left as it is: " in capsys.readouterr().err
    assert broken.read_text() == "{"


def test_what_cannot_be_read_is_left(catalog: Path) -> None:
    """A file too large to be a document is `validate`'s concern, too."""
    (catalog / "products" / "huge.json").write_bytes(b" " * 10_000_001)
    assert main(["fmt", "--check", str(catalog)]) == 0
