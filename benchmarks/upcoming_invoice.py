"""How long does the upcoming invoice of a customer with 10,000 events take, on each database?

The customer pays a fee and two usage charges that read the same events; a hundred other customers
have a hundred events each. Each time everything is read from the database and computed anew.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.setting.company import START, company_catalog, subscribe, use
from benchmarks.setting.databases import database_urls

from planql.billing.upcoming import upcoming
from planql.catalog.snapshot import Catalog
from planql.stores.accounts import ALL_TIME, read_account
from planql.stores.database import Database, open_database

EVENTS: Final = (100, 1_000, 10_000)
TIMES: Final = 100
LIMIT_SECONDS: Final = 1.0
"""Half of the upcoming invoices of 10,000 events are there sooner."""


def main() -> int:
    """Print a table; 1 when the median exceeds its limit."""
    slow = 0
    catalog = company_catalog()
    for name, url in database_urls():
        database = open_database(url)
        fill(database)
        for many in EVENTS:
            taken = sorted(measure(database, catalog, f"uses-{many}") for _ in range(TIMES))
            median, slowest = taken[TIMES // 2], taken[TIMES * 99 // 100]
            shown = f"p50 {median * 1000:7.1f} ms  p99 {slowest * 1000:7.1f} ms"
            print(f"{name:11} {many:6,} events: {shown}", flush=True)
            slow += median > LIMIT_SECONDS
        database.close()
    return 1 if slow else 0


def fill(database: Database) -> None:
    """The customers that are asked about, among a hundred others."""
    others = [f"other-{number}" for number in range(100)]
    subscribe(database, others)
    use(database, others, 100)
    for many in EVENTS:
        subscribe(database, [f"uses-{many}"])
        use(database, [f"uses-{many}"], many)


def measure(database: Database, catalog: Catalog, customer: str) -> float:
    """Seconds until the upcoming invoice is known."""
    started = time.perf_counter()
    account = read_account(database, catalog, customer, ALL_TIME)
    coming = upcoming(account.history(catalog), START + timedelta(days=30, hours=23))
    seconds = time.perf_counter() - started
    if len(coming.invoices) != 1 or len(coming.invoices[0].lines) != 3:  # noqa: PLR2004 - charges
        sys.exit(f"the upcoming invoice is wrong: {coming}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
