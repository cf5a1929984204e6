"""How far to look ahead: to the end of running periods, and until what is decided has happened.

Source: RULES 7.2, 8.1 (docs/rules/subscriptions.md).
"""

from datetime import date, datetime, timedelta

from planql.billing.changes import TermsChange
from planql.billing.histories import History
from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.metering.spans import Span
from planql.periods import day_start, local_day


def grace_of(history: History) -> timedelta:
    """How long after a boundary its invoice is issued."""
    return timedelta(hours=history.catalog.settings.invoice_grace_hours)


def running_period(timeline: Timeline, instant: datetime) -> Span:
    """The billing period, or the trial, that runs at `instant`; before the start, the first one.

    A first period that began before the subscription did, begins with it.
    """
    moment = max(instant, timeline.start)
    if timeline.trial_end is not None and moment < timeline.trial_end:
        return Span(timeline.start, timeline.trial_end)
    epoch = [each for each in timeline.epochs if each.start <= moment][-1]
    full = epoch.grid(epoch.interval).period_of(local_day(moment, timeline.time_zone))
    opening = max(day_start(full.start, timeline.time_zone), epoch.start)
    start = max(opening, timeline.trial_end or opening)
    return Span(start, day_start(full.end, timeline.time_zone))


def running_until(history: History, now: datetime) -> datetime:
    """The time by which every period that runs at `now` has ended; `now` without any."""
    timelines = [history.timeline(each.key, now) for each in history.subscriptions]
    return max([now, *(running_period(each, now).end for each in timelines)])


def settled_at(history: History, now: datetime) -> datetime:
    """The time by which running periods have ended, and what is scheduled has happened.

    What can be refused has been refused by then.
    """
    days = [day for each in history.subscriptions for day in _scheduled(each, history)]
    return max([running_until(history, now), *days]) + grace_of(history)


def _scheduled(subscription: Subscription, history: History) -> list[datetime]:
    days = [
        change.effective
        for change in subscription.changes
        if isinstance(change, TermsChange) and isinstance(change.effective, date)
    ]
    return [day_start(day, history.time_zone) for day in days]
