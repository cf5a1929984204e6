"""The events that a daily total stands for, where a charge prices each event.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from planql.aggregations import Count
from planql.catalog.meters import Meter
from planql.charge_models.scales import QUANTITY_SCALE
from planql.errors import InvalidInput
from planql.metering.daily_totals import DailyTotals, PlacedTotals
from planql.metering.measured import EventValue

ONE = Fraction(1)


def events_of_days(placed: PlacedTotals, meter: Meter) -> Iterator[tuple[datetime, EventValue]]:
    """As many events of the totals' `event_value` as make each quantity, the last one smaller.

    They happen when their day begins.

    12 of 5 are two events of 5 and one of 2; a negative quantity takes events back. Recorded
    totals that do not say how large an event is stand for none.

    Raises:
        InvalidInput: `events-needed`, for assumed totals that do not say it; a count's is 1.
    """
    size = placed.totals.event_value or _size(placed.totals, meter)
    if size is None:
        return
    for day, quantity in zip(placed.days, placed.totals.quantities, strict=True):
        name, exact = day.date.isoformat(), Fraction(quantity, QUANTITY_SCALE)
        sign = -1 if exact < 0 else 1
        whole, rest = divmod(abs(exact), size)
        if whole:
            yield day.start, EventValue(name, sign * size, whole)
        if rest:
            yield day.start, EventValue(name, sign * rest)


def _size(totals: DailyTotals, meter: Meter) -> Fraction | None:
    if not totals.is_assumed:
        return None
    if isinstance(meter.aggregation, Count):
        return ONE
    raise InvalidInput(
        "events-needed",
        f'usage of meter "{meter.key}" is assumed without the size of one event, but a charge '
        "prices each event",
        hint='say what one event adds: "event_value": "40.00"',
    )
