"""How long nothing becomes due, as long as nothing more is written about a customer.

::

    as_of                 until
      [ nothing is due      )[ the next occasion, or something written of a later time

A billing run inside such a stretch finds nothing, so that it need not compute anything.

Source: RULES 8.1, 8.4, 8.5 (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from planql.billing.histories import History
from planql.billing.upcoming import next_issue


@dataclass(frozen=True, slots=True)
class Quiet:
    """A stretch of time in which nothing becomes due.

    Attributes:
        since: Inclusive; everything due by then was issued.
        until: Exclusive; None is for ever.
        hears_usage: Whether usage that becomes known later ends it. It does once a subscription
            has ended, for no invoice comes that it could wait for.
    """

    since: datetime
    until: datetime | None
    hears_usage: bool


def quiet_after(history: History, as_of: datetime) -> Quiet:
    """The stretch that begins at `as_of`; it may end before anything is due, never after.

    Args:
        history: All that is known, everything due by `as_of` issued.
        as_of: The time of the billing run that issued it.

    Raises:
        PlanqlError: the account cannot be billed by this catalog at some later time.
    """
    timelines = [history.timeline(each.key, as_of) for each in history.subscriptions]
    coming = next_issue(history, as_of)
    instants = [*_told_of_later(history, as_of), *([] if coming is None else [coming])]
    return Quiet(
        since=as_of,
        until=min(instants, default=None),
        hears_usage=any(timeline.ending is not None for timeline in timelines),
    )


def _told_of_later(history: History, as_of: datetime) -> Iterator[datetime]:
    """The times after `as_of` of which something is known already."""
    yield from (at for at in _told(history) if at > as_of)
    news = history.usage.next_news(as_of)
    if news is not None:
        yield news


def _told(history: History) -> Iterator[datetime]:
    yield from [] if history.issued_until is None else [history.issued_until]
    for subscription in history.subscriptions:
        yield subscription.started_at
        yield from (change.at for change in subscription.changes)
        yield from (adjustment.at for adjustment in subscription.adjustments)
