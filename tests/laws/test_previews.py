"""Laws: what is previewed is what is issued, whatever a customer's history."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.strategies.stories import stories
from tests.oracle.numerals import Doc

from planql.billing.histories import History
from planql.billing.preview import history_in
from planql.billing.revisions import revise
from planql.billing.running_usage import running_usage
from planql.billing.stories import Story
from planql.billing.upcoming import upcoming
from planql.catalog.documents import Documents
from planql.catalog.snapshot import catalog_of
from planql.entity import read_entity
from planql.errors import PlanqlError

NOTHING = catalog_of(Documents(()))

moderate = settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


def history_at(document: Doc, at: datetime) -> History | None:
    """The history up to `at`, all due invoices issued; None if it cannot be billed."""
    try:
        return history_in(read_entity(Story, {**document, "as_of": at.isoformat()}), NOTHING)
    except PlanqlError:
        return None


def instant(document: Doc, part: int) -> datetime:
    """A time of the story: so many thousandths between its first start and its end."""
    start = min(datetime.fromisoformat(each["started_at"]) for each in document["subscriptions"])
    end = datetime.fromisoformat(document["as_of"])
    return start + (end - start) * part // 1000


@moderate
@given(stories(), st.integers(0, 1000), st.integers(1, 999))
def test_the_upcoming_invoice_is_the_next_one_issued(
    document: Doc, part: int, between: int
) -> None:
    """Until then a billing run issues nothing; then it issues what was shown, line by line."""
    now = instant(document, part)
    history = history_at(document, now)
    if history is None:
        return
    shown = upcoming(history, now)
    if shown.at is None:
        assert history.to_issue(now + timedelta(days=800)) == ()
        return
    assert history.to_issue(now + (shown.at - now) * between // 1000) == ()
    assert tuple(new.invoice for new in history.to_issue(shown.at)) == shown.invoices
    assert bool(shown.empty_because) is (shown.invoices == ())


@moderate
@given(stories(), st.integers(0, 1000))
def test_estimates_of_usage_are_lines_of_invoices(document: Doc, part: int) -> None:
    """What running usage shows is billed by the invoices to come, if nothing more happens."""
    now = instant(document, part)
    history = history_at(document, now)
    if history is None:
        return
    for usage in running_usage(history, now):
        coming = history.to_issue(usage.span.end + timedelta(days=800))
        lines = {line.id: line for new in coming for line in new.invoice.lines}
        for line in usage.lines:
            assert lines[line.id].amount == line.amount


def last_change(document: Doc) -> tuple[Doc, str, dict[str, Any]] | None:
    """The story without the last change of all, whose subscription it was, and that change."""
    changes = [
        (datetime.fromisoformat(change["at"]), each["key"], change)
        for each in document["subscriptions"]
        for change in each.get("changes", ())
    ]
    if not changes:
        return None
    _, key, last = max(changes, key=lambda found: found[0])
    kept = [
        {**each, "changes": [change for change in each.get("changes", ()) if change is not last]}
        for each in document["subscriptions"]
    ]
    return {**document, "subscriptions": kept}, key, last


@moderate
@given(stories(), st.integers(0, 40))
def test_confirming_issues_exactly_what_was_previewed(document: Doc, more: int) -> None:
    """The preview of a change is the invoice of the run after it; more usage moves no token."""
    found = last_change(document)
    if found is None:
        return
    before, key, change = found
    at = datetime.fromisoformat(change["at"])
    history = history_at(before, at)
    request = {name: value for name, value in change.items() if name != "at"}
    try:
        preview = revise(history, key, request, at).preview if history else None
    except PlanqlError:
        return
    if history is None or preview is None:
        return
    told = history_at({**before, "subscriptions": with_change(before, key, change)}, at)
    assert told is not None
    changed = replace(told, issued=history.issued)
    issued = tuple(new.invoice for new in changed.to_issue(at))
    assert issued == preview.preview.invoices
    assert preview.preview.upcoming == upcoming(changed.after_issuing(issued, at), at)
    busier = history_at({**before, "usage": [*before.get("usage", ()), *events(at, more)]}, at)
    if busier is not None:
        busier = replace(busier, issued=history.issued)
        assert revise(busier, key, request, at).preview.token == preview.token


def with_change(document: Doc, key: str, change: dict[str, Any]) -> list[Doc]:
    """The subscriptions, with `change` at the end of one of them."""
    return [
        {**each, "changes": [*each.get("changes", ()), change]} if each["key"] == key else each
        for each in document["subscriptions"]
    ]


def events(at: datetime, count: int) -> list[Doc]:
    """Usage of the hours before `at`, of a type that meters of stories count."""
    return [
        {
            "id": f"more-{number}",
            "type": "call",
            "time": (at - timedelta(minutes=7 * number)).isoformat(),
            "data": {"n": "3", "region": "eu"},
        }
        for number in range(count)
    ]
