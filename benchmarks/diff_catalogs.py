"""How long does the difference of two git refs take, and how does it grow with what changed?

Writes a catalog of 1,000 rate plans to a temporary git repository, changes 1, 100 and all of them
on branches of their own, then times the whole of it: both refs are read, parsed, judged and
compared.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.load_catalog import commit_all, git, rate_plan, write, write_catalog

from planql.catalog.diff import diff_catalogs
from planql.cli.compared_catalogs import compared_catalogs

PLANS: Final = 1_000
CHANGED: Final = (1, 100, 1_000)
LIMIT_SECONDS: Final = 4.0


@dataclass(frozen=True)
class Measured:
    """One comparison, in seconds; `comparing` is the part after both refs were loaded."""

    changed: int
    seconds: float
    comparing: float

    def __str__(self) -> str:
        return (
            f"{self.changed:5,} of {PLANS:,} plans changed {self.seconds:7.3f} s, "
            f"{self.comparing:7.3f} s of it comparing"
        )


def main() -> int:
    """Print what was measured; 1 when a limit is exceeded."""
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        write_catalog(repository / "catalog", PLANS)
        commit_all(repository)
        for changed in CHANGED:
            branch(repository, changed)
            best = min((measure(repository, changed) for _ in range(3)), key=lambda m: m.seconds)
            print(best)
            slow += best.seconds > LIMIT_SECONDS
    return 1 if slow else 0


def branch(repository: Path, changed: int) -> None:
    """Make a branch on which the first plans have another fee."""
    git(repository, "checkout", "-q", "-b", f"changed-{changed}", "main")
    for number in range(changed):
        plan = rate_plan(number)
        text = json.dumps(plan).replace(f'"{number}.00"', f'"{number + 1}.00"')
        path = repository / "catalog" / "rate-plans" / f"plan-{number:05}" / "v1.json"
        write(path, json.loads(text))
    git(repository, "commit", "-q", "-a", "-m", "Other prices")


def measure(repository: Path, changed: int) -> Measured:
    """Compare main with a branch, from git's objects to the last change."""
    start = time.perf_counter()
    compared = compared_catalogs("main", f"changed-{changed}", repository / "catalog")
    loaded = time.perf_counter()
    diff = diff_catalogs(compared.base, compared.head)
    end = time.perf_counter()
    if len(diff.objects) != changed:
        sys.exit(f"{changed} plans changed, but {len(diff.objects)} were found")
    return Measured(changed, end - start, end - loaded)


if __name__ == "__main__":
    sys.exit(main())
