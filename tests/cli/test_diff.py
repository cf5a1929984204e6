"""`planql diff`, as a user runs it in a repository with branches."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.catalog.diff_cases import START
from tests.sources.building import commit, git

from planql.cli.main import main

PRO = Path("rate-plans/pro/v1.json")
NOW = ["--as-of", "2026-06-15T12:00:00Z"]
SCHEMA = Path(__file__).parents[2] / "schema" / "diff.schema.json"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch `prices` has a dearer version 2, while `main` went on."""
    root = tmp_path / "repository"
    shutil.copytree(START, root / "catalog")
    commit(root, "The first prices")
    git(root, "checkout", "-q", "-b", "prices")
    text = (root / "catalog" / PRO).read_text("utf-8")
    second = text.replace('"version": 1', '"version": 2').replace('"100.00"', '"110.00"')
    second = second.replace('"2026-01-01"', '"2026-09-01"')
    (root / "catalog/rate-plans/pro/v2.json").write_text(second, "utf-8")
    commit(root, "Raise the fee")
    git(root, "checkout", "-q", "main")
    replace(root, "meters/outcome.json", '"Resolved tickets"', '"Solved tickets"')
    commit(root, "Other words")
    git(root, "checkout", "-q", "prices")
    monkeypatch.chdir(root)
    monkeypatch.setenv("NO_COLOR", "1")
    return root


