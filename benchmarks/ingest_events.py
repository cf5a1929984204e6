"""How many usage events per second are recorded, by size of batch, on each database?

Events come as JSON lines of 0.2 kB: parsed, checked against two meters, and stored exactly once,
each batch in a transaction of its own that is on disk when it ends.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.setting.company import START, company_catalog
from benchmarks.setting.databases import database_urls

from planql.metering.acceptance import Acceptance
from planql.metering.events import parse_lines
from planql.stores.database import Database, open_database
from planql.stores.ingestion import ingest

SIZES: Final = {1: 1_000, 100: 50_000, 10_000: 200_000}
"""Size of a batch -> how many events are sent in such batches."""
LEAST_IN_LARGE_BATCHES: Final = 10_000


def main() -> int:
    """Print a table; 1 when large batches are slower than the limit."""
    slow = 0
    for name, url in database_urls():
        database = open_database(url)
        for size, many in SIZES.items():
            seconds = measure(database, size, many)
            rate = many / seconds
            print(f"{name:11} batches of {size:6,}: {rate:9,.0f} events/s", flush=True)
            slow += size == max(SIZES) and rate < LEAST_IN_LARGE_BATCHES
        database.close()
    return 1 if slow else 0


def measure(database: Database, size: int, many: int) -> float:
    """Seconds for recording `many` events in batches of `size`."""
    acceptance = Acceptance(each.entity for each in company_catalog().meters.values())
    batches = [list(lines(f"{size}-{place}", size)) for place in range(many // size)]
    started = time.perf_counter()
    for batch in batches:
        for report in ingest(database, acceptance, parse_lines(batch), START):
            if report.stored != size:
                sys.exit(f"only {report.stored} of {size} events were recorded")
    return time.perf_counter() - started


def lines(name: str, many: int) -> Iterator[bytes]:
    """Events of a hundred customers as JSON lines."""
    for number in range(many):
        event = {
            "specversion": "1.0",
            "id": f"{name}-{number}",
            "source": "benchmark",
            "subject": f"customer-{number % 100}",
            "type": "model.called",
            "time": (START + timedelta(seconds=number)).isoformat(),
            "data": {"status": "ok", "tokens": 40 + number % 700, "model": "quill-large"},
        }
        yield json.dumps(event).encode()


if __name__ == "__main__":
    sys.exit(main())
