"""The events that a daily total stands for, where a charge prices each event.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Iterator
from fractions import Fraction

from planql.aggregations import Count
from planql.catalog.meters import Meter
from planql.errors import InvalidInput
from planql.metering.daily_totals import DailyTotal
from planql.metering.measured import EventValue

ONE = Fraction(1)


def events_of_day(total: DailyTotal, meter: Meter) -> Iterator[EventValue]:
    """As many events of the total's `event_value` as make its quantity, the last one smaller.

    12 of 5 are two events of 5 and one of 2; a negative quantity takes events back. A recorded
    total that does not say how large an event is stands for none.

    Raises:
        InvalidInput: `events-needed`, for an assumed total that does not say it; a count's is 1.
    """
    size = total.event_value or _size(total, meter)
    if size is None:
        return
    sign = -1 if total.quantity < 0 else 1
    whole, rest = divmod(abs(total.quantity), size)
    day = total.date.isoformat()
    if whole:
        yield EventValue(day, sign * size, whole)
    if rest:
        yield EventValue(day, sign * rest)


def _size(total: DailyTotal, meter: Meter) -> Fraction | None:
    if not total.is_assumed:
        return None
    if isinstance(meter.aggregation, Count):
        return ONE
    raise InvalidInput(
        "events-needed",
        f'usage of meter "{meter.key}" is assumed without the size of one event, but a charge '
        "prices each event",
        hint='say what one event adds: "event_value": "40.00"',
    )
