"""The upcoming invoice: what the next one will be if nothing more happens.

It is what the billing run would issue at that time, knowing the usage that is known now.

Source: RULES 8.2, 8.6 (docs/rules/invoices.md).
"""

from dataclasses import dataclass
from datetime import datetime

from planql.billing.histories import History
from planql.billing.horizons import grace_of, running_until
from planql.billing.invoices import Invoice
from planql.billing.occasions import occasions_of
from planql.periods import day_start, local_day, one_day_later


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What is invoiced next.

    Attributes:
        at: When; None when no subscription goes on.
        invoices: One per currency; without lines there is none.
        notices: What a person should know.
        empty_because: Why there is no invoice; "" when there is one.
    """

    at: datetime | None
    invoices: tuple[Invoice, ...]
    notices: tuple[str, ...] = ()
    empty_because: str = ""


def upcoming(history: History, now: datetime) -> Upcoming:
    """The invoices of the next time at which one is issued.

    When no subscription goes on, what is still to be issued, such as a final invoice. Where
    invoices were issued at a time after `now` already, the next one comes after those.

    Raises:
        PlanqlError: the account cannot be billed by this catalog.
    """
    since = history.next_issuable(now)
    at = next_issue(history, since)
    if at is None:
        left = tuple(new.invoice for new in history.to_issue(since) if new.invoice.lines)
        return Upcoming(None, left, (), "" if left else _nothing_goes_on(history))
    day = local_day(at, history.time_zone)
    found = tuple(new.invoice for new in history.to_issue(at) if new.invoice.issued_on == day)
    reason = "" if found else f"nothing is due on {day}"
    return Upcoming(at, found, _notices(history, at), reason)


def next_issue(history: History, now: datetime) -> datetime | None:
    """The first time after `now` at which something may be invoiced; None when there is none."""
    grace = grace_of(history)
    horizon = running_until(history, now) + grace
    timelines = [history.timeline(each.key, horizon) for each in history.subscriptions]
    instants = [
        occasion.issued_at
        for timeline in timelines
        for occasion in occasions_of(timeline, horizon, grace)
        if occasion.issued_at > now and not occasion.is_deferred
    ]
    if any(timeline.ending is not None for timeline in timelines):
        instants += _supplements(history, now)
    return min(instants, default=None)


def _supplements(history: History, now: datetime) -> list[datetime]:
    """The next midnight, if what came on the day of a final invoice is invoiced then."""
    tomorrow = one_day_later(local_day(now, history.time_zone))
    midnight = day_start(tomorrow, history.time_zone)
    before, then = history.to_issue(now), history.to_issue(midnight)
    return [midnight] if len(then) > len(before) else []


def _notices(history: History, at: datetime) -> tuple[str, ...]:
    timelines = [history.timeline(each.key, at) for each in history.subscriptions]
    return tuple(notice for timeline in timelines for notice in timeline.notices)


def _nothing_goes_on(history: History) -> str:
    if history.subscriptions:
        return "no subscription goes on, and nothing is left to be invoiced"
    return "there is no subscription"
