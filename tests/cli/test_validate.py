"""`planql validate`, as a user runs it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.catalog.catalog_cases import BASE, CASES
from tests.sources.building import commit, git

from planql.cli.main import main


def catalog_with(tmp_path: Path, case: str) -> Path:
    """The base catalog with the files of a case over it."""
    directory = shutil.copytree(BASE, tmp_path / "catalog")
    return shutil.copytree(CASES / case / "files", directory, dirs_exist_ok=True)


def test_a_valid_catalog_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Without problems there is one friendly line, and exit code 0."""
    assert main(["validate", str(BASE)]) == 0
    assert capsys.readouterr().out == "OK: 8 files, no problems\n"


def test_an_error_is_told_with_its_place_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error is path, line, column, code, message, a hint, and where to read more."""
    catalog_with(tmp_path, "invalid/tier-closed")
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == (
        "catalog/rate-plans/pro/v1.json:26:21: error tier-closed: tier 2, the last one, ends at "
        '"500"; what is above has no price'
    )
    assert second.startswith('    hint: write "up_to": null in the last tier')
    assert second.endswith("  planql explain tier-closed")
    assert last == "1 error in 8 files"


def test_related_places_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two equals the other one is named, too."""
    catalog = catalog_with(tmp_path, "invalid/repeated-charge")
    assert main(["validate", str(catalog)]) == 1
    assert f"    see: {catalog}/rate-plans/pro/v1.json:12:14\n" in capsys.readouterr().out


def test_warnings_alone_are_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog with warnings is valid: exit code 0."""
    catalog = catalog_with(tmp_path, "invalid/falling-total")
    assert main(["validate", str(catalog)]) == 0
    assert capsys.readouterr().out.endswith("2 warnings in 8 files\n")


def test_json_is_exact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` gives every member that INTERFACES names, and the same exit code."""
    catalog = catalog_with(tmp_path, "invalid/minimum-above-cap")
    path = f"{catalog}/rate-plans/pro/v1.json"
    assert main(["validate", str(catalog), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "problems": [
            {
                "code": "minimum-above-cap",
                "severity": "error",
                "message": 'the minimum "100.00" is above the cap "50.00"',
                "hint": "lower the minimum or raise the cap",
                "path": path,
                "line": 23,
                "column": 18,
                "pointer": "/charges/1/minimum",
                "related": [{"path": path, "line": 22, "column": 14, "pointer": "/charges/1/cap"}],
            }
        ]
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_missing_directory_exits_2(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to read is a broken environment, not a problem in a file."""
    assert main(["validate", "no/such/place", "--format", form]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert '"no/such/place"' in captured.err


def test_a_git_ref_is_read_without_a_checkout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--ref` validates what was committed, even where the directory is gone."""
    catalog = catalog_with(tmp_path, "valid/two-versions")
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "Prices"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)  # noqa: S607
    shutil.rmtree(catalog)
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "--ref", "HEAD"]) == 0
    assert capsys.readouterr().out == "OK: 9 files, no problems\n"
    assert main(["validate", "--ref", "nope"]) == 2


def test_colours_are_for_terminals_that_want_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Output that is read by a program, or under NO_COLOR, has no escapes."""
    catalog = catalog_with(tmp_path, "invalid/tier-closed")
    for value in ("", "1"):
        monkeypatch.setenv("NO_COLOR", value)
        main(["validate", str(catalog)])
        assert "\x1b" not in capsys.readouterr().out


def test_annotations_of_a_pull_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--format github` marks the lines of the change first, and ends with the count."""
    catalog = shutil.copytree(BASE, tmp_path / "catalog")
    commit(tmp_path, "Prices")
    git(tmp_path, "checkout", "-q", "-b", "change")
    shutil.copytree(CASES / "invalid" / "tier-closed" / "files", catalog, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "--base", "main", "--format", "github"]) == 1
    *told, count = capsys.readouterr().out.splitlines()
    assert told[0].startswith("::error file=catalog/rate-plans/pro/v1.json,line=26,col=21,title=")
    assert count.startswith(f"{len(told)} error")


def test_annotations_of_a_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--ref` compares commits; without a base no line is known to have changed."""
    catalog = shutil.copytree(BASE, tmp_path / "catalog")
    commit(tmp_path, "Prices")
    git(tmp_path, "checkout", "-q", "-b", "change")
    shutil.copytree(CASES / "invalid" / "tier-closed" / "files", catalog, dirs_exist_ok=True)
    commit(tmp_path, "A mistake")
    monkeypatch.chdir(tmp_path)
    for options in (["--base", "main", "--ref", "change"], []):
        assert main(["validate", "--format", "github", *options]) == 1
        assert ",line=26,col=21,title=tier-closed::" in capsys.readouterr().out


def test_sarif_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format sarif` is a log of one run, with the same exit code."""
    catalog = catalog_with(tmp_path, "invalid/tier-closed")
    assert main(["validate", str(catalog), "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["tier-closed"]
