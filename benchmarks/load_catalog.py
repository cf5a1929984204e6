"""How long does it take to validate a catalog, and to load one from a git ref?

Writes catalogs of 100 and 1,000 rate plans to a temporary git repository, then times: validating
the directory, loading the same from a ref, and loading again after one file has changed. The time
per file shows whether the time grows linearly with the number of files.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planql.sources import Loaded, ParsedCache, load, load_ref

SIZES: Final = (100, 1_000)
LIMIT_SECONDS: Final = 3.0
RELOAD_LIMIT_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Measured:
    """The best of several runs, in seconds."""

    what: str
    files: int
    seconds: float
    limit: float

    def __str__(self) -> str:
        per_file = self.seconds / self.files * 1e6
        return f"{self.what:32} {self.files:6,} files {self.seconds:7.3f} s {per_file:7.0f} us/file"


def main() -> int:
    """Print what was measured; 1 when a limit is exceeded."""
    slow = 0
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for measured in measure(Path(folder), size):
                print(measured)
                slow += measured.seconds > measured.limit
    return 1 if slow else 0


def measure(repository: Path, size: int) -> list[Measured]:
    """Time the three ways of loading a catalog with `size` rate plans."""
    catalog = repository / "catalog"
    write_catalog(catalog, size)
    commit_all(repository)
    cache = ParsedCache()
    load(catalog, cache)
    plan = catalog / "rate-plans" / "plan-00007" / "v1.json"
    plan.write_text(json.dumps(rate_plan(7) | {"name": "Changed"}, indent=2), encoding="utf-8")
    return [
        Measured("validate a directory", size, best(lambda: load(catalog)), LIMIT_SECONDS),
        Measured(
            "load from a git ref", size, best(lambda: load_ref(repository, "main")), LIMIT_SECONDS
        ),
        Measured(
            "load again, one file changed",
            size,
            once(lambda: load(catalog, cache)),
            RELOAD_LIMIT_SECONDS,
        ),
    ]


def best(run: Callable[[], Loaded], times: int = 3) -> float:
    """Seconds of the fastest run."""
    return min(once(run) for _ in range(times))


def once(run: Callable[[], Loaded]) -> float:
    """Seconds of one run, which must find nothing wrong."""
    start = time.perf_counter()
    loaded = run()
    seconds = time.perf_counter() - start
    if loaded.catalog is None:
        sys.exit("\n".join(str(problem) for problem in loaded.problems[:5]))
    return seconds


def write_catalog(catalog: Path, size: int) -> None:
    """A catalog of `size` rate plans, all of one product."""
    write(catalog / "catalog.json", {"format": 1, "name": "Benchmark", "time_zone": "UTC"})
    write(catalog / "products" / "support.json", {"key": "support", "name": "Support"})
    unit = {"key": "tokens", "event": "tokens", "unit": "token"}
    write(catalog / "meters" / "tokens.json", unit | {"aggregation": {"type": "count"}})
    for number in range(size):
        write(catalog / "rate-plans" / f"plan-{number:05}" / "v1.json", rate_plan(number))


def rate_plan(number: int) -> dict[str, object]:
    """A plan of ordinary size: a fee, seats, and graduated usage over five tiers."""
    tiers = [{"up_to": str(10**step), "unit_amount": f"0.{9 - step}"} for step in range(2, 6)]
    graduated = {"type": "graduated", "tiers": [*tiers, {"up_to": None, "unit_amount": "0.03"}]}
    flat = {"type": "flat", "amount": f"{number}.00"}
    seats = {"type": "per_unit", "unit_amount": "10.00"}
    return {
        "key": f"plan-{number:05}",
        "version": 1,
        "status": "published",
        "product": "support",
        "name": f"Plan {number}",
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2026-01-01",
        "charges": [
            {"key": "fee", "name": "Fee", "type": "recurring", "model": flat},
            {"key": "seats", "name": "Seats", "type": "recurring", "quantity": {"name": "seats"}}
            | {"model": seats},
            {"key": "tokens", "name": "Tokens", "type": "usage", "meter": "tokens"}
            | {"included_units": "100", "cap": "5000.00", "model": graduated},
        ],
    }


def write(path: Path, document: dict[str, object]) -> None:
    """A document, laid out as people do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def commit_all(repository: Path) -> None:
    """Make `repository` a git repository with one commit of everything in it."""
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "All"]):
        git(repository, *arguments)


def git(repository: Path, *arguments: str) -> None:
    """Run git in `repository`, as nobody in particular."""
    program = shutil.which("git") or sys.exit("this benchmark needs git")
    who = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com"]
    subprocess.run([program, "-C", str(repository), *who, *arguments], check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
