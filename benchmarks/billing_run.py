"""How long does a billing run take, how much memory, and how do both grow with subscriptions?

Each customer has one subscription (a fee, two usage charges) and 100 events in January. The run
of 1 February issues two invoices to each: January's fee, and January's usage with February's fee.
A second run finds nothing due: it leaves the customers out. A third one by a catalog without a
digest cannot, and computes everything to find nothing. Filling the database is not measured. Each
run is a process of its own, whose peak memory counts.
"""

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.setting.company import company_catalog, subscribe, use
from benchmarks.setting.databases import database_urls

from planql.stores.billing_run import bill
from planql.stores.database import open_database
from planql.stores.invoices import Issuance

SIZES: Final = (1_000, 10_000)
EVENTS_EACH: Final = 100
AS_OF: Final = datetime(2026, 2, 1, tzinfo=UTC)
LIMIT_SECONDS: Final = 300.0
LIMIT_MEGABYTES: Final = 500


@dataclass(frozen=True)
class Measured:
    """What one billing run took.

    Attributes:
        seconds: From beginning to end.
        busy: Seconds of the processor, the database's own apart where it is a server.
        megabytes: Peak memory of the process.
    """

    invoices: int
    seconds: float
    busy: float
    megabytes: int

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s, {self.busy:5.1f} s busy, {self.megabytes:4} MB at most"


def main() -> int:
    """Print a table; 1 when a limit is exceeded."""
    slow = 0
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        for name, url in database_urls():
            fill(url, size)
            runs = {
                "two invoices due each": apart(url),
                "nothing due": apart(url),
                "nothing due, computed": apart(url, is_known=False),
            }
            first, *others = runs.values()
            if (first.invoices, *(each.invoices for each in others)) != (2 * size, 0, 0):
                sys.exit(f"{[each.invoices for each in runs.values()]} invoices were issued")
            for what, each in runs.items():
                print(f"{name:11} {size:6,} subscriptions, {what:22}: {each}", flush=True)
            slow += first.seconds > LIMIT_SECONDS or first.megabytes > LIMIT_MEGABYTES
    return 1 if slow else 0


def fill(url: str, size: int) -> None:
    """Customers with their usage."""
    database = open_database(url)
    keys = [f"customer-{number:06}" for number in range(size)]
    subscribe(database, keys)
    use(database, keys, EVENTS_EACH)
    database.close()


def apart(url: str, *, is_known: bool = True) -> Measured:
    """A billing run in a process of its own, by a catalog that runs know again, or not."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, url, AS_OF, is_known=is_known).result()


def measure(url: str, as_of: datetime, *, is_known: bool) -> Measured:
    """One billing run, in this process."""
    database, catalog = open_database(url), company_catalog()
    if not is_known:
        catalog = replace(catalog, digest="")
    started, idle = time.perf_counter(), time.process_time()
    groups = bill(database, catalog, Issuance("INV", as_of, None), as_of)
    invoices = sum(len(group.invoices) for group in groups)
    seconds, busy = time.perf_counter() - started, time.process_time() - idle
    database.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(invoices, seconds, busy, peak)


if __name__ == "__main__":
    sys.exit(main())
