"""How long do a million events take, from JSON lines to rated lines of 1,000 customers?

Writes the events as JSON lines in memory, then times each step on its own: parsing them, sorting
them by customer, measuring five charges of each customer (count with a filter, sum, sum of decimals
by group, unique count, time-weighted sum), and rating what was measured. Four of the five charges
read the same events, so every event is read several times. Times are those of the processor: all of
it runs on one core, whatever else the machine does.
"""

import gc
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.entity import read_entity
from planql.metering.events import ParsedEvents, parse_events
from planql.metering.measure import Measured, measure
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.rating.pipeline import rate_measured
from planql.rating.plan_usage import by_customer
from planql.rating.prepared import prepare

EVENTS: Final = 1_000_000
CUSTOMERS: Final = 1_000
STORAGE_SHARE: Final = 5
"""One event in so many changes the storage; all others are calls."""
PARSE_LIMIT: Final = 5e-6
"""Seconds that parsing one event may take."""
LIMIT_SECONDS: Final = 30.0
"""Seconds that everything after parsing may take."""

START: Final = datetime(2026, 6, 1, tzinfo=UTC)
JUNE: Final = Span(START, datetime(2026, 7, 1, tzinfo=UTC))

TIERS: Final = [
    {"up_to": "1000", "unit_amount": "0.01"},
    {"up_to": "100000", "unit_amount": "0.008", "flat_amount": "5"},
    {"up_to": None, "unit_amount": "0.005"},
]
PER_UNIT: Final = {"type": "per_unit", "unit_amount": "0.000002"}
GRADUATED: Final = {"type": "graduated", "tiers": TIERS}

CHARGES: Final[dict[str, tuple[dict[str, object], str, dict[str, object]]]] = {
    "calls": ({"type": "count"}, "call", {"included_units": "100", "model": GRADUATED}),
    "tokens": ({"type": "sum", "property": "tokens"}, "call", {"model": PER_UNIT}),
    "seconds": (
        {"type": "sum", "property": "seconds"},
        "call",
        {"group_by": ["region"], "model": GRADUATED},
    ),
    "users": ({"type": "unique_count", "property": "user"}, "call", {"model": GRADUATED}),
    "storage": ({"type": "time_weighted_sum", "property": "gb"}, "storage", {"model": GRADUATED}),
}
FILTERS: Final = {"calls": {"property": "status", "operator": "in", "value": ["ok", "late"]}}


@dataclass(frozen=True)
class Step:
    """One step and how long it took."""

    what: str
    seconds: float
    things: int
    kind: str

    def __str__(self) -> str:
        rate = self.things / self.seconds
        return f"{self.what:32} {self.seconds:7.2f} s {rate:12,.0f} {self.kind}/s"


def main() -> int:
    """Print what was measured; 1 when a limit is exceeded."""
    text = b"".join(batches(random.Random(7)))  # noqa: S311 - the same events in every run
    before = peak_megabytes()
    parsing, parsed = parse(text)
    usage_step, customers = index(parsed)
    metered = [metered_charge(key) for key in CHARGES]
    measuring, measured = measure_all(customers, metered)
    rating = rate_all(metered, measured)
    steps = [parsing, usage_step, measuring, rating]
    print(*steps, sep="\n")
    print(f"{len(text) / 1e6:.0f} MB of JSON lines; memory before parsing {before:,.0f} MB,")
    print(f"at its peak {peak_megabytes():,.0f} MB")
    after = sum(step.seconds for step in steps[1:])
    return int(parsing.seconds > PARSE_LIMIT * EVENTS or after > LIMIT_SECONDS)


def parse(text: bytes) -> tuple[Step, ParsedEvents]:
    """The events, all of them good."""
    begin = time.process_time()
    parsed = parse_events(text)
    step = Step("parse", time.process_time() - begin, EVENTS, "events")
    if parsed.bad or len(parsed.events) != EVENTS:
        sys.exit(str(parsed.bad[:3]))
    gc.freeze()
    return step, parsed


def index(parsed: ParsedEvents) -> tuple[Step, list[Usage]]:
    """The usage of each customer: every event once, sorted by type and time."""
    begin = time.process_time()
    customers = [Usage(events) for events in by_customer(parsed.events).values()]
    return Step("sort by customer, type, time", time.process_time() - begin, EVENTS, "events"), (
        customers
    )


def measure_all(
    customers: list[Usage], metered: list[tuple[UsageCharge, Meter]]
) -> tuple[Step, list[list[Measured]]]:
    """What every meter measured, per customer."""
    begin = time.process_time()
    measured = [
        [measure(charge, meter, usage, JUNE, JUNE) for charge, meter in metered]
        for usage in customers
    ]
    seconds = time.process_time() - begin
    return Step("measure 5 charges", seconds, len(customers) * len(metered), "quantities"), measured


def rate_all(metered: list[tuple[UsageCharge, Meter]], measured: list[list[Measured]]) -> Step:
    """Lines with their steps, for every quantity."""
    begin = time.process_time()
    for row in measured:
        for (charge, meter), quantities in zip(metered, row, strict=True):
            rate_measured(charge, prepare(charge, "USD"), quantities, meter)
    count = len(measured) * len(metered)
    return Step("rate them, with steps", time.process_time() - begin, count, "lines")


def metered_charge(key: str) -> tuple[UsageCharge, Meter]:
    """A charge and its meter."""
    aggregation, event, members = CHARGES[key]
    meter = {"key": key, "event": event, "unit": "unit", "aggregation": aggregation}
    narrowed = {"filter": FILTERS[key]} if key in FILTERS else {}
    charge = {"key": key, "name": key, "type": "usage", "meter": key, **members}
    return read_entity(UsageCharge, charge), read_entity(Meter, meter | narrowed)


def batches(source: random.Random, size: int = 10_000) -> Iterator[bytes]:
    """The lines in few pieces, so that making them takes little memory beside the text."""
    every = lines(source)
    while batch := b"".join(islice(every, size)):
        yield batch


def lines(source: random.Random) -> Iterator[bytes]:
    """Events as JSON lines, customers and times mixed."""
    for number in range(EVENTS):
        at = START + timedelta(microseconds=source.randrange(30 * 86_400_000_000))
        is_storage = number % STORAGE_SHARE == 0
        event = {
            "specversion": "1.0",
            "id": str(number),
            "source": "benchmark",
            "type": "storage" if is_storage else "call",
            "subject": f"customer-{source.randrange(CUSTOMERS)}",
            "time": at.isoformat().replace("+00:00", "Z"),
            "data": {"gb": source.randrange(-5, 10)} if is_storage else call(source),
        }
        yield json.dumps(event).encode() + b"\n"


def call(source: random.Random) -> dict[str, object]:
    """What is known of one call."""
    return {
        "status": source.choice(["ok", "late", "failed"]),
        "tokens": source.randrange(5_000),
        "seconds": source.randrange(100_000) / 1000,
        "region": source.choice(["eu", "us", "asia"]),
        "user": f"user-{source.randrange(50)}",
    }


def peak_megabytes() -> float:
    """Most memory this process has had so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    sys.exit(main())
