"""The usage of a span, placed on its local days.

Source: RULES 3.3, 9.3 (docs/rules/simulation.md).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import accumulate
from zoneinfo import ZoneInfo

from planql.aggregations.days import LocalDay
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.charge_models.scales import QUANTITY_SCALE, Scaled, scaled_quantity
from planql.metering.gathering import Collected, gather
from planql.metering.rounding import round_quantity
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.simulation.day_ranges import day_ends, touched


@dataclass(frozen=True, slots=True)
class PlacedUsage:
    """What counts for a charge in a span, group by group, and the span's local days.

    Attributes:
        first: Ordinal of the first day that the span touches.
        ends: Where each day ends, the last one where the span does.
        meter: What measures it.
        groups: What was collected, in any order; none without usage.
    """

    first: int
    ends: Sequence[datetime]
    meter: Meter
    groups: Sequence[Collected]

    @property
    def zeros(self) -> list[Scaled]:
        """A 0 for every day."""
        return [0] * len(self.ends)

    def active(self) -> set[int]:
        """The places of the days on which what is measured may change, the first one included."""
        if self.meter.aggregation.weighs_time:
            return set(range(len(self.ends)))
        return {0, *(place for group in self.groups for place in self._changes(group))}

    def cumulatives(self, group: Collected) -> list[Scaled]:
        """The quantity of a group up to the end of each day, of a meter that counts or sums."""
        added, first = self.zeros, self.first
        for placed in group.totals:
            for day, quantity in zip(placed.days, placed.totals.quantities, strict=True):
                added[day.date.toordinal() - first] += quantity
        for reading in group.inside:
            added[bisect_right(self.ends, reading.time)] += scaled_quantity(reading.value)
        running = list(accumulate(added))
        return running if self.meter.rounding is None else [self._rounded(each) for each in running]

    def used_from(self, group: Collected, cumulatives: Sequence[Scaled]) -> int:
        """By the end of which day the group has usage; the number of days when it never has.

        A day that is assumed to use nothing is no usage.
        """
        places = [place for place, quantity in enumerate(cumulatives) if quantity][:1]
        places += [bisect_right(self.ends, reading.time) for reading in group.inside[:1]]
        places += [self._place(placed.days[0]) for placed in group.recorded]
        return min(places, default=len(self.ends))

    def _changes(self, group: Collected) -> Iterator[int]:
        yield from (bisect_right(self.ends, reading.time) for reading in group.inside)
        yield from (self._place(day) for placed in group.totals for day in placed.days)

    def _place(self, day: LocalDay) -> int:
        return day.date.toordinal() - self.first

    def _rounded(self, quantity: Scaled) -> Scaled:
        exact = Fraction(quantity) / QUANTITY_SCALE
        return scaled_quantity(round_quantity(exact, self.meter.rounding))


def place_usage(
    charge: UsageCharge, meter: Meter, usage: Usage, span: Span, time_zone: ZoneInfo
) -> PlacedUsage:
    """The usage that counts for `charge` in `span`.

    Raises:
        InvalidInput: as `planql.metering.measure.measure`.
    """
    groups = gather(charge, meter, usage, span).groups.values()
    first, _ = touched(span, time_zone)
    return PlacedUsage(first, day_ends(span, time_zone), meter, tuple(groups))
