"""What a meter measured for a charge in a period.

::

    events of the meter's type -> once each -> in the period -> filters -> values -> groups
      -> quantity -> + daily totals -> + assumed days -> the meter's rounding

Owns: that order, joining daily totals, which groups there are.
Does not own: included units and everything after them (`planql.rating`).

Source: RULES 3 and 5, step 1; INTERFACES, `rate -` (docs/rules/metering.md).
"""

from collections.abc import Sequence
from fractions import Fraction
from operator import itemgetter

from msgspec import Struct

from planql.aggregations.base import Readings
from planql.aggregations.days import Days
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.charge_models import PercentageModel
from planql.charge_models.scales import QUANTITY_SCALE, scaled_quantity
from planql.metering.assumed_events import events_of_days
from planql.metering.daily_totals import PlacedTotals, in_order
from planql.metering.gathering import Collected, gather
from planql.metering.measured import EventValue, Group, Measured, MeasuredGroup, RejectedEvent
from planql.metering.rounding import round_quantity
from planql.metering.spans import Span
from planql.metering.usage import Usage

__all__ = ["EventValue", "Group", "Measured", "MeasuredGroup", "RejectedEvent", "measure"]


def measure(
    charge: UsageCharge, meter: Meter, usage: Usage, period: Span, full_period: Span
) -> Measured:
    """The quantities that `meter` gives `charge` for its usage in `period`.

    Args:
        charge: Its filter narrows the meter's; its `group_by` splits the usage.
        meter: The meter that `charge.meter` names.
        usage: All the customer's usage; what lies outside the period does not count, except
            events before it for an aggregation that carries over.
        period: What is measured; half-open.
        full_period: The denominator of `time_weighted_sum`.

    Raises:
        InvalidInput: `totals-not-additive`, when there are daily totals, not assumed, of a meter
            that neither counts nor sums; `events-needed`, when the charge prices events one by one
            and assumed totals do not say how large one is.
    """
    gathered = gather(charge, meter, usage, period)
    measurer = _Measurer(charge, meter, period, full_period)
    if not charge.group_by:
        only = measurer.group((), gathered.groups.get(()) or Collected())
        return Measured((only,), tuple(gathered.rejected))
    groups = [
        measurer.group(group, gathered.groups[group])
        for group in sorted(gathered.groups, key=_missing_first)
    ]
    used = tuple(group for group in groups if group.has_usage)
    return Measured(used or (measurer.group((), Collected()),), tuple(gathered.rejected))


class _Measurer(Struct, frozen=True, gc=False):
    """Makes what was collected for a group its quantity."""

    charge: UsageCharge
    meter: Meter
    period: Span
    full_period: Span

    def group(self, group: Group, collected: Collected) -> MeasuredGroup:
        """The quantity of one group."""
        quantity = self._quantity(collected)
        has_usage = bool(collected.inside or quantity or collected.recorded)
        rounded = None if quantity is None else round_quantity(quantity, self.meter.rounding)
        return MeasuredGroup(group, rounded, has_usage, self._events(collected))

    def _quantity(self, collected: Collected) -> Fraction | None:
        readings = Readings(
            inside=collected.inside,
            opening=collected.opening,
            start=self.period.start,
            end=self.period.end,
            full=self.full_period.length,
        )
        quantity = self.meter.aggregation.quantity(readings)
        recorded, assumed = collected.recorded, collected.assumed
        if recorded:
            added = sum(sum(placed.totals.quantities) for placed in recorded)
            quantity = (quantity or 0) + Fraction(added, QUANTITY_SCALE)
        return self._with_assumed(quantity, assumed) if assumed else quantity

    def _with_assumed(self, quantity: Fraction | None, assumed: Sequence[PlacedTotals]) -> Fraction:
        days, quantities = in_order(assumed)
        combined = self.meter.aggregation.of_days(
            Days(
                days=days,
                quantities=quantities,
                measured=None if quantity is None else scaled_quantity(quantity),
                start=self.period.start,
                end=self.period.end,
                full=self.full_period.length,
            )
        )
        return Fraction(combined, QUANTITY_SCALE)

    def _events(self, collected: Collected) -> tuple[EventValue, ...]:
        """Events, and those that daily totals stand for when their day begins, by time."""
        model = self.charge.model
        if not (isinstance(model, PercentageModel) and model.is_per_event):
            return ()
        timed = [
            (reading.time, EventValue(id_, Fraction(reading.value)))
            for id_, reading in zip(collected.ids, collected.inside, strict=True)
        ]
        for placed in collected.totals:
            timed += events_of_days(placed, self.meter)
        return tuple(event for _, event in sorted(timed, key=itemgetter(0)))


def _missing_first(group: Group) -> list[tuple[bool, str]]:
    """Groups sort by their values in the order of `group_by`; a missing value comes first."""
    return [(value is not None, value or "") for _, value in group]
