"""The full billing periods of an epoch, as instants."""

from datetime import date, datetime
from functools import lru_cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from planql.billing.timeline import Epoch
from planql.errors import InvalidInput
from planql.metering.spans import Span
from planql.periods import MOST_PERIODS, Grid, Interval, day_start, local_day


def full_periods(
    epoch: Epoch, interval: Interval, since: datetime, until: datetime, time_zone: ZoneInfo
) -> tuple[Span, ...]:
    """The full periods of `interval` from the one that holds `since` to one that starts by `until`.

    Args:
        epoch: Its anchor counts.
        interval: Of the plan or of a charge.
        since: In the epoch.
        until: Inclusive.
        time_zone: Whose days count.

    Raises:
        InvalidInput: `too-many-periods`, above 10,000.
    """
    return _spans(epoch.grid(interval), local_day(since, time_zone), until, time_zone)


@lru_cache(maxsize=16)
def _spans(grid: Grid, first: date, until: datetime, time_zone: ZoneInfo) -> tuple[Span, ...]:
    """Kept for a while, as the charges of a plan nearly always share their periods."""
    spans = (
        Span(day_start(each.start, time_zone), day_start(each.end, time_zone))
        for each in grid.from_day(first)
    )
    begun = takewhile(lambda span: span.start <= until, spans)
    found = tuple(islice(begun, MOST_PERIODS + 1))
    if len(found) > MOST_PERIODS:
        raise InvalidInput("too-many-periods", f"more than {MOST_PERIODS} billing periods are due")
    return found
