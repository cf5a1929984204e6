"""`git fetch` for a server: bounded in time, and nobody is asked for a password."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Final

from planql.errors import SourceError
from planql.sources.git_refs import opened_repository

FETCH_SECONDS: Final = 120.0
"""How long a fetch may take."""

_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "SSH_ASKPASS_REQUIRE": "never",
}
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/\s@]+@")


def fetch(repository: Path, remote: str, seconds: float = FETCH_SECONDS) -> None:
    """Fetch what a remote of a repository is configured to be fetched for.

    Args:
        repository: As for `read_ref`.
        remote: The name of a configured remote, never an address.
        seconds: After so long it is given up.

    Raises:
        SourceError: `not-a-repository`, `unknown-remote`, `fetch-failed` or `fetch-timeout`.
    """
    require_remote(repository, remote)
    command = ["git", "-C", str(repository), "fetch", "--quiet", "--prune", "--", remote]
    with subprocess.Popen(  # noqa: S603 - no shell, and the remote is one that is configured
        command,
        env=os.environ | _ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that its helpers end with it, and find no terminal to ask at
    ) as running:
        try:
            _, complaint = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise SourceError(
                "fetch-timeout",
                f'fetching from "{remote}" took longer than {seconds:g} seconds',
                hint=f"run it by hand: git fetch {remote}",
            ) from None
    if running.returncode != 0:
        raise _failed(remote, complaint.decode("utf-8", "replace"))


def require_remote(repository: Path, remote: str) -> None:
    """Refuse a remote that is not configured.

    Raises:
        SourceError: `not-a-repository` or `unknown-remote`.
    """
    with opened_repository(repository) as opened:
        known = sorted(each.name for each in opened.remotes)
    if remote not in known:
        names = ", ".join(f'"{name}"' for name in known) or "none"
        raise SourceError(
            "unknown-remote",
            f'the repository has no remote "{remote}"; it has {names}',
            hint="git remote add NAME ADDRESS adds one",
        )


def _failed(remote: str, complaint: str) -> SourceError:
    """What git said last; a password in an address is not repeated."""
    lines = [line for line in complaint.splitlines() if line.strip()] or ["it says nothing"]
    reason = _CREDENTIALS.sub("", next((x for x in lines if x.startswith("fatal:")), lines[-1]))
    return SourceError(
        "fetch-failed",
        f'fetching from "{remote}" failed: {reason.removeprefix("fatal: ")}',
        hint=f"run it by hand: git fetch {remote}",
    )
