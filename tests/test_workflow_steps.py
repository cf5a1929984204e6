"""The scripts that the workflows run, run: on repositories and pull requests of their own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.sources.building import commit, git

ROOT = Path(__file__).resolve().parent.parent
CHECK = ROOT / ".github" / "actions" / "catalog" / "check.sh"
POST = ROOT / ".github" / "scripts" / "post_comment.sh"
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
            **os.environ,
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


def test_a_new_version_is_answered(pull_request: PullRequest) -> None:
    """A pull request with new prices passes, with the comment of the golden file."""
    raise_prices(pull_request)
    done = pull_request.check()
    assert done.returncode == 0, done.stdout + done.stderr
    assert pull_request.comment == (GOLDEN / "private.md").read_text(encoding="utf-8")


def test_the_public_is_told_less(pull_request: PullRequest, tmp_path: Path) -> None:
    """In public there is no margin; the summary of the run has the comment, too."""
    raise_prices(pull_request)
    summary = tmp_path / "summary.md"
    done = pull_request.check(PUBLIC="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert pull_request.comment == (GOLDEN / "public.md").read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8") == pull_request.comment


def test_an_edited_version_is_refused(pull_request: PullRequest) -> None:
    """A change of a published version fails, with an annotation on its line and a comment."""
    pull_request.edit("rate-plans/support-pro/v2.json", ('"499.00"', '"549.00"'))
    commit(pull_request.directory, "Edit what is published")
    done = pull_request.check()
    assert done.returncode == 1
    place = "file=catalog/rate-plans/support-pro/v2.json,line=20"
    assert f"::error {place}" in done.stdout
    assert "validate 1, test 1, comment 1" in done.stderr  # a case holds the old price
    assert pull_request.comment == (GOLDEN / "edited.md").read_text(encoding="utf-8")


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


GH = """#!/usr/bin/env bash
# Answers as GitHub's command would; what it was asked is written down.
echo "$*" >> "$GH_LOG"
case "$*" in
  "run download"*)
    [ -d "$GH_ARTEFACT" ] || exit 1
    while [ "$1" != "--dir" ]; do shift; done
    cp "$GH_ARTEFACT"/* "$2" ;;
  *"/comments --jq"*) printf '%s' "$GH_EARLIER" ;;
  *"--jq .head.sha") echo "$GH_HEAD" ;;
  *"--method"*) cat "${@: -2:1}" > /dev/null 2>&1 || true ;;
esac
"""


@dataclass(frozen=True)
class Posting:
    """A pull request whose comment is posted by way of a `gh` that only notes what it is asked."""

    directory: Path

    def answer(self, comment: str | None, number: str = "17\n") -> None:
        """Upload a comment and the number of its pull request."""
        artefact = self.directory / "artefact"
        artefact.mkdir()
        (artefact / "number").write_text(number, encoding="utf-8")
        if comment is not None:
            (artefact / "comment.md").write_text(comment, encoding="utf-8")

    def post(self, earlier: str = "", head: str = "abc") -> subprocess.CompletedProcess[str]:
        """Run the script; `earlier` are ids of comments, `head` is the commit of the request."""
        environment = {
            **os.environ,
            "PATH": f"{self.directory}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C",
            "REPOSITORY": "owner/name",
            "RUN": "99",
            "COMMIT": "abc",
            "GH_LOG": str(self.directory / "log"),
            "GH_ARTEFACT": str(self.directory / "artefact"),
            "GH_EARLIER": earlier,
            "GH_HEAD": head,
        }
        return subprocess.run(
            [str(POST)], env=environment, capture_output=True, text=True, check=False
        )

    @property
    def written(self) -> list[str]:
        """The requests that write something."""
        log = (self.directory / "log").read_text(encoding="utf-8")
        return [line.split(" --field")[0] for line in log.splitlines() if "--method" in line]


@pytest.fixture
def posting(tmp_path: Path) -> Posting:
    """A folder with a `gh` of its own, first on the path."""
    command = tmp_path / "gh"
    command.write_text(GH, encoding="utf-8")
    command.chmod(0o755)
    return Posting(tmp_path)


def test_a_comment_is_posted_once(posting: Posting) -> None:
    """The first comment on a pull request is a new one."""
    posting.answer(f"{MARKER}\nHello\n")
    assert posting.post().returncode == 0
    assert posting.written == ["api --method POST repos/owner/name/issues/17/comments"]


def test_length_is_counted_in_characters(posting: Posting) -> None:
    """A comment of 40,000 characters is short enough, however many bytes they have."""
    posting.answer(f"{MARKER}\n{'→' * 40_000}\n")
    assert posting.post().returncode == 0
    assert len(posting.written) == 1


def test_an_earlier_comment_is_brought_up_to_date(posting: Posting) -> None:
    """When there is one, the first that has the marker is written anew."""
    posting.answer(f"{MARKER}\nHello again\n")
    assert posting.post(earlier="5\n6\n").returncode == 0
    assert posting.written == ["api --method PATCH repos/owner/name/issues/comments/5"]


@pytest.mark.parametrize(
    ("comment", "number", "head", "code", "reason"),
    [
        (f"{MARKER}\n", "17\n", "other", 0, "at another commit"),
        (f"{MARKER}\n", "17; rm -rf /\n", "abc", 1, "no number"),
        (f"{MARKER}\n", "../../1\n", "abc", 1, "no number"),
        (f"{MARKER}\n", "", "abc", 1, "no number"),
        ("Hello\n", "17\n", "abc", 1, "not a comment of planql"),
        ("", "17\n", "abc", 0, "wrote no comment"),
        (None, "17\n", "abc", 0, "wrote no comment"),
        (f"{MARKER}\n{'a' * 65_536}", "17\n", "abc", 1, "too long"),
    ],
    ids=["moved", "injection", "path", "empty-number", "no-marker", "empty", "absent", "long"],
)
def test_what_is_not_posted(  # noqa: PLR0913, PLR0917 - a table
    comment: str | None, number: str, head: str, code: int, reason: str, posting: Posting
) -> None:
    """Nothing is posted that was not checked, is not for a pull request, or is not planql's."""
    posting.answer(comment, number)
    done = posting.post(head=head)
    assert done.returncode == code
    assert reason in done.stderr
    assert posting.written == []


def test_a_run_without_a_comment_is_no_failure(posting: Posting) -> None:
    """A run that uploaded nothing leaves nothing to post."""
    done = posting.post()
    assert done.returncode == 0
    assert "left no comment" in done.stderr


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
