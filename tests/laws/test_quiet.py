"""Laws: in a quiet stretch nothing is due, whatever a customer's history."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.laws.strategies.late_stories import late_stories
from tests.laws.strategies.stories import stories
from tests.oracle.numerals import Doc

from planql.billing.due import zone_of
from planql.billing.histories import History
from planql.billing.quiet import Quiet, quiet_after
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.documents import Documents
from planql.catalog.snapshot import catalog_of
from planql.entity import read_entity
from planql.errors import PlanqlError

NOTHING = catalog_of(Documents(()))
MICROSECOND = timedelta(microseconds=1)

moderate = settings(
    max_examples=100,
    suppress_health_check=list(HealthCheck),
)


def whole_history(document: Doc) -> History:
    """All that a story tells, whenever it happens, and nothing issued."""
    story = read_entity(Story, document)
    catalog = catalog_for(story, NOTHING)
    time_zone = zone_of(story.customer, catalog)
    usage = usage_of(story, time_zone)
    return History(catalog, story.customer, story.subscriptions, usage, (), time_zone)


def quiet_at(history: History, now: datetime) -> tuple[History, Quiet]:
    """The history with all invoices due at `now` issued, and how long it is quiet then."""
    try:
        billed = history.after_issuing(history.due(now).invoices, now)
        return billed, quiet_after(billed, now)
    except PlanqlError:
        assume(condition=False)
        raise


def moments(now: datetime, quiet: Quiet, part: int) -> list[datetime]:
    """The first and the last moment of a stretch, and one between them."""
    until = quiet.until or now + timedelta(days=800)
    return [now, now + (until - now) * part // 1000, max(until - MICROSECOND, now)]


@moderate
@given(stories() | late_stories(), st.integers(0, 1000), st.integers(0, 999))
def test_nothing_is_due_in_a_quiet_stretch(document: Doc, hours: int, part: int) -> None:
    """Of a history that tells of later times, too, nothing is due before the stretch ends."""
    history = whole_history(document)
    now = min(each.started_at for each in history.subscriptions) + timedelta(hours=4 * hours)
    billed, quiet = quiet_at(history, now)
    assert quiet.since == now
    for moment in moments(now, quiet, part):
        assert billed.to_issue(moment) == ()


@moderate
@given(stories() | late_stories(), st.integers(0, 1000), st.integers(0, 999))
def test_usage_that_becomes_known_waits_for_the_end_of_the_stretch(
    document: Doc, hours: int, part: int
) -> None:
    """Where nothing has ended, late usage stands on no invoice before the next one."""
    history = whole_history(document)
    start = min(each.started_at for each in history.subscriptions)
    now = start + timedelta(hours=4 * hours)
    billed, quiet = quiet_at(history, now)
    assume(not quiet.hears_usage)
    for moment in moments(now, quiet, part)[1:]:
        known = max(moment, now + MICROSECOND)
        late = {"type": "call", "data": {"n": "7", "region": "eu"}, "id": "late"}
        late |= {"time": start.isoformat(), "recorded_at": known.isoformat()}
        told = whole_history({**document, "usage": [*document["usage"], late]})
        told = told.after_issuing(billed.issued, now)
        assert told.to_issue(moment) == ()
