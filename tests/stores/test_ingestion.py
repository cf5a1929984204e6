"""Taking in usage keeps what is good and reports the rest one by one."""

from datetime import UTC, datetime

from planql.metering.acceptance import Acceptance
from planql.metering.events import UsageEvent, parse_lines
from planql.stores.database import Database
from planql.stores.ingestion import Ingested, ingest
from planql.stores.usage import read_events

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = b'{"id": "%d", "type": "call", "subject": "acme", "time": "2026-03-01T10:00:00Z"}'


def take_in(database: Database, *lines: bytes) -> Ingested:
    """Ingest JSON lines, all reports as one."""
    reports = ingest(database, Acceptance([]), parse_lines(lines), NOON)
    return sum(reports, Ingested())


def test_good_events_are_kept_beside_bad_ones(database: Database) -> None:
    """A line that is no event is reported with its place, and costs no other line."""
    report = take_in(database, GOOD % 1, b"nonsense", b'{"id": "2"}', GOOD % 3)
    assert report.stored == 2
    assert [bad.position for bad in report.rejected] == [2, 3]
    stored = read_events(database, ["acme"], ["call"], NOON)["acme"]
    assert [event.id for event in stored] == ["1", "3"]


def test_sending_again_reports_duplicates(database: Database) -> None:
    """The second time nothing is stored, and each event is named."""
    take_in(database, GOOD % 1)
    report = take_in(database, GOOD % 1, GOOD % 2)
    assert (report.stored, [event.id for event in report.duplicates]) == (1, ["1"])


def test_long_streams_are_recorded_in_batches(database: Database) -> None:
    """More than 10,000 events give a report for each 10,000, and none is lost."""
    events = [UsageEvent(str(n), "call", NOON, {}, subject="acme") for n in range(10_001)]
    reports = list(ingest(database, Acceptance([]), events, NOON))
    assert [report.stored for report in reports] == [10_000, 1]