def replace(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text in a document of the catalog, where it stands once."""
    file = root / "catalog" / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, exits: int = 0) -> str:
    """What `planql diff` prints with these arguments."""
    assert main(["diff", *arguments, *NOW]) == exits
    return capsys.readouterr().out


def test_refs_are_compared(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two refs: what one has and the other has not, most important first."""
    assert repository.exists()
    assert printed(capsys, "main", "prices") == (
        "pro v2 (new, follows v1)  price up  catalog/rate-plans/pro/v2.json\n"
        "  + platform  flat amount  $100.00 → $110.00  +10.0 %  v1.json:17 → v2.json:17\n"
        "\n"
        "meter outcome  cosmetic  catalog/meters/outcome.json\n"
        "  ~ name  Solved tickets → Resolved tickets  outcome.json:3\n"
        "\n"
        "1 price up, 1 neutral, 1 cosmetic\n"
    )


@pytest.mark.usefixtures("repository")
def test_a_merge_base_leaves_out_what_the_base_did_since(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`main...prices` and `main...` are what the branch changed, `main` went its own way."""
    for side in ("main...prices", "main..."):
        out = printed(capsys, side)
        assert "pro v2" in out
        assert "outcome" not in out


def test_the_files_on_disk_are_the_head(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without HEAD what is on disk is compared, committed or not."""
    assert printed(capsys, "prices") == "no changes\n"
    replace(repository, "rate-plans/pro/v1.json", '"Platform fee"', '"Base fee"')
    assert printed(capsys, "HEAD").endswith("1 cosmetic\n")


def test_directories_are_sides(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A directory that holds a catalog is a side; it needs no repository."""
    assert printed(capsys, str(START), str(START)) == "no changes\n"
    out = printed(capsys, str(START), f"{repository}/catalog")
    assert out.endswith("1 price up, 1 neutral\n")


def test_a_breaking_change_exits_1(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What must not change is shown with its direction, and the exit code says so."""
    replace(repository, "rate-plans/pro/v1.json", '"included_units": "20"', '"included_units": "0"')
    replace(repository, "rate-plans/pro/v1.json", '"key": "seats"', '"key": "places"')
    out = printed(capsys, "prices", exits=1)
    assert "  x outcomes  included units  20 → 0          -100.0 %  v1.json:31\n" in out
    assert "  x places    charge          new: places               v1.json:19\n" in out
    assert '      renamed from "seats"? did you mean to keep the key: keys are for good\n' in out


def test_a_new_plan_is_shown_with_its_prices(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan without a predecessor has nothing to be compared with, so its prices are told."""
    shutil.copytree(repository / "catalog/rate-plans/lab", repository / "catalog/rate-plans/new")
    replace(repository, "rate-plans/new/v1.json", '"lab"', '"new"')
    shutil.rmtree(repository / "catalog/rate-plans/lab")
    out = printed(capsys, "prices")
    assert out == (
        "lab v1 (removed)  neutral  catalog/rate-plans/lab/v1.json\n"
        "\n"
        "new v1 (new draft)  neutral  catalog/rate-plans/new/v1.json\n"
        "  * tokens  $10.00 per 1k tokens\n"
        "  * boxes   $5.00 per begun package of 10 boxes\n"
        "\n"
        "2 neutral\n"
    )
    markdown = printed(capsys, "prices", "--format", "markdown")
    assert "| charge | price |\n|---|---|\n| tokens | $10.00 per 1k tokens |\n" in markdown


def test_json_follows_its_schema(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON is what schema/diff.schema.json says, with exact numbers and both places."""
    replace(repository, "rate-plans/pro/v1.json", '"0.90"', '"0.95"')
    replace(repository, "rate-plans/pro/v1.json", '      "cap": "900.00",\n', "")
    document = json.loads(printed(capsys, "main", "--format", "json", exits=1))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert document["base"]["commit"] == git(repository, "rev-parse", "main")
    assert document["head"]["commit"] is None
    assert document["counts"]["breaking"] == 2
    first, second = document["objects"][0]["changes"][:2]
    assert first["percent"] == "5.555555555556"
    assert first["new"] == {
        "value": "0.95",
        "path": "catalog/rate-plans/pro/v1.json",
        "line": 36,
        "pointer": "/charges/2/model/tiers/1/unit_amount",
    }
    assert (second["what"], second["new"], second["percent"]) == ("cap", None, None)


def test_markdown_shows_text_as_text(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that a catalog says becomes a link, HTML, a mention or another cell."""
    name = "<b>x</b> | [a](https://b.example) @someone `c` #1"
    replace(repository, "rate-plans/pro/v2.json", '"Platform fee"', json.dumps(name))
    out = printed(capsys, "main", "--format", "markdown")
    assert (
        "| cosmetic | platform | name | Platform fee | &lt;b&gt;x&lt;/b&gt; \\| "
        "\\[a\\](https:\u200b//b.example) @\u200bsomeone \\`c\\` #\u200b1 |  |"
    ) in out
    assert out.startswith("**1 price up, 1 neutral, 2 cosmetic**\n\n### pro v2 (new, follows v1)")


def test_values_read_as_people_write_them(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Amounts have their currency, percentages their sign, and quantities are grouped."""
    replace(repository, "catalog.json", '"15"', '"20"')
    replace(repository, "scenarios/typical.json", '"500"', '"1500"')
    replace(repository, "rate-plans/lab/v1.json", '"0.01"', '"0.0125"')
    out = printed(capsys, "prices")
    assert "greatest increase of a price  15 % → 20 %" in out
    assert 'total per month of usage of "outcome"  500 → 1,500  +200.0 %' in out
    assert "tokens  unit price  $0.01 → $0.0125  +25.0 %" in out


def test_long_and_hidden_text_is_shown_short(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Long values are cut in text and Markdown, and what a terminal would obey is escaped."""
    replace(repository, "rate-plans/pro/v2.json", '"Pro"', json.dumps("\x1b[31m" + "x" * 200))
    assert "Pro → \\x1b[31m" + "x" * 23 + "…" in printed(capsys, "prices")
    markdown = printed(capsys, "prices", "--format", "markdown")
    assert "| Pro | \\\\x1b\\[31m" + "x" * 71 + "… |" in markdown


def test_a_base_without_a_catalog_is_empty(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pull request that brings the catalog has everything new."""
    git(repository, "checkout", "-q", "--orphan", "empty")
    git(repository, "rm", "-rqf", "--cached", ".")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    out = printed(capsys, "empty", "main")
    assert "catalog (new)  neutral  catalog/catalog.json" in out
    assert "pro v1 (new)  neutral" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], '"nope"'),
        (["main", "nope"], '"nope"'),
        (["main", "./nowhere"], '"./nowhere"'),
        (["main...nope"], '"nope"'),
        (["main", "broken"], 'the catalog of "broken" has errors, the first of them: catalog/'),
        (["broken"], 'the catalog of "broken" has errors'),
    ],
)
def test_a_side_that_cannot_be_used_exits_2(
    repository: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unknown refs, missing directories and invalid catalogs are named on standard error."""
    git(repository, "checkout", "-q", "-b", "broken")
    replace(repository, "rate-plans/pro/v1.json", '"meter": "outcome"', '"meter": "nothing"')
    commit(repository, "Break it")
    git(repository, "checkout", "-q", "prices")
    assert main(["diff", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_branches_without_a_common_commit_are_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two histories have no merge base."""
    git(repository, "checkout", "-q", "--orphan", "other")
    git(repository, "commit", "-q", "-m", "Another history")
    assert main(["diff", "main...other"]) == 2
    assert '"main" and "other" have no commit in common' in capsys.readouterr().err
