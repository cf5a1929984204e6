"""Which migrations of the head move a subscription after a day, and to which version.

Source: RULES 7.9 (docs/rules/subscriptions.md).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.billing.walk import timeline_of
from planql.catalog.snapshot import Catalog
from planql.errors import PlanqlError
from planql.impact.results import Move
from planql.periods import local_day

_LOOKED_AHEAD: Final = timedelta(days=3 * 366)
"""How far moves are looked for: longer than any billing period."""


def next_move(
    head: Catalog, subscription: Subscription, time_zone: ZoneInfo, as_of: datetime
) -> Move | None:
    """The first move after `as_of` that a migration makes, within three years; None for none.

    Changes of plan that the subscription asked for itself are no moves. A subscription that cannot
    be followed that far does not move.
    """
    plans = {each.entity.rate_plan for each in head.migrations.values()}
    asked = {
        subscription.rate_plan,
        *(getattr(each, "rate_plan", None) for each in subscription.changes),
    }
    if not plans & asked:
        return None
    until = as_of + _LOOKED_AHEAD
    still = replace(head, migrations={})
    try:
        moving = timeline_of(subscription, head, time_zone, until)
        staying = {*_entries(timeline_of(subscription, still, time_zone, until))}
    except PlanqlError:
        return None
    after = (entry for entry in _entries(moving) if entry[0] > local_day(as_of, time_zone))
    return next((Move(on, version) for on, version in after if (on, version) not in staying), None)


def _entries(timeline: Timeline) -> Iterator[tuple[date, int]]:
    """When each stretch with the same terms begins, and on which version."""
    version = 0
    for segment in (segment for epoch in timeline.epochs for segment in epoch.segments):
        plan = segment.terms.plan.entity
        if plan.version != version:
            yield local_day(segment.start, timeline.time_zone), plan.version
        version = plan.version
