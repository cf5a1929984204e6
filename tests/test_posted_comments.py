"""The script that posts comments, run with a `gh` that only notes what it is asked."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from planql.cli.reporters.comment_layout import MARKER

POST = Path(__file__).resolve().parent.parent / ".github" / "scripts" / "post_comment.sh"
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
