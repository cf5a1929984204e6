"""The steps of the catalog's workflow, run as a script on repositories of their own."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.goldens import Goldens
from tests.servers.environments import unmeasured
from tests.sources.building import commit, git

ROOT = Path(__file__).resolve().parent.parent
CHECK = ROOT / ".github" / "actions" / "catalog" / "check.sh"
PLANQL = Path(sys.executable).parent / "planql"
GOLDEN = ROOT / "tests" / "cases" / "comment" / "workflow"
MARKER = "<!-- planql:catalog -->"


@dataclass(frozen=True)
class PullRequest:
    """A clone in which the branch of a pull request is checked out."""

    directory: Path
    base: str = "main"

    def edit(self, path: str, *changes: tuple[str, str], to: str = "") -> None:
        """Write a file of the catalog, or a copy of it, with some texts replaced."""
        source = self.directory / "catalog" / path
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (self.directory / "catalog" / (to or path)).write_text(text, encoding="utf-8")

    def check(self, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the steps of the action."""
        environment = {
            **unmeasured(),
            "BASE": self.base,
            "CATALOG": "catalog",
            "COMMENT": "answer/comment.md",
            "PUBLIC": "false",
            "PLANQL": str(PLANQL),
            "AS_OF": "2026-07-14T00:00:00Z",
            **settings,
        }
        return subprocess.run(
            [str(CHECK)],
            cwd=self.directory,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def comment(self) -> str:
        """What would be posted."""
        return (self.directory / "answer" / "comment.md").read_text(encoding="utf-8")


@pytest.fixture
def pull_request(tmp_path: Path) -> PullRequest:
    """The example catalog on main, and a branch."""
    directory = tmp_path / "repository"
    shutil.copytree(ROOT / "catalog", directory / "catalog")
    commit(directory)
    git(directory, "switch", "-q", "-c", "prices")
    return PullRequest(directory)


def raise_prices(found: PullRequest) -> None:
    """Add version 3 of support-pro: the fee from 499 to 549, a tier from 0.89 to 0.95."""
    found.edit(
        "rate-plans/support-pro/v2.json",
        ('"version": 2', '"version": 3'),
        ('"effective_from": "2026-03-01"', '"effective_from": "2026-12-01"'),
        ('"499.00"', '"549.00"'),
        ('"0.89"', '"0.95"'),
        to="rate-plans/support-pro/v3.json",
    )
    commit(found.directory, "Raise prices")


def test_a_new_version_is_answered(pull_request: PullRequest, goldens: Goldens) -> None:
    """A pull request with new prices passes, with the comment of the golden file."""
    raise_prices(pull_request)
    done = pull_request.check()
    assert done.returncode == 0, done.stdout + done.stderr
    goldens.expect(GOLDEN / "private.md", pull_request.comment.encode())


def test_the_public_is_told_less(
    pull_request: PullRequest, tmp_path: Path, goldens: Goldens
) -> None:
    """In public there is no margin; the summary of the run has the comment, too."""
    raise_prices(pull_request)
    summary = tmp_path / "summary.md"
    done = pull_request.check(PUBLIC="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stdout + done.stderr
    goldens.expect(GOLDEN / "public.md", pull_request.comment.encode())
    assert summary.read_text(encoding="utf-8") == pull_request.comment


def test_an_edited_version_is_refused(pull_request: PullRequest, goldens: Goldens) -> None:
    """A change of a published version fails, with an annotation on its line and a comment."""
    pull_request.edit("rate-plans/support-pro/v2.json", ('"499.00"', '"549.00"'))
    commit(pull_request.directory, "Edit what is published")
    done = pull_request.check()
    assert done.returncode == 1
    place = "file=catalog/rate-plans/support-pro/v2.json,line=20"
    assert f"::error {place}" in done.stdout
    assert "validate 1, test 1, comment 1" in done.stderr  # a case holds the old price
    goldens.expect(GOLDEN / "edited.md", pull_request.comment.encode())


def test_a_failed_guardrail_fails(pull_request: PullRequest) -> None:
    """A price far above the guardrail: nothing is invalid, and the step fails all the same."""
    raise_prices(pull_request)
    pull_request.edit("rate-plans/support-pro/v3.json", ('"549.00"', '"799.00"'))
    done = pull_request.check()
    assert done.returncode == 1
    assert "validate 0, test 0, comment 3" in done.stderr
    assert "### Guardrails ❌" in pull_request.comment


def test_a_failed_case_fails(pull_request: PullRequest) -> None:
    """A pricing test that fails fails the step; the comment is written all the same."""
    pull_request.edit("cases/hundred-outcomes.json", ('"5000.00"', '"5001.00"'))
    done = pull_request.check()
    assert done.returncode == 1
    assert "validate 0, test 1, comment 0" in done.stderr
    assert pull_request.comment == f"{MARKER}\nNo price changes here. 👍\n"


def test_a_shallow_clone_is_told_what_to_do(pull_request: PullRequest, tmp_path: Path) -> None:
    """Without the merge base nothing is guessed: the log and the comment say how to fetch it."""
    raise_prices(pull_request)
    git(pull_request.directory, "switch", "-q", "main")
    (pull_request.directory / "README").write_text("more", encoding="utf-8")
    commit(pull_request.directory, "Go on")
    shallow = tmp_path / "shallow"
    origin = pull_request.directory.as_uri()
    git(
        tmp_path,
        "clone",
        "-q",
        "--depth=1",
        "--no-single-branch",
        "-b",
        "prices",
        origin,
        "shallow",
    )
    found = PullRequest(shallow, base="origin/main")
    done = found.check()
    assert done.returncode == 1
    assert "validate 2, test 0, comment 2" in done.stderr
    assert "fetch-depth: 0" in done.stderr
    assert "fetch-depth: 0" in found.comment
    assert found.comment.startswith(f"{MARKER}\n")


@pytest.mark.parametrize("name", ["BASE", "CATALOG", "COMMENT"])
def test_every_setting_is_needed(name: str, pull_request: PullRequest) -> None:
    """A setting that is empty is named."""
    done = pull_request.check(**{name: ""})
    assert done.returncode != 0
    assert name in done.stderr


DOCUMENT = (ROOT / "docs" / "pull-requests.md").read_text(encoding="utf-8")
ACTION = "OWNER/planql/.github/actions/catalog@COMMIT"


def documented(path: str) -> list[str]:
    """The lines of a file that docs/pull-requests.md shows, without its first one, the path."""
    block = DOCUMENT.split(f"```yaml\n# {path}\n")[1].split("```")[0]
    return block.splitlines()


@pytest.mark.parametrize("name", ["catalog.yml", "comment.yml"])
def test_documented_workflows_are_those_that_run(name: str) -> None:
    """What other repositories are told to write is what this one runs, but for the action."""
    own = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    lines = own.replace("$/.github/actions/catalog", ACTION).splitlines()
    body = lines[next(n for n, line in enumerate(lines) if not line.startswith("#")) :]
    default = ["          catalog: catalog"]  # said where it may be another one
    assert [line for line in documented(f".github/workflows/{name}") if line not in default] == body


def test_documented_hooks_exist() -> None:
    """Every hook that is shown is one of this repository's."""
    known = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    hooks = [line for line in documented(".pre-commit-config.yaml") if "- id:" in line]
    assert hooks
    assert all(f"\n{hook.strip()}\n" in f"\n{known}" for hook in hooks)
