"""The full billing periods of an epoch, as instants."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from planql.billing.timeline import Epoch
from planql.errors import InvalidInput
from planql.metering.spans import Span
from planql.periods import MOST_PERIODS, Interval, day_start, local_day


def full_periods(
    epoch: Epoch, interval: Interval, since: datetime, until: datetime, time_zone: ZoneInfo
) -> Iterator[Span]:
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
    days = epoch.grid(interval).from_day(local_day(since, time_zone))
    spans = (
        Span(day_start(each.start, time_zone), day_start(each.end, time_zone)) for each in days
    )
    for number, span in enumerate(takewhile(lambda span: span.start <= until, spans)):
        if number == MOST_PERIODS:
            raise InvalidInput(
                "too-many-periods", f"more than {MOST_PERIODS} billing periods are due"
            )
        yield span
