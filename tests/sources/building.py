"""Small catalogs for the tests of sources: documents as plain values, written to a directory."""

import json
import subprocess
from pathlib import Path
from typing import Any

Documents = dict[str, Any]
"""Path inside the catalog -> a JSON value, or the text itself."""


def charge(**members: object) -> dict[str, object]:
    """A usage charge that is right, with some members as given."""
    right = {
        "key": "tokens",
        "name": "Tokens",
        "type": "usage",
        "meter": "tokens",
        "model": {"type": "per_unit", "unit_amount": "0.10"},
    }
    return {**right, **members}


def plan(**members: object) -> dict[str, object]:
    """Version 1 of plan "pro" that is right, with some members as given."""
    right = {
        "key": "pro",
        "version": 1,
        "status": "published",
        "product": "support",
        "name": "Pro",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2026-01-01",
        "charges": [charge()],
    }
    return {**right, **members}


METER = {"key": "tokens", "event": "tokens", "aggregation": {"type": "count"}, "unit": "token"}


def documents(**changed: object) -> Documents:
    """A catalog without a problem; `plan`, `meter`, `product` and `settings` may be replaced."""
    return {
        "catalog.json": changed.get("settings", {"format": 1, "name": "A", "time_zone": "UTC"}),
        "products/support.json": changed.get("product", {"key": "support", "name": "Support"}),
        "meters/tokens.json": changed.get("meter", METER),
        "rate-plans/pro/v1.json": changed.get("plan", plan()),
    }


def write(directory: Path, files: Documents) -> Path:
    """Write documents to a directory, laid out with two spaces; texts as they are."""
    for path, content in files.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, indent=2) + "\n"
        target.write_text(text, encoding="utf-8", newline="")
    return directory


def git(repository: Path, *arguments: str) -> str:
    """Run git in a repository, as nobody in particular, and return what it printed."""
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    settings += ["-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(repository), *settings, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(repository: Path, message: str = "All") -> str:
    """Commit everything in a repository, which is made first; the commit's name."""
    if not (repository / ".git").exists():
        git(repository, "init", "-q", "-b", "main")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", message)
    return git(repository, "rev-parse", "HEAD")
