"""Usage from strangers: recorded exactly once, and told event by event what became of it.

What an event says about when it was recorded is not believed: that is the present instant.

Source: RULES 3.1 and 3.2 (docs/rules/metering.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from planql.metering.acceptance import Acceptance
from planql.metering.events import BadEvent, UsageEvent
from planql.stores.database import Database
from planql.stores.ingestion import ingest_batch


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What became of the events that were sent; places count from 1.

    Attributes:
        recorded: Places of the events that are new.
        duplicates: Places of the events known before, and those events.
        rejected: Why each of the others was not recorded, in the order of their places.
    """

    recorded: tuple[int, ...]
    duplicates: tuple[tuple[int, UsageEvent], ...]
    rejected: tuple[BadEvent, ...]


def record_usage(
    database: Database,
    acceptance: Acceptance,
    outcomes: Iterable[tuple[int, UsageEvent | BadEvent]],
    recorded_at: datetime,
) -> UsageReport:
    """Record what can be, all in one transaction.

    Args:
        database: Where to.
        acceptance: Judges what can be read at all.
        outcomes: Events, and what was not one, each with its place.
        recorded_at: The present instant.
    """
    sent = [(place, _undated(outcome)) for place, outcome in outcomes]
    report = ingest_batch(database, acceptance, sent, recorded_at)
    # Equal events may be sent twice, so events are told apart by which object they are.
    known = {id(event) for event in report.duplicates}
    refused = {bad.position for bad in report.rejected}
    events = [
        (place, outcome)
        for place, outcome in sent
        if isinstance(outcome, UsageEvent) and place not in refused
    ]
    return UsageReport(
        recorded=tuple(place for place, event in events if id(event) not in known),
        duplicates=tuple(pair for pair in events if id(pair[1]) in known),
        rejected=report.rejected,
    )


def _undated(outcome: UsageEvent | BadEvent) -> UsageEvent | BadEvent:
    return replace(outcome, recorded_at=None) if isinstance(outcome, UsageEvent) else outcome
