"""Taking in usage: what is good is recorded exactly once, what is not is reported one by one.

Source: RULES 3.1 and 3.2 (docs/rules/metering.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from planql.metering.acceptance import Acceptance
from planql.metering.events import BadEvent, UsageEvent
from planql.stores.database import Database
from planql.stores.usage import record_events

_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of the events that were sent.

    Attributes:
        stored: How many were new.
        duplicates: Events whose source and id were known before.
        rejected: Events that were not recorded, each with its place and reason.
    """

    stored: int = 0
    duplicates: tuple[UsageEvent, ...] = ()
    rejected: tuple[BadEvent, ...] = ()

    def __add__(self, other: "Ingested") -> "Ingested":
        """Both reports as one."""
        return Ingested(
            self.stored + other.stored,
            self.duplicates + other.duplicates,
            self.rejected + other.rejected,
        )


def ingest(
    database: Database,
    acceptance: Acceptance,
    outcomes: Iterable[UsageEvent | BadEvent],
    recorded_at: datetime,
) -> Iterator[Ingested]:
    """Record events as they come, a report for every 10,000 of them.

    Args:
        database: Where to.
        acceptance: Judges what can be read at all.
        outcomes: Events, and what was not one, in the order they were sent.
        recorded_at: When planql learned of them.
    """
    batch: list[tuple[int, UsageEvent | BadEvent]] = []
    for position, outcome in enumerate(outcomes, 1):
        batch.append((position, outcome))
        if len(batch) == _BATCH:
            yield ingest_batch(database, acceptance, batch, recorded_at)
            batch = []
    if batch:
        yield ingest_batch(database, acceptance, batch, recorded_at)


def ingest_batch(
    database: Database,
    acceptance: Acceptance,
    batch: Iterable[tuple[int, UsageEvent | BadEvent]],
    recorded_at: datetime,
) -> Ingested:
    """Record the good ones of some events, each with its place in what was sent, from 1."""
    good: list[UsageEvent] = []
    rejected: list[BadEvent] = []
    for position, outcome in batch:
        bad = outcome if isinstance(outcome, BadEvent) else acceptance.refusal(outcome, position)
        if bad is not None:
            rejected.append(bad)
        elif isinstance(outcome, UsageEvent):
            good.append(outcome)
    recorded = record_events(database, good, recorded_at)
    return Ingested(recorded.stored, recorded.duplicates, tuple(rejected))
