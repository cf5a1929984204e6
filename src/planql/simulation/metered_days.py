"""A usage piece day by day: what was measured, and what it costs, up to the end of each day.

::

    usage           120      80       0      300
    cumulative      120     200     200      500
    price (cum.)     12.00   18.00   18.00    42.00
    revenue          12.00    6.00    0       24.00     sums to the line: 42.00

Meters that count or sum read each event once, and price whole numbers. For every other one, and
for prices per event, each day with usage measures the piece anew up to its end.

Source: RULES 9.3 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from planql.billing.measurements import Measurement
from planql.billing.pricing import rate_usage
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.charge_models import PercentageModel
from planql.charge_models.scales import Scaled, scaled_quantity
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.money import currency_digits
from planql.rating.prepared import PreparedCharge
from planql.simulation.placed_usage import PlacedUsage, place_usage


@dataclass(frozen=True, slots=True)
class MeteredDays:
    """A piece up to the end of each of its days.

    Attributes:
        first: Ordinal of the first local day.
        cumulatives: Measured from the piece's start, in units of 10**-12, over all groups.
        prices: Of that, in minor units: rounded and capped, before discounts and minimum.
    """

    first: int
    cumulatives: list[Scaled]
    prices: list[int]


def metered_days(
    measured: Measurement, meter: Meter, usage: Usage, time_zone: ZoneInfo
) -> MeteredDays:
    """The usage of a piece day by day; the last price is the sum of the piece's lines.

    Before the first day nothing is due, so that what is due at quantity 0 stands on that day.

    Args:
        measured: How the piece was measured and rated.
        meter: What measures it.
        usage: What is known of it.
        time_zone: Whose days count.
    """
    piece = measured.piece
    charge = piece.held.charge
    placed = place_usage(charge, meter, usage, piece.span, time_zone)
    if meter.aggregation.additive and not _is_per_event(charge):
        return _summed(measured, placed)
    active = placed.active()
    quantities: list[Scaled] = []
    prices: list[int] = []
    for place, end in enumerate(placed.ends):
        if place in active:
            quantity, price = _up_to(end, measured, meter, usage)
        quantities.append(quantity)
        prices.append(price)
    return MeteredDays(placed.first, quantities, prices)


def _summed(measured: Measurement, placed: PlacedUsage) -> MeteredDays:
    """A meter that counts or sums: the price of running sums, group by group."""
    charge, prepared = measured.piece.held.charge, measured.prepared
    groups = [(group, placed.cumulatives(group)) for group in placed.groups]
    if not charge.group_by:
        only = groups[0][1] if groups else placed.zeros
        return MeteredDays(placed.first, only, _prices(only, prepared))
    columns = [(placed.used_from(group, running), running) for group, running in groups]
    return _of_groups(columns, prepared, placed)


def _of_groups(
    columns: Sequence[tuple[int, list[Scaled]]], prepared: PreparedCharge, placed: PlacedUsage
) -> MeteredDays:
    """Several groups, each from its first usage on; they share the cap."""
    count = len(placed.ends)
    opening = min((used_from for used_from, _ in columns), default=count)
    quantities = placed.zeros
    prices = [prepared.minor_units(0)] * opening + [0] * (count - opening)
    for used_from, running in columns:
        for place, price in enumerate(_prices(running[used_from:], prepared), used_from):
            quantities[place] += running[place]
            prices[place] += price
    if prepared.cap is not None:
        prices = [min(price, prepared.cap) for price in prices]
    return MeteredDays(placed.first, quantities, prices)


def _prices(cumulatives: Sequence[Scaled], prepared: PreparedCharge) -> list[int]:
    """The price of each, in minor units; what is the same as on the day before is not priced."""
    prices: list[int] = []
    before: Scaled | None = None
    price = 0
    for quantity in cumulatives:
        if quantity != before:
            before, price = quantity, prepared.minor_units(quantity)
        prices.append(price)
    return prices


def _up_to(end: datetime, measured: Measurement, meter: Meter, usage: Usage) -> tuple[Scaled, int]:
    """What the piece would measure, and cost in minor units, if it ended at `end`."""
    piece = measured.piece
    begun = replace(measured, piece=replace(piece, span=Span(piece.span.start, end)))
    rating = rate_usage(begun, meter, usage)
    quantity = sum((line.quantity or Fraction(0) for line in rating.lines), Fraction(0))
    digits = currency_digits(piece.held.currency)
    return scaled_quantity(quantity), int(rating.amount * 10**digits)


def _is_per_event(charge: UsageCharge) -> bool:
    return isinstance(charge.model, PercentageModel) and charge.model.is_per_event
