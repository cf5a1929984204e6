"""How long does a server take to serve a new commit that touches one file of many?

Writes catalogs of 100 and 1,000 rate plans to a temporary git repository and follows its branch as
`planql serve --repository` does. Then one plan changes, and the whole of one look at the branch is
timed: finding the new commit, reading, parsing, judging, comparing with what was served, working
out what requests need, and swapping it in. A look that finds nothing new is timed, too.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.load_catalog import commit_all, git, rate_plan, write_catalog

from planql.gateway.watching import Watcher
from planql.sources.served_branches import ServedBranch
from planql.stores.database import open_database

SIZES: Final = (100, 1_000)
LIMIT_SECONDS: Final = 0.5
RUNS: Final = 5


@dataclass(frozen=True)
class Measured:
    """The best of several runs, in seconds."""

    plans: int
    start: float
    reload: float
    idle: float

    def __str__(self) -> str:
        return (
            f"{self.plans:6,} plans: start {self.start:6.3f} s, one file changed "
            f"{self.reload:6.3f} s, nothing new {self.idle * 1e3:5.1f} ms"
        )


def main() -> int:
    """Print what was measured; 1 when a limit is exceeded."""
    slow = 0
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(Path(folder), size)
        print(measured)
        slow += measured.reload > LIMIT_SECONDS
    return 1 if slow else 0


def measure(repository: Path, size: int) -> Measured:
    """Follow the branch of a repository with `size` rate plans."""
    write_catalog(repository / "catalog", size)
    commit_all(repository)
    store = open_database(f"sqlite:///{repository / 'memory.sqlite3'}")
    begin = time.perf_counter()
    watcher = Watcher(ServedBranch(repository), store, lambda: datetime.now(UTC), 10)
    start = time.perf_counter() - begin
    reload = min(changed(repository, watcher, number) for number in range(RUNS))
    idle = min(looked(watcher) for _ in range(RUNS))
    store.close()
    return Measured(size, start, reload, idle)


def changed(repository: Path, watcher: Watcher, number: int) -> float:
    """Seconds of the look that finds another name of a plan."""
    before = watcher.holder.served.catalog.commit
    path = repository / "catalog" / "rate-plans" / "plan-00007" / "v1.json"
    text = json.dumps(rate_plan(7) | {"name": f"Name {number}"}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "Another name")
    seconds = looked(watcher)
    if watcher.status.failure or watcher.holder.served.catalog.commit == before:
        sys.exit(f"the commit is not served: {watcher.status.failure}")
    return seconds


def looked(watcher: Watcher) -> float:
    """Seconds of one look at the branch."""
    start = time.perf_counter()
    watcher.look()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
